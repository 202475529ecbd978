"""Points of inputs: factors, sampling, variants."""
