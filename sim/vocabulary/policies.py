"""The registry's names, for the scenario reader and the help; imports nothing."""

NAMES = ("quantal", "proportional", "grim", "restrain", "scripted", "random")
QUANTAL, PROPORTIONAL, GRIM, RESTRAIN, SCRIPTED, RANDOM = range(len(NAMES))
PYTHON = len(NAMES)

#: Policies that need a rival, so that only states can have them.
STATES_ONLY = ("proportional", "grim", "scripted")
