"""The trained model: found by the hash of what it was trained on, trained when that changed."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bot.given_settings import wrong_setting
from bot.processes.model_inputs import PROJECT, inputs_hash
from bot.settings import ROOT, Settings

Say = Callable[[str], None]


class TrainingFailed(Exception):
    """Rasa could not train; the text says what to do."""


def trained_model(settings: Settings, say: Say) -> Path:
    """The model of today's inputs, trained now where there is none.

    Raises:
        TrainingFailed: with what Rasa said, or where there is no Rasa project to train.
        WrongSettings: the folder of models cannot be made.
    """
    _expect_project(ROOT)
    name = inputs_hash(settings.knowledge_dir)
    model = settings.model_dir / f"{name}.tar.gz"
    if model.exists():
        return model
    say("training the model (about a minute; only when its inputs changed) …")
    started = time.monotonic()
    _train(settings, name, say)
    say(f"trained in {time.monotonic() - started:.0f} s")
    _forget_old_models(settings.model_dir, keep=model)
    return model


def _expect_project(root: Path) -> None:
    """An installed package holds the code only; the Rasa project lies in the checkout."""
    if not (root / PROJECT).is_file():
        raise TrainingFailed(
            f"the Rasa project is missing: there is no {PROJECT} in {root}. "
            "The package holds the code only; start `donghanh` from a checkout of the project."
        )


def _train(settings: Settings, name: str, say: Say) -> None:
    python = engine_python(settings)
    try:
        settings.model_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise wrong_setting("model_dir", f"{settings.model_dir}: {error.strerror}") from None
    command = [
        str(python),
        "-m",
        "engine.train",
        "--out",
        str(settings.model_dir),
        "--name",
        name,
        "--knowledge",
        str(settings.knowledge_dir.absolute()),
    ]
    tail: list[str] = []
    with subprocess.Popen(  # noqa: S603  (our own interpreter and module)
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None  # noqa: S101  (PIPE was asked for)
        for line in process.stdout:
            tail = [*tail[-30:], line.rstrip()]
            if line.startswith("step: "):
                say(f"  {line.removeprefix('step: ').rstrip()}")
    if process.returncode != 0:
        raise TrainingFailed(
            "the model could not be trained. Rasa said:\n"
            + "\n".join(tail)
            + "\nMend what it names (`make check-engine` validates the data), then start again."
        )


def engine_python(settings: Settings) -> Path:
    """The interpreter of Rasa's environment.

    Raises:
        TrainingFailed: the environment is not there.
    """
    folder = "Scripts" if sys.platform == "win32" else "bin"
    python = settings.engine_dir / folder / "python"
    if not python.exists():
        raise TrainingFailed(
            f"Rasa's environment is missing in {settings.engine_dir}: run `make setup` first, "
            "or set DONGHANH_ENGINE_DIR to where it lies."
        )
    return python


def _forget_old_models(folder: Path, *, keep: Path) -> None:
    models = sorted(folder.glob("*.tar.gz"), key=lambda file: file.stat().st_mtime)
    for old in models[:-3]:
        if old != keep:
            old.unlink()
