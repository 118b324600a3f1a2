"""Fits when a wish is done, asked about, or taken for a question; writes `engine/nlu/wish.json`.

    .venv/bin/python -m benchmarks.wishes [--write]

Every training example is held out once (five folds: the classifier is trained without it), and
asked as written and bare with typing errors; of the questions a fifth. A line counts where its
likeliest intent is a wish: it is meant where that is the intent that the line was written for.
The chance is a logistic model of the confidence's logit and of the logarithm of the number of
words. `ask`: the greatest twentieth below which lie at most two in a hundred wishes. `do` of a
wish: the smallest twentieth from which at most three in four thousand lines that wish nothing of
ours would have it done; above nine tenths more is lost than gained.
"""

import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.confidence import Array, logistic
from bot.processes.model import engine_python
from bot.settings import ROOT, Settings
from engine.nlu.wish import FILE, WishGate, logit

TWENTIETHS = np.arange(0.05, 1.0, 0.05)

LOST = 0.02
"""Share of the wishes that may be taken for questions."""

UNWISHED = 0.00075
"""Share of the lines that wish nothing of ours, and yet may have one effect."""

SUREST = 0.9
"""No wish needs more than this chance, whatever comes of the lines that wish nothing of ours."""


def held_out() -> list[dict[str, object]]:
    """Each line held out: `intent`, `likeliest`, `confidence`, `words`."""
    with tempfile.TemporaryDirectory(prefix="wishes-") as folder:
        file = Path(folder) / "lines.json"
        subprocess.run(  # noqa: S603  (our own interpreter and module)
            [engine_python(Settings()), "-W", "ignore", "-m", "benchmarks.wishes_engine", file],
            cwd=ROOT,
            check=True,
        )
        lines: list[dict[str, object]] = json.loads(file.read_text(encoding="utf-8"))
        return lines


def fit(lines: list[dict[str, object]], gate: WishGate) -> WishGate:
    """The gate with weights and thresholds fitted; the wishes stay."""
    wished = [line for line in lines if line["likeliest"] in gate.wishes]
    rows = np.array([_row(line) for line in wished])
    meant = np.array([float(line["intent"] == line["likeliest"]) for line in wished])
    weights, constant = logistic(rows, meant, np.ones(len(meant)))
    chances = 1 / (1 + np.exp(-(rows @ weights + constant)))
    wishes = sum(line["intent"] in gate.wishes for line in lines)
    ask = max(
        (t for t in TWENTIETHS if (meant[chances < t]).sum() <= LOST * wishes),
        default=TWENTIETHS[0],
    )
    others = np.array([line["intent"] not in gate.wishes for line in wished])
    likeliest = np.array([line["likeliest"] for line in wished])
    most = UNWISHED * (len(lines) - wishes)
    do = {
        wish: _least(chances[others & (likeliest == wish)], most, float(ask))
        for wish in gate.wishes
    }
    confidence, words = (float(weight) for weight in weights)
    return WishGate(confidence, words, constant, round(float(ask), 2), do)


def _least(unwished: Array, most: float, ask: float) -> float:
    """The least threshold over `ask` that lets at most so many pass, or `SUREST`."""
    least = (t for t in TWENTIETHS if t > ask and (unwished >= t).sum() <= most)
    return round(min(float(next(least, SUREST)), SUREST), 2)


def _row(line: dict[str, object]) -> list[float]:
    return [logit(float(str(line["confidence"]))), float(np.log(max(int(str(line["words"])), 1)))]


def report(lines: list[dict[str, object]], gate: WishGate) -> None:
    """Prints what each threshold would let through, and lose."""
    wishes = [line for line in lines if line["intent"] in gate.wishes]
    rest = [line for line in lines if line["intent"] not in gate.wishes]
    print(f"{len(wishes)} wishes, {len(rest)} other lines; {gate}")
    for limit in TWENTIETHS:
        kept = sum(_done(line, gate, limit) for line in wishes) / len(wishes)
        unwished = sum(_done(line, gate, limit) for line in rest) / len(rest)
        print(f"{limit:.2f}: wishes at least {kept:6.1%}, others {unwished:6.2%}")


def _done(line: dict[str, object], gate: WishGate, limit: float) -> bool:
    if line["likeliest"] not in gate.wishes:
        return False
    chance = gate.chance(float(str(line["confidence"])), int(str(line["words"])))
    return chance >= limit


def write(gate: WishGate) -> None:
    """Writes the data file."""
    rule = " ".join((__doc__ or "").split("\n\n")[2].split())
    data = {
        "fitted_on": datetime.now(UTC).date().isoformat(),
        "rule": rule,
        "weights": {
            "confidence": round(gate.confidence, 4),
            "words": round(gate.words, 4),
            "constant": round(gate.constant, 4),
        },
        "ask": gate.ask,
        "do": dict(gate.do),
    }
    FILE.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Asks, fits, reports, and writes with `--write`."""
    lines = held_out()
    gate = fit(lines, WishGate.read())
    report(lines, gate)
    if "--write" in sys.argv:
        write(gate)


if __name__ == "__main__":
    main()
