"""One replication again: rerun, ledger, fork, forced choices, mirror."""
