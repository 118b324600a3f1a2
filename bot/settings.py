"""Settings: one typed object, read once from the environment and `.env` (prefix `DONGHANH_`).

Every setting is documented in `docs/settings.md` and shown in `.env.example`; a test holds both.
"""

from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.setting_forms import (
    CHOICES,
    DATABASE_FORMS,
    EVERYBODY,
    HOST,
    LEVELS,
    LOOPBACK,
    OWN_DATABASES,
    SECRET_KEY_LENGTH,
    TELEGRAM_TOKEN,
    TEXT_FORMS,
    TOGETHER,
    TOKEN,
    TRACKER_DATABASES,
    is_address,
    is_database,
    is_private_address,
    is_redis,
    is_text,
)

PREFIX = "DONGHANH_"

PARTS = ("application", "rasa", "actions")
"""What an installation is made of."""

MEBIBYTE = 1024 * 1024

ROOT = Path(__file__).resolve().parent.parent
"""The project's folder: where `config.yml` and `knowledge_base/` lie."""


class Settings(BaseSettings):
    """Everything that differs between one installation and another."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ROOT / ".env",
        env_file_encoding="utf-8-sig",
        extra="ignore",
        frozen=True,
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
    port: int = Field(default=8080, ge=1, le=65535, description="Port of web chat and console.")
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
    parts: str = Field(
        default=",".join(PARTS),
        description="Which parts `donghanh run` starts here; the others run on other machines.",
    )
    rasa_url: str = Field(
        default="",
        description="Address under which the Rasa servers are reached; empty: the one started "
        "here.",
    )
    action_url: str = Field(
        default="",
        description="Address under which the action servers are reached; empty: the one started "
        "here.",
    )
    engine_host: str = Field(
        default="127.0.0.1",
        description="Address that Rasa and the action server listen on: loopback, or one of an "
        "inner network.",
    )
    lock_url: str = Field(
        default="",
        description="Redis by which several Rasa servers share their locks, redis://host:port/0; "
        "empty: one Rasa server.",
    )
    telegram_token: SecretStr = Field(
        default=SecretStr(""), description="Token of the Telegram bot; empty: channel off."
    )
    telegram_base_url: str = Field(
        default="https://api.telegram.org", description="Address of the Telegram Bot API."
    )
    smtp_host: str = Field(
        default="", description="Mail server for mail to officers; empty: no mail is sent."
    )
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Port of the mail server.")
    smtp_security: str = Field(
        default="starttls",
        description="How the line to the mail server is kept private: starttls, tls, or none.",
    )
    smtp_user: str = Field(
        default="", description="User name at the mail server; empty: without signing in."
    )
    smtp_password: SecretStr = Field(
        default=SecretStr(""), description="Password at the mail server."
    )
    smtp_sender: str = Field(
        default="", description="Address that mail comes from; needed with a mail server."
    )
    second_factor: str = Field(
        default="offered",
        description="Who is asked for a code beside the password: off (nobody), offered (who set "
        "it up), heads (heads and administrators must), all (everybody must).",
    )
    secret_key: SecretStr = Field(
        default=SecretStr(""),
        description="Closes the keys of second factors in the database, at least 32 characters; "
        "empty: they stand there open.",
    )
    oidc_issuer: str = Field(
        default="",
        description="Sign-in service of the department (OpenID Connect), its issuer's address; "
        "empty: none.",
    )
    oidc_client_id: str = Field(
        default="", description="Name by which the sign-in service knows us; needed with it."
    )
    oidc_client_secret: SecretStr = Field(
        default=SecretStr(""), description="Password by which it knows us; empty: it asks for none."
    )
    oidc_claim: str = Field(
        default="email",
        description="What of its answer names the person: email, or a claim that holds the user "
        "name.",
    )
    oidc_name: str = Field(
        default="",
        description="What the button on the sign-in page calls it; empty: the department's "
        "account.",
    )
    password_sign_in: str = Field(
        default="all",
        description="Who may sign in by password: all, or administrators alone, which needs a "
        "sign-in service.",
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
    undo_seconds: int = Field(
        default=10, ge=0, le=60, description="Seconds to take a reply back (a talk: 3); 0: none."
    )
    trail_months: int = Field(
        default=24, ge=12, le=120, description="Months (of 31 days) that the trail is kept."
    )
    log_level: str = Field(
        default="INFO", description="Level of the log: DEBUG, INFO, WARNING, ERROR."
    )

    @property
    def max_upload_bytes(self) -> int:
        """The largest file an owner may send, in bytes."""
        return self.max_upload_mb * MEBIBYTE

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_not_set(cls, value: Any, info: ValidationInfo) -> Any:
        """What stands empty in `.env` or in a container's environment is not set."""
        if not isinstance(value, str):
            return value
        if not is_text(value):
            raise ValueError("it holds what is no text in UTF-8")
        return value.strip() or cls.model_fields[str(info.field_name)].default

    @field_validator("data_dir", "cache_dir", "knowledge_dir", "model_dir", "engine_dir")
    @classmethod
    def _folder(cls, value: Path | None) -> Path | None:
        """Only a shell writes `~` out: `.env` and a container's environment leave it to us."""
        try:
            return value and value.expanduser()
        except RuntimeError as error:
            raise ValueError("~ is no folder of a user of this machine") from error

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in LEVELS:
            raise ValueError(f"it must be one of {', '.join(LEVELS)}")
        return value.upper()

    @field_validator(*CHOICES)
    @classmethod
    def _choice(cls, value: str, info: ValidationInfo) -> str:
        choices = CHOICES[str(info.field_name)]
        if value.lower() not in choices:
            raise ValueError(f"it must be one of {', '.join(choices)}")
        return value.lower()

    @field_validator("secret_key")
    @classmethod
    def _secret_key(cls, value: SecretStr) -> SecretStr:
        key = value.get_secret_value()
        if key and (len(key) < SECRET_KEY_LENGTH or not TOKEN.fullmatch(key)):
            raise ValueError(
                f"it must hold at least {SECRET_KEY_LENGTH} plain letters, digits and signs, "
                "and no blank"
            )
        return value

    @field_validator(*TEXT_FORMS)
    @classmethod
    def _text(cls, value: str | SecretStr, info: ValidationInfo) -> str | SecretStr:
        said = value.get_secret_value() if isinstance(value, SecretStr) else value
        form, what = TEXT_FORMS[str(info.field_name)]
        if said and not form.fullmatch(said):
            raise ValueError(f"it must be {what}")
        return value

    @field_validator("database_url", "tracker_url")
    @classmethod
    def _database(cls, value: str, info: ValidationInfo) -> str:
        name = str(info.field_name)
        known = OWN_DATABASES if name == "database_url" else TRACKER_DATABASES
        if value and not is_database(value, known):
            raise ValueError(f"it must read {DATABASE_FORMS[name]}")
        return value

    @field_validator("parts")
    @classmethod
    def _parts(cls, value: str) -> str:
        named = [part.strip() for part in value.split(",")]
        if not set(named) <= set(PARTS):
            raise ValueError(f"it must name one or more of {', '.join(PARTS)}")
        return ",".join(part for part in PARTS if part in named)

    @field_validator("lock_url")
    @classmethod
    def _lock(cls, value: str) -> str:
        if value and not is_redis(value):
            raise ValueError("it must read redis://:password@host:port/0, or be empty")
        return value

    @field_validator("public_url", "telegram_base_url", "rasa_url", "action_url", "oidc_issuer")
    @classmethod
    def _address(cls, value: str, info: ValidationInfo) -> str:
        if value and info.field_name == "oidc_issuer" and not is_private_address(value):
            raise ValueError("it must begin with https://")
        if value and not is_address(value):
            raise ValueError(
                "it must read https://name or http://name, with a port and a path if need be, "
                "and nothing else"
            )
        return value

    @field_validator("host", "engine_host")
    @classmethod
    def _host(cls, value: str) -> str:
        if not HOST.fullmatch(value):
            raise ValueError("it must be an address of this machine, such as 127.0.0.1")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _telegram_token(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value()
        if token and not TELEGRAM_TOKEN.fullmatch(token):
            raise ValueError("it must read as @BotFather wrote it: digits, a colon, letters")
        return value

    @field_validator("rasa_token", "action_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        if not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("it may hold plain letters, digits and signs, and no blank")
        return value

    @model_validator(mode="after")
    def _ports_differ(self) -> "Settings":
        ports = [port for port in (self.port, self.rasa_port, self.action_port) if port]
        if len(set(ports)) < len(ports):
            names = ("port", "rasa_port", "action_port")
            raise ValueError(f"{', '.join(PREFIX + name.upper() for name in names)} must differ")
        return self

    @model_validator(mode="after")
    def _nothing_stands_alone(self) -> "Settings":
        for name, needed in TOGETHER.items():
            if getattr(self, name) and not getattr(self, needed):
                names = PREFIX + name.upper(), PREFIX + needed.upper()
                raise ValueError(f"with {names[0]} set {names[1]} must be, too")
        if self.password_sign_in != EVERYBODY and not self.oidc_issuer:
            raise ValueError(
                f"without {PREFIX}OIDC_ISSUER {PREFIX}PASSWORD_SIGN_IN must be {EVERYBODY}: "
                "nobody else could sign in"
            )
        return self

    @model_validator(mode="after")
    def _elsewhere_is_known(self) -> "Settings":
        if self.starts("application") and not (self.starts("rasa") or self.rasa_url):
            raise ValueError(f"without Rasa here {PREFIX}RASA_URL must say where it is")
        if not (self.starts("actions") or self.action_url):
            raise ValueError(f"without actions here {PREFIX}ACTION_URL must say where they are")
        shared = (
            self.rasa_url
            or self.action_url
            or self.parts != ",".join(PARTS)
            or self.engine_host not in LOOPBACK
        )
        tokens = (self.rasa_token, self.action_token)
        if shared and not all(token.get_secret_value() for token in tokens):
            raise ValueError(
                f"parts on several machines share {PREFIX}RASA_TOKEN and {PREFIX}ACTION_TOKEN: "
                "set both, the same everywhere"
            )
        return self

    def starts(self, part: str) -> bool:
        """Whether `donghanh run` starts a part on this machine."""
        return part in self.parts.split(",")

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
        return (self.public_url or self.own_url).rstrip("/")

    @property
    def own_url(self) -> str:
        """Where the server listens, whatever stands in front of it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"
