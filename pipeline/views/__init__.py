"""What the commands show: for each its data, its text and its JSON.

Takes plans, results and histories as values; gives text. Printing is the console's.
"""
