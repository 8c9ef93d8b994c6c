"""The configuration: YAML files to a `Call` and a `Service`, or all their problems with file and line."""
