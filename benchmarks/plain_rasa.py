"""The peer of `turns`: what `rasa init` makes (DIET, TED, UnexpecTED), on the same examples.

One fixed answer an intent; asked over its REST channel, it searches nothing and keeps nothing.
"""

import subprocess
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from ruamel.yaml import YAML

from benchmarks.measured import AT_ONCE, WARM_UP, Measured, anew
from bot.knowledge.library import Library
from bot.processes.engine_room import free_port
from bot.processes.model import engine_python
from bot.settings import ROOT, Settings


def measure_peer(messages: list[str], epochs: int, kept: Path | None = None) -> Measured:
    """The same at a plain Rasa server, each message a new sender's first.

    `kept`: a folder for its project; one that holds a trained model already is not trained anew.
    """
    if kept is None:
        with tempfile.TemporaryDirectory() as folder:
            return measure_peer(messages, epochs, Path(folder))
    rasa = [str(engine_python(Settings())), "-W", "ignore", "-m", "rasa"]
    if not any(kept.glob("models/*.tar.gz")):
        train_peer(rasa, kept, epochs)
    port = free_port()
    with (kept / "run.log").open("w") as log:
        server = subprocess.Popen(  # noqa: S603  (our own interpreter)
            [*rasa, "run", "--port", str(port), "--interface", "127.0.0.1"],
            cwd=kept,
            stdout=log,
            stderr=log,
        )
    try:
        return ask_peer(f"http://127.0.0.1:{port}", messages)
    finally:
        server.terminate()
        server.wait(20)


def train_peer(rasa: list[str], project: Path, epochs: int) -> None:
    """Writes the project and trains it: with a hundred epochs for more than an hour."""
    project.mkdir(parents=True, exist_ok=True)
    write_peer(project, epochs)
    print(f"training the peer ({epochs} epochs) …", flush=True)
    with (project / "train.log").open("w") as log:
        subprocess.run(  # noqa: S603  (our own interpreter)
            [*rasa, "train"], cwd=project, check=True, stdout=log, stderr=log
        )


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
        fresh = anew(messages)
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
    (project / "data").mkdir(exist_ok=True)
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
