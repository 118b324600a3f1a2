"""How well the search finds the right article, on a labelled set that it was never fitted on.

    .venv/bin/python -m benchmarks.retrieval --messages FILE [--dialogues FILE] [--words-only]
        [--errors] [--latency-only]

The search alone, without the classifier in front of it. Each figure as its issue computes it: see
the README beside the set. Latency is measured on this machine, one message at a time.
"""

import argparse
import json
import os
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.remembered import RememberedEmbedder
from bot.knowledge.articles.article import Article
from bot.knowledge.library import Knowledge, read_knowledge
from bot.search.asking.questions import split_questions
from bot.search.decision import DecisionKind, decide
from bot.search.retriever import Hit, Retriever
from bot.search.vectors.embedder import load_embedder
from bot.settings import ROOT, Settings
from vietnamese import strip_accents

Row = dict[str, Any]

ANSWERED = {"answer", "wrong_office"}
OFF_TOPIC = {"out_of_scope", "chitchat"}


def rows(file: Path) -> list[Row]:
    """The lines of a set."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def share(truths: Iterable[bool]) -> str:
    """How many of them hold, in percent and numbers."""
    found = list(truths)
    return f"{100 * sum(found) / len(found):5.1f} % ({sum(found)}/{len(found)})" if found else "–"


def ids(hits: Sequence[Hit]) -> list[str]:
    """The articles of hits."""
    return [hit.article_id for hit in hits]


def measure(search: Retriever, messages: list[Row], change: Callable[[str], str]) -> None:
    """Prints the figures of one way of writing."""
    asked = [row for row in messages if row["outcome"] in ANSWERED]
    found = {row["id"]: search.search(change(row["text"])) for row in messages}
    first = {row["id"]: ids(found[row["id"]])[0] in row["accept"] for row in asked}
    three = [bool({*ids(found[row["id"]])[:3]} & {*row["accept"]}) for row in asked]
    kinds = {id_: decide(hits).kind for id_, hits in found.items()}
    off = [row for row in messages if row["outcome"] in OFF_TOPIC]
    single = [row for row in asked if "parts" not in row]
    print(f"  right first           {share(first.values())}")
    print(f"  in three              {share(three)}")
    print(
        f"  two questions         "
        f"{share(_parts_met(search, row, change) for row in messages if 'parts' in row)}"
    )
    print(f"  off topic answered    {share(kinds[r['id']] is DecisionKind.ANSWER for r in off)}")
    print(f"  asked back or refused {share(_held_back(row, kinds) for row in single)}")
    answered = [row for row in asked if kinds[row["id"]] is DecisionKind.ANSWER]
    print(f"  right where answered  {share(first[row['id']] for row in answered)}")
    for kind in DecisionKind:
        print(f"    {kind:8} in scope {share(kinds[row['id']] is kind for row in asked)}")
    styles: dict[str, list[bool]] = defaultdict(list)
    for row in asked:
        styles[row["style"]].append(first[row["id"]])
    print("  by style              " + ", ".join(f"{s} {share(v)}" for s, v in styles.items()))


def _held_back(row: Row, kinds: dict[str, DecisionKind]) -> bool:
    return kinds[row["id"]] is not DecisionKind.ANSWER


def _parts_met(search: Retriever, row: Row, change: Callable[[str], str]) -> bool:
    text = change(row["text"])
    parts = search.search_parts(split_questions(text), search.search(text))
    served = list(dict.fromkeys(ids([hits[0] for hits in parts]) + ids(_flat(parts))))[:5]
    return all({*part} & {*served} for part in row["parts"])


def _flat(parts: Sequence[Sequence[Hit]]) -> list[Hit]:
    return [hits[rank] for rank in range(5) for hits in parts if rank < len(hits)]


def measure_unrelated_context(search: Retriever, messages: list[Row]) -> None:
    """Prints what an unrelated article answered before costs a complete question."""
    dice = random.Random(7)
    articles = search.knowledge.articles
    asked = [row for row in messages if row["outcome"] in ANSWERED]
    right = []
    for row in asked:
        topics = {articles[id_].topic for id_ in row["accept"]}
        other = dice.choice([a for a in articles.values() if a.topic not in topics])
        right.append(ids(search.search(row["text"], context=other))[0] in row["accept"])
    print(f"behind an unrelated article: right first {share(right)}")


def measure_dialogues(search: Retriever, dialogues: list[Row]) -> None:
    """Prints follow-up questions, with and without the article answered before."""
    follow_ups = list(_follow_ups(search, dialogues))
    for name, with_context in (("alone", False), ("in context", True)):
        found = [
            search.search(text, context=before if with_context else None)
            for text, before, _ in follow_ups
        ]
        accepted = [accept for *_, accept in follow_ups]
        pairs = list(zip(found, accepted, strict=True))
        print(
            f"follow-ups {name}: right first {share(ids(h)[0] in a for h, a in pairs)}, in three "
            f"{share(bool({*ids(h)[:3]} & {*a}) for h, a in pairs)}, answered "
            f"{share(decide(h).kind is DecisionKind.ANSWER for h, _ in pairs)}"
        )


def _follow_ups(
    search: Retriever, dialogues: list[Row]
) -> Iterable[tuple[str, Article, list[str]]]:
    for dialogue in dialogues:
        before: Article | None = None
        for text, expected in zip(dialogue["turns"], dialogue["expect"], strict=True):
            if before is not None and expected["outcome"] in ANSWERED:
                yield text, before, expected["accept"]
            if expected["accept"]:
                before = search.knowledge.articles[expected["accept"][0]]


def measure_latency(search: Retriever, messages: list[Row]) -> None:
    """Prints how long one search takes."""
    times = []
    for row in messages:
        start = time.perf_counter()
        search.search(row["text"])
        times.append(1000 * (time.perf_counter() - start))
    load = f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(
        f"a search: median {median(times):.1f} ms, p95 {quantiles(times, n=20)[-1]:.1f} ms "
        f"(load {load})"
    )


def print_errors(search: Retriever, messages: list[Row]) -> None:
    """Prints each message whose first hit is wrong."""
    for row in messages:
        hits = search.search(row["text"])
        if row["outcome"] in ANSWERED and ids(hits)[0] not in row["accept"]:
            print(row["id"], row["style"], row["text"], "\n   wanted", row["accept"])
            print("   found", [(hit.article_id, round(hit.confidence, 2)) for hit in hits[:3]])


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=Path, required=True)
    parser.add_argument("--dialogues", type=Path)
    parser.add_argument("--words-only", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--latency-only", action="store_true")
    arguments = parser.parse_args()
    knowledge = read_knowledge(ROOT / "knowledge_base")
    messages = rows(arguments.messages)
    if not arguments.latency_only:
        _measure_quality(arguments, knowledge, messages)
    fresh = None if arguments.words_only else load_embedder(Settings().cache)
    measure_latency(Retriever(knowledge, fresh), messages)


def _measure_quality(
    arguments: argparse.Namespace, knowledge: Knowledge, messages: list[Row]
) -> None:
    remembered = None if arguments.words_only else RememberedEmbedder(Settings().cache)
    start = time.perf_counter()
    search = Retriever(knowledge, remembered)
    print(f"built in {time.perf_counter() - start:.1f} s")
    for name, change in (("as written", str), ("without accents", strip_accents)):
        print(name)
        measure(search, messages, change)
    measure_unrelated_context(search, messages)
    if arguments.dialogues:
        measure_dialogues(search, rows(arguments.dialogues))
    if remembered is not None:
        remembered.keep()
    if arguments.errors:
        print_errors(search, messages)


if __name__ == "__main__":
    main()
