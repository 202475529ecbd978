"""Exactly what is compiled and hashed: chance, world, policies, rules, day, replication."""
