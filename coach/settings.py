"""Everything the environment may set: names begin with COACH_."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where the data is and who the first admin is; nothing is needed to start."""

    model_config = SettingsConfigDict(env_prefix="COACH_", frozen=True)

    data_dir: Path = Field(default=Path("coach-data"), description="where everything is kept")
    admin_key: SecretStr | None = Field(
        default=None, min_length=32, description="the first admin's bearer key, any 32 characters"
    )
    pepper: SecretStr | None = Field(
        default=None, min_length=16, description="secret for key fingerprints; else a file is made"
    )
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR")
