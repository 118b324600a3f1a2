"""The half of `benchmarks.wishes` that runs in Rasa's environment: each example, held out once.

python -m benchmarks.wishes_engine FILE
"""

import json
import os
import random
import sys
from pathlib import Path

FOLDS = 5

QUESTIONS = "ask"

ONE_QUESTION_IN = 5
"""There are by far the most questions, and none is a wish."""


def main() -> None:
    """Trains on each four folds and writes what the fifth is taken for."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

    from rasa.shared.nlu.constants import INTENT, TEXT  # noqa: PLC0415  (takes seconds)
    from sklearn.model_selection import StratifiedKFold  # noqa: PLC0415

    from engine.knowledge_importer import KnowledgeImporter  # noqa: PLC0415

    data = KnowledgeImporter("config.yml", "domain.yml", ["nlu_data/nlu"]).get_nlu_data()
    texts = [example.get(TEXT) for example in data.intent_examples]
    intents = [example.get(INTENT) for example in data.intent_examples]
    lines: list[dict[str, object]] = []
    for rest, out in StratifiedKFold(FOLDS, shuffle=True, random_state=3).split(texts, intents):
        asked = [n for n in out if intents[n] != QUESTIONS or n % ONE_QUESTION_IN == 0]
        lines.extend(_fold([(texts[n], intents[n]) for n in rest], texts, intents, asked))
        print(f"{len(lines)} lines asked", flush=True)
    Path(sys.argv[1]).write_text(json.dumps(lines), encoding="utf-8")


def _fold(
    learnt: list[tuple[str, str]], texts: list[str], intents: list[str], asked: list[int]
) -> list[dict[str, object]]:
    from engine.nlu.dual_view import DualViewIntentClassifier  # noqa: PLC0415
    from vietnamese import strip_accents, tokens  # noqa: PLC0415
    from vietnamese.augment import mistype  # noqa: PLC0415

    config = {**DualViewIntentClassifier.get_default_config(), "C": 1.0}
    classifier = DualViewIntentClassifier(config, None, None)
    classifier.learn([text for text, _ in learnt], [intent for _, intent in learnt])
    lines: list[dict[str, object]] = []
    for n in asked:
        slipped = strip_accents(mistype(texts[n], random.Random(texts[n])))
        for text in (texts[n], slipped):
            words = tokens(text)
            first = classifier.rank(words)[0]
            lines.append(
                {
                    "intent": intents[n],
                    "likeliest": first["name"],
                    "confidence": first["confidence"],
                    "words": len(words),
                }
            )
    return lines


if __name__ == "__main__":
    main()
