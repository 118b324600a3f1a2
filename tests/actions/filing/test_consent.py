"""What an owner consented to can be told later: another sentence has another version."""

import hashlib

from bot.texts import default_texts

SENTENCES = {"2026-11-24": "bf1bba17374b57b1"}
"""Of each version, the beginning of its sentence's SHA-256; none is ever changed or taken out."""


def test_the_sentence_is_the_one_of_its_version() -> None:
    say = default_texts().say
    values = dict.fromkeys(("problem", "topic", "question", "enterprise", "reach", "files"), "")
    sentence = say("request.confirm", **values).rpartition("\n\n")[2]
    assert "đồng ý" in sentence

    digest = hashlib.sha256(sentence.strip().encode()).hexdigest()[:16]

    version = say("request.consent_version")
    assert digest == SENTENCES[version], "a new sentence needs a new `consent_version` beside it"
