"""Every coded word once: ladder, codes, decisions, policies, measures. Imports nothing else."""
