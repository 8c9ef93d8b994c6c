"""The configuration: YAML files to a `Call` and a `Service`, or all their problems with file and line.

Takes the files of a workspace and the environment; gives model values. Nothing here looks at the sheet or the ledger.
"""
