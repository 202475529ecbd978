"""Random inputs: `make fuzz` tries as many as the time allows, the tests a few of each kind."""
