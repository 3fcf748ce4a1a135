"""Live figures: small ES modules, the same mathematics in Python, and a picture that stays."""

from regcourse._doors import door

# Without a list for type checkers, which a new figure would have to be added to.
__getattr__, __dir__, __all__ = door(__name__, "twins")
