"""The classifier of `config.yml` on PhoATIS, beside what its authors report.

    .venv/bin/python -m benchmarks.phoatis FOLDER [--level syllable-level|word-level]

FOLDER is the user's own copy of PhoATIS (github.com/VinAIResearch/JointIDSF; for research and
education, not to be passed on): below it `syllable-level/train/seq.in` and `label`, and the same
for `dev` and `test`. It is converted into a temporary folder, trained on `train` in Rasa's
environment with the pipeline of `config.yml` (no policies, none of our own examples), and asked
`test`. An utterance of several intents counts as one label of its own ("flight#airfare"), and is
right only as a whole: so do the authors. Nothing of the data stays behind.

The figures beside it are those of Dao, Truong and Nguyen, “Intent Detection and Slot Filling for
Vietnamese”, INTERSPEECH 2021, quoted from memory and rounded: check them against the paper.
"""

import argparse
import json
import random
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from bot.processes.model import engine_python
from bot.settings import ROOT, Settings
from vietnamese import strip_accents
from vietnamese.augment import mistype, shorten

LEVELS = ("syllable-level", "word-level")

PAPER = {"JointIDSF, PhoBERT": 97.6, "JointBERT, PhoBERT": 97.4}
"""Intent accuracy on the test split; about, see above."""

FEWEST = 3
"""Examples that a label needs: the pipeline fits its temperature on folds of a third."""

Change = Callable[[str], str]


@dataclass(frozen=True)
class Utterance:
    """A text and its label, several intents joined by `#`."""

    text: str
    label: str


def utterances(folder: Path) -> list[Utterance]:
    """The utterances of one split, in its order. Words of several syllables come apart.

    Raises:
        FileNotFoundError: `seq.in` or `label` is missing.
        ValueError: the two are of different length.
    """
    texts, labels = (_lines(folder / name) for name in ("seq.in", "label"))
    return [
        Utterance(text.replace("_", " "), label)
        for text, label in zip(texts, labels, strict=True)
        if text
    ]


def _lines(file: Path) -> list[str]:
    return [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]


def nlu_data(training: Sequence[Utterance]) -> dict[str, object]:
    """Rasa's training data. A label of too few examples repeats them, told apart by full stops."""
    by_label: dict[str, list[str]] = {}
    for one in training:
        by_label.setdefault(one.label, []).append(one.text)
    return {
        "version": "3.1",
        "nlu": [
            {"intent": intent_of(label), "examples": "".join(f"- {t}\n" for t in _enough(texts))}
            for label, texts in by_label.items()
        ],
    }


def intent_of(label: str) -> str:
    """The name of a label in Rasa, where `#` would begin a comment."""
    return label.replace("#", "+")


def _enough(texts: Sequence[str]) -> list[str]:
    repeated = (texts[n % len(texts)] + " ." * (n // len(texts)) for n in range(FEWEST))
    return [*texts, *(text for text in repeated if text not in texts)][: max(FEWEST, len(texts))]


def pipeline_config(project: Path) -> dict[str, object]:
    """Recipe, language and pipeline of a Rasa project, nothing else."""
    config = YAML(typ="safe").load((project / "config.yml").read_text(encoding="utf-8"))
    return {name: config[name] for name in ("recipe", "language", "assistant_id", "pipeline")}


def convert(copy: Path, level: str, folder: Path) -> list[Utterance]:
    """Writes `config.yml` and `nlu.yml` into a folder; the test split."""
    writer = YAML()
    with (folder / "nlu.yml").open("w", encoding="utf-8") as stream:
        writer.dump(nlu_data(utterances(copy / level / "train")), stream)
    with (folder / "config.yml").open("w", encoding="utf-8") as stream:
        writer.dump(pipeline_config(ROOT), stream)
    return utterances(copy / level / "test")


def as_written(text: str) -> str:
    """The text itself."""
    return text


def in_shorthand(text: str) -> str:
    """Most words that have a short form in it; seeded by the text."""
    return shorten(text, random.Random(text))


def with_everything(text: str) -> str:
    """Shorthand, no accents, typing errors."""
    return strip_accents(mistype(in_shorthand(text), random.Random(text)))


WAYS: dict[str, Change] = {
    "as written": as_written,
    "without accents": strip_accents,
    "in shorthand": in_shorthand,
    "shorthand, bare, with typos": with_everything,
}


def predict(folder: Path, texts: Sequence[str]) -> list[str]:
    """The intent of each text, by a model trained in Rasa's environment on what a folder holds."""
    (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    done = subprocess.run(  # noqa: S603  (our own interpreter and module)
        [str(engine_python(Settings())), "-W", "ignore", "-m", "benchmarks.phoatis_engine", folder],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise SystemExit(f"the pipeline could not be trained or asked:\n{done.stderr[-2000:]}")
    intents: list[str] = json.loads((folder / "intents.json").read_text(encoding="utf-8"))
    return intents


def accuracy(asked: Iterable[Utterance], intents: Iterable[str]) -> float:
    """Percent of the utterances whose whole label was found."""
    right = [intent_of(a.label) == intent for a, intent in zip(asked, intents, strict=True)]
    return 100 * sum(right) / len(right)


def report(tested: Sequence[Utterance], intents: Sequence[str]) -> None:
    """Prints the accuracy of each way of writing, and the paper's."""
    commonest, times = Counter(one.label for one in tested).most_common(1)[0]
    print(f"{len(tested)} test utterances; always “{commonest}”: {100 * times / len(tested):.1f} %")
    for number, name in enumerate(WAYS):
        found = intents[number * len(tested) : (number + 1) * len(tested)]
        print(f"  config.yml, {name:28} {accuracy(tested, found):5.1f} %")
    for name, figure in PAPER.items():
        print(f"  paper, {name:33} {figure:5.1f} %  (from memory, as written)")


def main() -> None:
    """Converts, trains, asks and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--level", choices=LEVELS, default=LEVELS[0])
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="phoatis-"))
    try:
        tested = convert(arguments.folder, arguments.level, folder)
        texts = [change(one.text) for change in WAYS.values() for one in tested]
        report(tested, predict(folder, texts))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
