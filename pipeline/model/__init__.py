"""The words of Convene as values: a call, a sheet, a person, what was decided and told, and what can be wrong.

Everything may import this folder; it imports nothing of ours. Nothing here reads a file, asks a clock or decides.
"""
