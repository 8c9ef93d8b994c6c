"""The command line: one file a command; it reads options, calls `running` and shows a view."""
