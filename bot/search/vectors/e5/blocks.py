"""Weights of 4 bits, in blocks that share a scale."""

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
"""Weights that share a scale: 16 bytes hold weight `n` in their low and `n + 16` in their high
half, 8 standing for nought."""

BLOCKS = np.dtype([("scale", "<f2"), ("halves", "u1", (BLOCK // 2,))])

Blocks = NDArray[np.void]
"""Rows of blocks, of dtype `BLOCKS`."""

Numbers = NDArray[np.float32]


def nibbles(blocks: Blocks) -> NDArray[np.uint8]:
    """The weights of blocks as they are stored, 0 to 15; shape `(…, 32)`."""
    halves = blocks["halves"]
    return np.concatenate([halves & np.uint8(15), halves >> np.uint8(4)], axis=-1)


def decoded(blocks: Blocks) -> Numbers:
    """The weights of rows of blocks; shape `(rows, columns)`."""
    scales = blocks["scale"].astype(np.float32)[..., None]
    weights: Numbers = (nibbles(blocks).astype(np.float32) - 8) * scales
    return weights.reshape(len(blocks), -1)
