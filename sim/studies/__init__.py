"""A question, the design that answers it, and the answer.

Compare, fork, sweep, sensitivity, uncertainty, discovery and audit share `sim.studies.contract`.
"""
