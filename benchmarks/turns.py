"""From message in to reply out: ours beside a plain Rasa.

One conversation at a time for the latency, then eight at once for the turns a second.

    python benchmarks/turns.py [--epochs N] [--messages N] [--ours-only]

Ours is the whole way: inbox, Rasa, action server, search, replies stored, durable at each step.
The peer is what `rasa init` makes (DIET, TED, UnexpecTED), trained here on the same examples, with
one fixed answer an intent; it is asked over its REST channel and keeps nothing on disk. Latency
does not depend on how long a net was trained, so few epochs do; `--epochs 100` is Rasa's default.
Both run on this machine in this run: compare by ratio.
"""

import argparse
import asyncio
import statistics
import subprocess
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
from ruamel.yaml import YAML

from bot.knowledge.library import Library
from bot.private_world import private_world
from bot.processes.engine_room import free_port
from bot.processes.model import engine_python
from bot.settings import ROOT, Settings

WARM_UP = 20

AT_ONCE = 8
"""Conversations at the same time: as many as the inbox has lanes."""


@dataclass(frozen=True)
class Measured:
    """Milliseconds of each message one at a time; turns a second with `AT_ONCE` conversations."""

    times: list[float]
    at_once: float


def main() -> None:
    """Measures both and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--messages", type=int, default=200)
    parser.add_argument("--ours-only", action="store_true")
    arguments = parser.parse_args()
    messages = sample(arguments.messages)
    rows = {"Đồng Hành": asyncio.run(measure_ours(messages))}
    if not arguments.ours_only:
        rows["plain Rasa"] = measure_peer(messages, arguments.epochs)
    print(f"| system | median ms | p95 ms | turns a second | … {AT_ONCE} at once |")
    print("|---|---|---|---|---|")
    for name, measured in rows.items():
        times = measured.times
        print(
            f"| {name} | {statistics.median(times):.1f} | {p95(times):.1f} "
            f"| {1000 / statistics.mean(times):.1f} | {measured.at_once:.1f} |"
        )


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]


def sample(count: int) -> list[str]:
    """Held-out messages of all intents and questions of the field, in a fixed mixed order."""
    held_out = YAML(typ="safe").load((ROOT / "nlu_data/held_out/intents.yml").read_text("utf-8"))
    lines = [
        line.strip().removeprefix("- ")
        for intent in held_out["nlu"]
        if intent["intent"] in ("ask", "greet", "thanks", "out_of_scope", "request_status")
        for line in intent["examples"].splitlines()
    ]
    articles = Library(ROOT / "knowledge_base").current.articles.values()
    lines += [article.phrasings[len(article.id) % 8] for article in articles]
    return sorted(lines, key=lambda line: uuid.uuid5(uuid.NAMESPACE_OID, line).hex)[:count]


async def measure_ours(messages: list[str]) -> Measured:
    """Each message a new contact's first; the second pass asks them anew, all together."""
    async with private_world(Settings()) as world:
        for message in messages[:WARM_UP]:
            await world.say(uuid.uuid4().hex, message)
        times = [(await world.say(uuid.uuid4().hex, message)).ms for message in messages]
        # A polite word makes each a message that was not seen before.
        fresh = [f"{message} vậy ạ" for message in messages]
        return Measured(times, len(fresh) / await world.crowd(fresh, AT_ONCE))


