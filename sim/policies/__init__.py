"""How an actor chooses: one file a family, one registry (`registry.py`, names in `names.py`)."""
