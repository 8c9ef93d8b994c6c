"""The durable record of every decision that was told and every message, in one SQLite file.

Takes records and what became of messages, each on disk before it returns; gives the history as plain values. It decides
nothing and sends nothing.
"""
