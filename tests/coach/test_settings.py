import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError
from pydantic_settings import SettingsError

from coach.errors import Invalid
from coach.notes.portions import Limits
from coach.settings import Settings, from_environment


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch, tmp_path):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"COACH_{name.upper()}", raising=False)


def test_nothing_needs_to_be_set():
    settings = from_environment()

    assert settings.data_dir == Path("coach-data")
    assert settings.admin_key is None
    assert settings.pepper is None
    assert settings.log_level == "INFO"


def test_everything_can_be_set_by_the_environment(monkeypatch):
    monkeypatch.setenv("COACH_DATA_DIR", "elsewhere")
    monkeypatch.setenv("COACH_ADMIN_KEY", "a" * 32)
    monkeypatch.setenv("COACH_PEPPER", "p" * 16)
    monkeypatch.setenv("COACH_LOG_LEVEL", "warning")

    settings = from_environment()

    assert settings.data_dir == Path("elsewhere")
    assert settings.admin_key
    assert settings.admin_key.get_secret_value() == "a" * 32
    assert settings.pepper
    assert settings.pepper.get_secret_value() == "p" * 16
    assert settings.log_level == "WARNING"


def test_a_folder_on_the_command_line_beats_the_environment(monkeypatch):
    monkeypatch.setenv("COACH_DATA_DIR", "elsewhere")

    assert from_environment(data_dir=Path("here")).data_dir == Path("here")


@pytest.mark.parametrize("name", ["DATA_DIR", "ADMIN_KEY", "PEPPER", "LOG_LEVEL"], ids=str)
def test_an_empty_variable_counts_as_not_set(monkeypatch, name):
    monkeypatch.setenv(f"COACH_{name}", "")

    assert from_environment() == Settings.model_construct()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        pytest.param(
            "ADMIN_KEY",
            "hunter2-is-too-short",
            "COACH_ADMIN_KEY needs 32 characters or more",
            id="a short admin key",
        ),
        pytest.param(
            "PEPPER", "hunter2", "COACH_PEPPER needs 16 characters or more", id="a short pepper"
        ),
        pytest.param(
            "LOG_LEVEL",
            "hunter2",
            "COACH_LOG_LEVEL takes one of DEBUG, INFO, WARNING, ERROR",
            id="an unknown level",
        ),
        pytest.param(
            "MOST_SENTENCES",
            "hunter2",
            "COACH_MOST_SENTENCES takes a whole number, at least 1",
            id="no number",
        ),
        pytest.param(
            "MOST_CHARACTERS",
            "0",
            "COACH_MOST_CHARACTERS takes a whole number, at least 1",
            id="nothing at all",
        ),
        pytest.param(
            "REQUEST_DEADLINE_SECONDS",
            "1000",
            "COACH_REQUEST_DEADLINE_SECONDS takes a number, above 0, at most 600",
            id="too long",
        ),
        pytest.param(
            "LLM_BASE_URL",
            "hunter2",
            "COACH_LLM_BASE_URL takes an address that begins with http:// or https://",
            id="no address",
        ),
        pytest.param(
            "LLM_PROMPTS",
            "{hunter2",
            'COACH_LLM_PROMPTS takes JSON such as {"read": 1}',
            id="no JSON",
        ),
        pytest.param(
            "LLM_PROMPTS",
            '{"read": 999}',
            "COACH_LLM_PROMPTS takes versions that there are: read 1 to 2, word 1 to 2, "
            "ask 1 to 2, clauses 1 to 1, challenge 1 to 1",
            id="a version that is not there",
        ),
    ],
)
def test_a_wrong_setting_gives_one_line_that_does_not_repeat_it(monkeypatch, name, value, told):
    monkeypatch.setenv(f"COACH_{name}", value)

    with pytest.raises(Invalid) as refused:
        from_environment()

    assert str(refused.value) == told
    with pytest.raises((ValidationError, SettingsError)) as raw:
        Settings()
    assert "hunter2" not in str(raw.value)


def test_a_server_that_loads_the_application_says_in_one_line_what_is_wrong(tmp_path):
    loaded = subprocess.run(
        [sys.executable, "-m", "uvicorn", "api.app:create_app", "--factory"],
        env={
            "PATH": "/usr/bin:/bin",
            "COACH_DATA_DIR": str(tmp_path),
            "COACH_READS_AT_ONCE": "hunter2",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert loaded.returncode == 1
    assert loaded.stderr.splitlines() == [
        "coach: COACH_READS_AT_ONCE takes a whole number, at least 1"
    ]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", Limits._fields)
def test_how_much_is_read_and_compared_can_be_set(monkeypatch, name):
    monkeypatch.setenv(f"COACH_MOST_{name.upper()}", "7")

    assert from_environment().limits == Limits()._replace(**{name: 7})


def test_secrets_do_not_show_when_settings_are_printed():
    settings = Settings(admin_key="a" * 32, pepper="p" * 16)

    assert "aaaa" not in repr(settings)
    assert "pppp" not in repr(settings)


def test_answers_are_recorded_or_replayed_and_not_both(monkeypatch):
    monkeypatch.setenv("COACH_LLM_REPLAY", "kept")
    assert from_environment().llm_replay == Path("kept")
    monkeypatch.setenv("COACH_LLM_RECORD", "kept")

    with pytest.raises(Invalid, match=r"^COACH_LLM_REPLAY cannot be set together with"):
        from_environment()


@pytest.mark.parametrize(
    ("set_to", "told"),
    [
        ({"SMTP_HOST": "mail.example.org"}, "COACH_SMTP_FROM has to be set with COACH_SMTP_HOST"),
        (
            {"SMTP_HOST": "mail.example.org", "SMTP_FROM": "Coach <coach@example.org>"},
            "COACH_SMTP_FROM takes one e-mail address",
        ),
        ({"SMTP_PORT": "0"}, "COACH_SMTP_PORT takes a whole number, at least 1, at most 65535"),
        ({"SMTP_STARTTLS": "perhaps"}, "COACH_SMTP_STARTTLS takes true or false"),
    ],
    ids=str,
)
def test_a_mail_server_is_set_whole_or_not_at_all(set_to, told, monkeypatch):
    for name, value in set_to.items():
        monkeypatch.setenv(f"COACH_{name}", value)

    with pytest.raises(Invalid, match=told):
        from_environment()


def test_a_mail_server_is_set_by_the_environment(monkeypatch):
    monkeypatch.setenv("COACH_SMTP_HOST", "mail.example.org")
    monkeypatch.setenv("COACH_SMTP_FROM", "coach@example.org")
    monkeypatch.setenv("COACH_SMTP_STARTTLS", "false")

    settings = from_environment()

    assert (settings.smtp_host, settings.smtp_port) == ("mail.example.org", 587)
    assert (settings.smtp_from, settings.smtp_starttls) == ("coach@example.org", False)
