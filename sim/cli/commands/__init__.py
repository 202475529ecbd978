"""The commands, one file a group: arguments and help. What a command does is in the module of its name beside this folder."""
