"""The beginning of an answer, where the whole is too long."""

from bot.search.message import sentences

SENTENCES_OF_A_SIDE = 2


def first_paragraph(answer: str) -> str:
    """What stands first; a paragraph that only leads to a list takes the list along."""
    first, _, rest = answer.strip().partition("\n\n")
    return f"{first}\n\n{rest.partition(chr(10) * 2)[0]}" if first.endswith(":") else first


def in_two_sentences(answer: str) -> str:
    """The beginning of the first paragraph; a list is left whole."""
    paragraph = first_paragraph(answer)
    if "\n" in paragraph:
        return paragraph
    return " ".join(sentences(paragraph)[:SENTENCES_OF_A_SIDE]) or paragraph
