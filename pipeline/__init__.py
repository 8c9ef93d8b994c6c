"""Convene runs a call for participants from the organisers' own spreadsheet."""

__version__ = "0.1.0"
