"""Typed settings, read once from the environment at start and handed to whoever needs them."""

import json
import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, StringConstraints, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url

Origin = Annotated[str, StringConstraints(pattern=r"^https?://[a-z0-9.-]+(:\d{1,5})?$")]
ROOT = Path(__file__).resolve().parents[2]


class Settings(BaseSettings):
    """Every knob of a process. Names are the environment variables, in capitals.

    Raises `pydantic.ValidationError` at start when a value cannot be used.
    """

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    database_url: str = ""
    owner_database_url: str = ""
    """The same database for the role that owns its tables: of migrations and the worker, and of no process that answers."""
    read_database_url: str = ""
    secret_key: SecretStr = SecretStr("")
    data_dir: Path = ROOT / "var"
    host: str = "127.0.0.1"
    port: int = Field(8700, ge=0, le=65535)
    workers: int = Field(1, ge=1, le=64)
    metrics_port: int = Field(0, ge=0, le=65535)
    web_dir: Path = ROOT / "frontend" / "dist"
    pool_size: int = Field(6, ge=1, le=100)
    production: bool = False
    insecure_cookie: bool = False
    demo_admin: bool = False
    """Offer the demo company's administrator to callers from other machines too."""
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    cors_origins: Annotated[tuple[Origin, ...], NoDecode] = ()
    """Other sites whose pages may call the API from a browser: `https://app.example.com`."""
    rate_limit_per_minute: int = Field(6000, ge=0, le=1_000_000_000)
    """Calls of one person, or of one address that is not signed in, to one process; 0 counts nothing."""
    log_json: bool = False
    log_level: str = "INFO"

    @field_validator("cors_origins", "trusted_proxies", mode="before")
    @classmethod
    def _several(cls, text: Any) -> Any:
        """Read several from one variable: `a, b`, or a list in JSON."""
        if not isinstance(text, str):
            return text
        return json.loads(text) if text.lstrip().startswith("[") else [one for one in re.split(r"[,\s]+", text) if one]

    @field_validator("database_url", "owner_database_url", "read_database_url")
    @classmethod
    def _driver(cls, url: str) -> str:
        """Accept the usual `postgres://` spelling and name the driver that we use."""
        for prefix in ("postgres://", "postgresql://"):
            if url.startswith(prefix):
                return "postgresql+asyncpg://" + url.removeprefix(prefix)
        return url

    @property
    def owner_url(self) -> str:
        """Where the tables' owner connects: one role is both where no other was named."""
        return self.owner_database_url or self.database_url

    @property
    def application_role(self) -> str:
        """The role that only reads and writes rows, empty where the owner's does everything."""
        owner, application = (make_url(url).username if url else None for url in (self.owner_url, self.database_url))
        return application if application and application != owner else ""
