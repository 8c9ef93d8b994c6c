"""The tab `Convene` in the organisers' sheet, as values: from a plan and the ledger to cells, hints and charts.

It says the same as long as nothing happens: a run that does nothing writes nothing, but for the day on which it looked.
"""
