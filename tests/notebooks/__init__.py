"""The notebooks of the docs, executed."""
