"""What the glossary's synonyms are worth to the search.

    .venv/bin/python -m benchmarks.glossary [--messages FILE]

Lines of `nlu_data/held_out/glossary.jsonl`, written beside the glossary in words that owners use
and articles do not, searched with the glossary and without; then a labelled set that was written
without looking at either, where nothing may be lost.
"""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.remembered import RememberedEmbedder
from benchmarks.retrieval import ANSWERED, Row, ids, rows, share
from bot.knowledge.glossary import Glossary
from bot.knowledge.library import read_knowledge
from bot.search.decision import DecisionKind, decide
from bot.search.retriever import Retriever
from bot.settings import ROOT, Settings
from vietnamese import strip_accents

OWN = ROOT / "nlu_data" / "held_out" / "glossary.jsonl"


def measure(search: Retriever, messages: list[Row], change: Callable[[str], str]) -> str:
    """Right first, in three, and answered rightly."""
    found = [(search.search(change(row["text"])), row["accept"]) for row in messages]
    first = [ids(hits)[0] in accept for hits, accept in found]
    three = [bool({*ids(hits)[:3]} & {*accept}) for hits, accept in found]
    answered = [decide(hits).kind is DecisionKind.ANSWER for hits, _ in found]
    both = [right and said for right, said in zip(first, answered, strict=True)]
    return f"first {share(first)}, three {share(three)}, answered rightly {share(both)}"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=Path)
    arguments = parser.parse_args()
    knowledge = read_knowledge(ROOT / "knowledge_base")
    embedder = RememberedEmbedder(Settings().cache)
    searches = {
        "without": Retriever(replace(knowledge, glossary=Glossary()), embedder),
        "with": Retriever(knowledge, embedder),
    }
    sets = {"own": rows(OWN)}
    if arguments.messages is not None:
        labelled = rows(arguments.messages)
        sets["labelled"] = [row for row in labelled if row["outcome"] in ANSWERED]
    for name, messages in sets.items():
        for way, change in (("as written", str), ("bare", strip_accents)):
            for kind, search in searches.items():
                print(f"{name}, {way}, {kind}: {measure(search, messages, change)}")
    embedder.keep()


if __name__ == "__main__":
    main()
