"""Programs that hold the model against the record: its tempo, and what each number moves.

Run by hand, `python -m calibration`.
"""
