"""Parameters without effect, asymmetric treatment of states, and events that never occur."""
