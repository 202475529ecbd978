"""How an actor chooses: one file a family of policies, and their registry."""
