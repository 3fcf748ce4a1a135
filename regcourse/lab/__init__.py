"""Where a student works: the copies in `work/`, and what Jupyter's server does for them.

The server loads this room at every start, so that nothing here imports numpy or either wing.
"""
