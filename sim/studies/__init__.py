"""A question, the design that answers it, and the answer: compare, fork, sweep, sensitivity, uncertainty, discovery, audit."""
