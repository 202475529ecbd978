"""Tables in, tables out: what an ensemble says, with intervals, and one replication told in words."""
