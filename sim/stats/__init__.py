"""Estimators on arrays: intervals, paired differences, survival, variance, PRIM.

They know no file and no scenario. What an estimator gives is a frozen record.
"""
