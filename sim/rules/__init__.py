"""What the world does: one small file a rule. `sim/day.py` alone knows their order."""
