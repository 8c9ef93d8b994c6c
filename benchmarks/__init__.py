"""Measurements of speed and of exactness, run by hand: see README.md in this folder."""
