"""The command line: one file a command.

Takes options; calls `running` and shows a view. What is said to people goes through `console`, and nowhere else.
"""
