"""Trains the Rasa project and says how far it is, one line `step: …` a step.

python -m engine.train --out FOLDER --name NAME [--knowledge FOLDER]
"""

import argparse
import logging
import os
import sys
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class _Steps(logging.Handler):
    """Turns Rasa's records of its graph into lines that a person can follow."""

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message.startswith(("Starting to train component", "Restored component")):
            print(f"step: {message.split(chr(39))[1]}", flush=True)


def main() -> None:
    """Trains, and leaves with 1 where that failed."""
    parser = argparse.ArgumentParser(description="Trains the model of Đồng Hành")
    parser.add_argument("--out", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--knowledge")
    arguments = parser.parse_args()
    if arguments.knowledge:
        # Rasa makes the importer (`engine/knowledge_importer.py`) and lets nothing be passed to it.
        os.environ["DONGHANH_KNOWLEDGE_DIR"] = arguments.knowledge
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["TQDM_DISABLE"] = "1"
    warnings.filterwarnings("ignore")
    os.chdir(ROOT)
    print("step: starting Rasa", flush=True)

    # Here and not above: the import takes seconds, and the first line must be seen at once.
    import rasa
    import rasa.utils.log_utils

    rasa.utils.log_utils.configure_structlog(logging.WARNING)
    steps = logging.getLogger("rasa.engine.training.hooks")
    steps.setLevel(logging.INFO)
    steps.addHandler(_Steps())
    result = rasa.train(
        domain="domain.yml",
        config="config.yml",
        training_files=["nlu_data/nlu", "nlu_data/rules"],
        output=arguments.out,
        fixed_model_name=arguments.name,
        force_training=True,
    )
    sys.exit(0 if result.model and result.code == 0 else 1)


if __name__ == "__main__":
    main()
