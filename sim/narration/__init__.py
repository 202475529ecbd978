"""One replication in words: news, trace, explanation of decisions, turning points."""
