"""Which inputs matter: one at a time, Morris, Sobol."""
