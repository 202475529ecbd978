"""The scenario of the ensembles' tests."""

from ensemble.conftest import scenario

__all__ = ["scenario"]
