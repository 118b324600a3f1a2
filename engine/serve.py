"""Starts Rasa, by itself on loopback, and stops it when whoever started it is gone.

    python -m engine.serve --model FILE --port PORT [--host ADDRESS]

Tokens and addresses come from the environment (`endpoints.yml`, `credentials.yml`), so that
they never stand in a process list. Standard input is the lifeline: when it ends, the server
stops, however the parent died.
"""

import argparse
import logging
import os
import sqlite3
import threading
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PRIVATE = 0o600

SHARED_LOCKS = "engine.shared_locks.SharedLockStore"


def main() -> None:
    """Runs the server until it is stopped or the lifeline ends."""
    arguments = _arguments()
    threading.Thread(target=_follow_lifeline, daemon=True).start()
    _prepare_tracker_file(os.environ["DONGHANH_TRACKER_URL"])
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["SANIC_ACCESS_LOG"] = "false"
    warnings.filterwarnings("ignore")
    os.chdir(ROOT)

    # Here and not above: these imports take seconds, and the lifeline must be held first.
    import rasa.utils.common
    import rasa.utils.log_utils
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.endpoints import EndpointConfig

    from engine.action_endpoint import KeptOpenEndpoint, trust_our_action_server

    trust_our_action_server()
    rasa.utils.common.configure_logging_and_warnings(log_level=logging.WARNING)
    # Without it structlog writes every message, with its text, at debug level.
    rasa.utils.log_utils.configure_structlog(logging.WARNING)
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    endpoints.action = KeptOpenEndpoint.like(endpoints.action)
    if os.environ.get("DONGHANH_LOCK_URL"):
        endpoints.lock_store = EndpointConfig(os.environ["DONGHANH_LOCK_URL"], type=SHARED_LOCKS)
    serve_application(
        arguments.model,
        interface=arguments.host,
        port=arguments.port,
        credentials=str(ROOT / "credentials.yml"),
        endpoints=endpoints,
        auth_token=os.environ["DONGHANH_RASA_TOKEN"],
        enable_api=True,
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Rasa for Đồng Hành")
    parser.add_argument("--model", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    return parser.parse_args()


def _follow_lifeline() -> None:
    # Not `sys.stdin`: its lock would be held while the interpreter ends.
    while os.read(0, 4096):
        pass
    os._exit(0)


def _prepare_tracker_file(url: str) -> None:
    """Write-ahead logging stays with the file, and nobody else can read it.

    Rasa itself opens it with the defaults.
    """
    prefix = "sqlite:///"
    if not url.startswith(prefix) or url == prefix:
        return
    file = Path(url[len(prefix) :])
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT, PRIVATE))
    if file.stat().st_uid == os.geteuid():
        file.chmod(PRIVATE)
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


if __name__ == "__main__":
    main()
