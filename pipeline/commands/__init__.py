"""The commands, one module for those that belong together; what they say goes through `console`."""
