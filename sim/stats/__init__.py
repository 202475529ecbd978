"""Estimators on arrays: intervals, paired differences, survival, variance, PRIM, kriging.

Knows no file and no scenario.
"""
