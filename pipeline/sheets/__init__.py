"""The organisers' sheet behind one interface: a workbook on this machine, or Google Sheets.

Reads one snapshot, and writes only Convene's cells, finding each row again by its key. What should stand in a cell is
decided elsewhere.
"""
