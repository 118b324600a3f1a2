"""Parts of a model so small that a test writes them in no time. Nothing can be run with them."""

import numpy as np

from bot.search.vectors.e5.blocks import BLOCKS
from bot.search.vectors.e5.parts import E5Parts, Ends


def tiny_parts() -> E5Parts:
    """Three pieces of 64 numbers."""
    words = np.zeros((3, 2), BLOCKS)
    words["scale"] = 0.5
    words["halves"] = np.arange(16)
    return E5Parts(
        graph=b"a graph",
        pieces=b"a vocabulary",
        readings={"ﬁ": "fi", "\ud800": "?"},
        words=words,
        places=np.arange(256, dtype=np.float32).reshape(4, 64),
        ends=Ends(0, 2, 1, 3),
        longest=4,
    )
