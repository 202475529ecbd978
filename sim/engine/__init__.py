"""Exactly what is compiled and hashed: chance, the world, policies, rules, the order of a day, a replication."""
