"""Decisions against what was told: who is written to, in which order, and what the sheet should show.

Takes a snapshot, the history and the time; gives a `Plan`, complete and pure. Applying it is `running`'s.
"""
