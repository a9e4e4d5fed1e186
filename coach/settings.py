"""The settings of the coach, from environment variables that begin with COACH_."""

import re
from pathlib import Path
from typing import Annotated, Literal, get_args, get_origin

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from coach.errors import Invalid
from coach.notes.portions import Limits
from prompts import newest

MODEL_PROMPTS = ("read", "word", "ask", "clauses", "challenge")
_SENDER = re.compile(r"[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,255}")
_OF_A_PROVIDER = re.compile(r"[a-z_]+:.")


def _at_least(length: int) -> AfterValidator:
    def long_enough(secret: SecretStr) -> SecretStr:
        if len(secret.get_secret_value()) < length:
            raise ValueError(f"needs {length} characters or more")
        return secret

    return AfterValidator(long_enough)


def _of_a_provider(model: str) -> str:
    if not _OF_A_PROVIDER.match(model):
        raise ValueError("needs provider:model, such as openai:some-model")
    return model


def _not_both(replay: Path | None, info: ValidationInfo) -> Path | None:
    if replay and info.data.get("llm_record"):
        raise ValueError("cannot be set together with COACH_LLM_RECORD")
    return replay


def _a_sender(sender: str | None, info: ValidationInfo) -> str | None:
    if sender is None and info.data.get("smtp_host"):
        raise ValueError("has to be set with COACH_SMTP_HOST")
    if sender is not None and not _SENDER.fullmatch(sender):
        raise ValueError("takes one e-mail address, such as coach@example.org")
    return sender


def _there(versions: dict[str, int]) -> dict[str, int]:
    for name, version in versions.items():
        if name not in MODEL_PROMPTS or not 1 <= version <= newest(name):
            known = ", ".join(f"{each} 1 to {newest(each)}" for each in MODEL_PROMPTS)
            raise ValueError(f"takes versions that there are: {known}")
    return versions


LogLevel = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)]


