"""A tournament: every ordered pair of doctrines or policies, in two states, on the same worlds."""
