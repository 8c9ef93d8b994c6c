"""A local .xlsx file: read, prepared once for people to use, and patched cell by cell."""
