"""The history of a lost ledger, read back from the sheet and from a copy of the outbox.

Takes entries and letters that were found; gives what can be adopted, and what a person must settle. Taking it over into
a ledger is `running`'s.
"""
