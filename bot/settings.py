"""Settings: one typed object, read once from the environment and `.env` (prefix `DONGHANH_`).

Every setting is documented in `docs/settings.md` and shown in `.env.example`; a test holds both.
"""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
"""The project's folder: where `config.yml` and `knowledge_base/` lie."""


class Settings(BaseSettings):
    """Everything that differs between one installation and another."""

    model_config = SettingsConfigDict(
        env_prefix="DONGHANH_", env_file=ROOT / ".env", extra="ignore", frozen=True
    )

    data_dir: Path = Field(
        default=ROOT / "var", description="Folder for everything written at run time."
    )
    cache_dir: Path | None = Field(
        default=None,
        description="Folder of what can be computed again; empty: `cache` in the data folder.",
    )
    database_url: str = Field(
        default="",
        description="SQLAlchemy URL; empty: SQLite under the data folder. "
        "PostgreSQL: postgresql+psycopg://…",
    )
    tracker_url: str = Field(
        default="",
        description="Where Rasa keeps conversations: empty: SQLite under the data folder; "
        "postgresql://user:password@host/database.",
    )
    knowledge_dir: Path = Field(
        default=ROOT / "knowledge_base", description="Folder of articles, register and tables."
    )
    model_dir: Path = Field(
        default=ROOT / "var" / "models", description="Folder of trained Rasa models."
    )
    engine_dir: Path = Field(
        default=ROOT / "engine" / ".venv", description="Rasa's own environment (Python 3.10)."
    )
    host: str = Field(
        default="127.0.0.1", description="Address the web chat and console listen on."
    )
    port: int = Field(default=8080, ge=0, le=65535, description="Port of web chat and console.")
    public_url: str = Field(
        default="",
        description="Address under which people reach the server, for links; empty: host and port.",
    )
    rasa_port: int = Field(
        default=0, ge=0, le=65535, description="Loopback port of Rasa; 0: any free one."
    )
    action_port: int = Field(
        default=0,
        ge=0,
        le=65535,
        description="Loopback port of the action server; 0: any free one.",
    )
    rasa_token: SecretStr = Field(
        default=SecretStr(""),
        description="Token between application and Rasa; empty: made at each start.",
    )
    action_token: SecretStr = Field(
        default=SecretStr(""),
        description="Token between Rasa and action server; empty: made at each start.",
    )
    telegram_token: SecretStr = Field(
        default=SecretStr(""), description="Token of the Telegram bot; empty: channel off."
    )
    telegram_base_url: str = Field(
        default="https://api.telegram.org", description="Address of the Telegram Bot API."
    )
    secure_cookies: bool = Field(
        default=False, description="Mark cookies Secure: set it once HTTPS is in front."
    )
    max_upload_mb: int = Field(
        default=10, ge=1, le=20, description="Largest file an owner may send, in MiB."
    )
    sentence_vectors: bool = Field(
        default=True,
        description="Compare meanings with sentence vectors; off: the search compares words only.",
    )
    log_level: str = Field(
        default="INFO", description="Level of the log: DEBUG, INFO, WARNING, ERROR."
    )

    @property
    def sqlalchemy_url(self) -> str:
        """The application's database."""
        return self.database_url or f"sqlite:///{self.data_dir / 'donghanh.sqlite3'}"

    @property
    def sqlalchemy_tracker_url(self) -> str:
        """Rasa's own database."""
        return self.tracker_url or f"sqlite:///{self.data_dir / 'tracker.sqlite3'}"

    @property
    def cache(self) -> Path:
        """Where vectors and the like are kept."""
        return self.cache_dir or self.data_dir / "cache"

    @property
    def files_dir(self) -> Path:
        """Where files of owners and officers are kept."""
        return self.data_dir / "files"

    @property
    def base_url(self) -> str:
        """The address people type, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")
