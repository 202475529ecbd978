"""Figures and the one-file report of an ensemble."""
