"""How often the intervals that are printed hold the truth, by simulation."""
