"""The half of `benchmarks.phoatis` that runs in Rasa's environment: trains, and asks each text.

python -m benchmarks.phoatis_engine FOLDER    (config.yml, nlu.yml, texts.json → intents.json)
"""

import asyncio
import json
import logging
import os
import sys
from pathlib import Path


def main() -> None:
    """Trains on the folder's data and writes the intent of each text."""
    folder = Path(sys.argv[1])
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"

    import rasa.utils.log_utils  # noqa: PLC0415  (takes seconds: the environment comes first)
    from rasa.core.agent import Agent  # noqa: PLC0415
    from rasa.model_training import train_nlu  # noqa: PLC0415

    rasa.utils.log_utils.configure_structlog(logging.WARNING)
    model = train_nlu(
        config=str(folder / "config.yml"),
        nlu_data=str(folder / "nlu.yml"),
        output=str(folder),
        fixed_model_name="phoatis",
    )
    if model is None:
        sys.exit("Rasa could not train")
    agent = Agent.load(model)
    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    intents = asyncio.run(_intents(agent, texts))
    (folder / "intents.json").write_text(json.dumps(intents), encoding="utf-8")


async def _intents(agent: "Agent", texts: list[str]) -> list[str]:  # noqa: F821
    return [(await agent.parse_message(text))["intent"]["name"] for text in texts]


if __name__ == "__main__":
    main()
