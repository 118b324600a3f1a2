"""Vietnamese as owners type it. Only the standard library: both environments import it."""

from vietnamese.accents import strip_accents
from vietnamese.normal import normalise, tokens

__all__ = ["normalise", "strip_accents", "tokens"]
