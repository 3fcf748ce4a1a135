"""Each live figure in Python, and what figures share: `js/` has a file of the same stem for each.

Both compute the same numbers and say the same words, and a test holds them to one another.
"""