class Settings(BaseSettings):
    """All settings and their defaults; nothing has to be set to start."""

    # Errors never show what was set, because a wrong secret is still a secret. Empty means unset.
    model_config = SettingsConfigDict(
        env_prefix="COACH_", frozen=True, hide_input_in_errors=True, env_ignore_empty=True
    )

    data_dir: Path = Field(default=Path("coach-data"), description="where everything is kept")
    admin_key: Annotated[SecretStr, _at_least(32)] | None = Field(
        default=None, description="the first admin's bearer key, any 32 characters"
    )
    pepper: Annotated[SecretStr, _at_least(16)] | None = Field(
        default=None, description="secret for key fingerprints; else a file is made"
    )
    public_url: AnyHttpUrl | None = Field(
        default=None, description="the address at which people reach the pages, for links"
    )
    smtp_host: str | None = Field(
        default=None, description="the mail server that sends links; without it nothing is mailed"
    )
    smtp_port: int = Field(default=587, ge=1, le=65535, description="its port; 465 speaks TLS")
    smtp_user: str | None = Field(default=None, description="the name to sign in there with")
    smtp_password: SecretStr | None = Field(default=None, description="the password for it")
    smtp_starttls: bool = Field(
        default=True, description="whether nothing is sent before the connection is encrypted"
    )
    smtp_from: Annotated[str | None, AfterValidator(_a_sender)] = Field(
        default=None, validate_default=True, description="the address that links come from"
    )
    log_level: LogLevel = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR")
    # What these limits cost was measured; see coach.notes.portions.
    most_characters: int = Field(
        default=Limits().characters, ge=1, description="characters of one note that are read"
    )
    most_sentences: int = Field(
        default=Limits().sentences, ge=1, description="sentences of one note that are read"
    )
    most_passages: int = Field(
        default=Limits().passages,
        ge=1,
        description="passages of one session that are found by meaning, too",
    )
    most_compared: int = Field(
        default=Limits().compared, ge=1, description="sentences that one page is chosen from"
    )
    most_matched: int = Field(
        default=Limits().matched, ge=1, description="promises that one sentence is held against"
    )
    # Seconds. Chosen by hand; not measured.
    request_deadline_seconds: float = Field(
        default=30, gt=0, le=600, description="how long the work for one request may take"
    )
    body_deadline_seconds: float = Field(
        default=30, gt=0, le=600, description="how long a request may take to arrive"
    )
    # Places to work at. Changes have more, because most of their time they wait for the disk. One
    # key cannot take all. Chosen by hand; not measured.
    reads_at_once: int = Field(
        default=4, ge=1, description="answers that are worked out at the same time"
    )
    reads_a_key: int = Field(default=2, ge=1, description="how many of those for one key")
    writes_at_once: int = Field(
        default=8, ge=1, description="changes to sessions that are made at the same time"
    )
    writes_a_key: int = Field(default=6, ge=1, description="how many of those for one key")
    llm_model: Annotated[str, AfterValidator(_of_a_provider)] | None = Field(
        default=None, description="the language model, provider:model"
    )
    llm_base_url: AnyHttpUrl | None = Field(
        default=None, description="where the model answers; else its vendor's address"
    )
    llm_api_key: SecretStr | None = Field(default=None, description="the key for the model")
    llm_prompts: Annotated[dict[str, int], AfterValidator(_there)] = Field(
        default={}, description="versions of the prompts to use instead of the newest"
    )
    # Seconds; the goal is an answer within 20 s whatever fault the model has.
    llm_deadline_seconds: float = Field(
        default=20, gt=0, le=600, description="how long one answer of the model may take in all"
    )
    llm_record: Path | None = Field(
        default=None, description="a folder that every question and its answer is kept in"
    )
    llm_replay: Annotated[Path | None, AfterValidator(_not_both)] = Field(
        default=None, description="a folder that answers are read from; no model is asked"
    )

    @property
    def limits(self) -> Limits:
        """How much is read and compared at most."""
        return Limits(
            characters=self.most_characters,
            sentences=self.most_sentences,
            passages=self.most_passages,
            compared=self.most_compared,
            matched=self.most_matched,
        )


def from_environment(*, data_dir: Path | None = None) -> Settings:
    """Return the settings of this process; Invalid names the wrong variable and what it takes."""
    try:
        return Settings(data_dir=data_dir) if data_dir else Settings()
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        name = str(first["loc"][0])
        own = first["type"] == "value_error"
        why = first["msg"].removeprefix("Value error, ") if own else _takes(name)
    except SettingsError as error:
        # Only a variable that holds JSON is parsed before the check; the message names its field.
        name = next(each for each in Settings.model_fields if f'"{each}"' in str(error))
        why = _takes(name)
    raise Invalid(f"COACH_{name.upper()} {why}")


_KINDS: dict[object, str] = {
    bool: "true or false",
    str: "a text",
    int: "a whole number",
    float: "a number",
    Path: "a path",
    SecretStr: "a secret text",
    AnyHttpUrl: "an address that begins with http:// or https://",
}


def _takes(name: str) -> str:
    """Say in words what a variable takes: its kind and the allowed values."""
    field = Settings.model_fields[name]
    held = _plain(field.annotation)
    if get_origin(held) is Literal:
        return f"takes one of {', '.join(get_args(held))}"
    kind = _KINDS.get(held, 'JSON such as {"read": 1}')
    bounds = [
        f"{words} {limit:g}"
        for each in field.metadata
        for words, limit in (
            ("above", getattr(each, "gt", None)),
            ("at least", getattr(each, "ge", None)),
            ("at most", getattr(each, "le", None)),
        )
        if limit is not None
    ]
    return f"takes {', '.join([kind, *bounds])}"


def _plain(annotation: object) -> object:
    """Return the one type of an annotation, without None and without checks."""
    while (inner := get_args(annotation)) and get_origin(annotation) not in {Literal, dict}:
        annotation = inner[0]
    return annotation
