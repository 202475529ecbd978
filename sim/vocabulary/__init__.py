"""Every coded word once: actions, rungs, targets, policies, measures. Imports nothing of the simulator."""
