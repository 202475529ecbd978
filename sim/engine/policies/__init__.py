"""How an actor chooses: one file a family, one registry (`registry.py`; the names are in `sim/vocabulary/policies.py`)."""
