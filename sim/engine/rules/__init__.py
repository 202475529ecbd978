"""What the world does: one small file a rule. `sim/engine/day.py` alone knows their order."""
