"""Benchmarks against peers and limits: `python -m bench` (or `make bench`) writes bench/RESULTS.md.

`--quick` is a smoke test.
"""
