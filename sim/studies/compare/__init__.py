"""Scenarios side by side, with common random numbers."""