def measure_peer(messages: list[str], epochs: int) -> Measured:
    """The same at a plain Rasa server, each message a new sender's first."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        write_peer(project, epochs)
        rasa = [str(engine_python(Settings())), "-W", "ignore", "-m", "rasa"]
        print(f"training the peer ({epochs} epochs) …", flush=True)
        with (project / "train.log").open("w") as log:
            subprocess.run(  # noqa: S603  (our own interpreter)
                [*rasa, "train"], cwd=project, check=True, stdout=log, stderr=log
            )
        port = free_port()
        with (project / "run.log").open("w") as log:
            server = subprocess.Popen(  # noqa: S603  (our own interpreter)
                [*rasa, "run", "--port", str(port), "--interface", "127.0.0.1"],
                cwd=project,
                stdout=log,
                stderr=log,
            )
        try:
            return ask_peer(f"http://127.0.0.1:{port}", messages)
        finally:
            server.terminate()
            server.wait(20)


def ask_peer(url: str, messages: list[str]) -> Measured:
    """Waits for the server, warms it up, and asks."""
    with httpx.Client(base_url=url, timeout=30) as client:
        for _ in range(600):
            try:
                if client.get("/").is_success:
                    break
            except httpx.HTTPError:
                time.sleep(0.2)
        for message in messages[:WARM_UP]:
            ask_one(client, message)
        times = [ask_one(client, message) for message in messages]
        fresh = [f"{message} vậy ạ" for message in messages]
        started = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as senders:
            list(senders.map(lambda message: ask_one(client, message), fresh))
        return Measured(times, len(fresh) / (time.perf_counter() - started))


def ask_one(client: httpx.Client, message: str) -> float:
    """Milliseconds of one message; an empty answer is a failure of the benchmark."""
    started = time.perf_counter()
    answer = client.post(
        "/webhooks/rest/webhook", json={"sender": uuid.uuid4().hex, "message": message}
    )
    took = (time.perf_counter() - started) * 1000
    if not answer.json():
        raise SystemExit(f"the peer said nothing to {message!r}")
    return took


def write_peer(project: Path, epochs: int) -> None:
    """The project of `rasa init`, in its own default configuration, with our examples."""
    examples = read_examples()
    (project / "data").mkdir()
    files = {
        "config.yml": peer_config(epochs),
        "credentials.yml": {"rest": None},
        "data/nlu.yml": {
            "version": "3.1",
            "nlu": [
                {"intent": intent, "examples": "".join(f"- {line}\n" for line in lines)}
                for intent, lines in examples.items()
            ],
        },
        **peer_dialogue(list(examples)),
    }
    for name, content in files.items():
        with (project / name).open("w", encoding="utf-8") as file:
            YAML().dump(content, file)
    (project / "endpoints.yml").write_text("", encoding="utf-8")


def peer_config(epochs: int) -> dict[str, object]:
    """The pipeline and policies of `rasa init`."""
    return {
        "recipe": "default.v1",
        "assistant_id": "peer",
        "language": "vi",
        "pipeline": [
            {"name": "WhitespaceTokenizer"},
            {"name": "RegexFeaturizer"},
            {"name": "LexicalSyntacticFeaturizer"},
            {"name": "CountVectorsFeaturizer"},
            {
                "name": "CountVectorsFeaturizer",
                "analyzer": "char_wb",
                "min_ngram": 1,
                "max_ngram": 4,
            },
            {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True},
            {"name": "EntitySynonymMapper"},
            {"name": "ResponseSelector", "epochs": epochs, "constrain_similarities": True},
            {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
        ],
        "policies": [
            {"name": "MemoizationPolicy"},
            {"name": "RulePolicy"},
            {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": epochs},
            {
                "name": "TEDPolicy",
                "max_history": 5,
                "epochs": epochs,
                "constrain_similarities": True,
            },
        ],
    }


def peer_dialogue(intents: list[str]) -> dict[str, object]:
    """A fixed sentence for each intent, by rules, and two stories for the policies that learn."""
    domain = {
        "version": "3.1",
        "intents": [*intents, "nlu_fallback"],
        "responses": {f"utter_{i}": [{"text": f"Trả lời {i}."}] for i in [*intents, "fallback"]},
    }
    rules = [
        {"rule": i, "steps": [{"intent": i}, {"action": f"utter_{i}"}]} for i in intents[2:]
    ] + [{"rule": "fallback", "steps": [{"intent": "nlu_fallback"}, {"action": "utter_fallback"}]}]
    stories = [
        {
            "story": "two turns",
            "steps": [
                {"intent": intents[0]},
                {"action": f"utter_{intents[0]}"},
                {"intent": intents[1]},
                {"action": f"utter_{intents[1]}"},
            ],
        },
        {
            "story": "one turn",
            "steps": [{"intent": intents[1]}, {"action": f"utter_{intents[1]}"}],
        },
    ]
    return {
        "domain.yml": domain,
        "data/rules.yml": {"version": "3.1", "rules": rules},
        "data/stories.yml": {"version": "3.1", "stories": stories},
    }


def read_examples() -> dict[str, list[str]]:
    """Our training examples by intent, the articles' phrasings among `ask`."""
    examples: dict[str, list[str]] = {}
    for file in sorted((ROOT / "nlu_data" / "nlu").glob("*.yml")):
        for block in YAML(typ="safe").load(file.read_text("utf-8"))["nlu"]:
            lines = [line.strip().removeprefix("- ") for line in block["examples"].splitlines()]
            examples.setdefault(block["intent"], []).extend(lines)
    for article in Library(ROOT / "knowledge_base").current.articles.values():
        examples["ask"].extend(article.phrasings)
    return examples


if __name__ == "__main__":
    main()
