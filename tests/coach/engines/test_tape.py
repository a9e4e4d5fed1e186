"""Answers kept as files: recorded, read by people, completed by hand, replayed with no network."""

import json
import warnings

import pytest
from pydantic import BaseModel, Field, SecretStr

from coach.engines.gateway.gateway import Gateway, ModelSettings, Prompt
from coach.engines.gateway.tape import Tape, digest
from coach.errors import AnswerMissing, EngineFailed

with warnings.catch_warnings():
    # langchain uses functions that it has deprecated itself; we cannot change that.
    warnings.simplefilter("ignore", DeprecationWarning)
    import langchain.chat_models  # noqa: F401
    import langchain_openai  # noqa: F401

ADDRESS = "http://127.0.0.1:9/v1"
KEY = "sk-not-a-key"
PROMPT = Prompt("Say who.", "<note>\nZoë sends {the} draft.\n</note>")


class Promise(BaseModel):
    """Who does what."""

    owner: str = Field(max_length=20)


class Other(BaseModel):
    """Who does what."""

    owner: str = Field(max_length=21)


def gateway(tape: Tape) -> Gateway:
    settings = ModelSettings("openai", "a-model", ADDRESS, SecretStr(KEY), 5)
    return Gateway(settings, tape=tape)


def ask(tape: Tape) -> Promise:
    return gateway(tape).answered(PROMPT, shape=Promise, seconds=5).value


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "tape"


@pytest.fixture
def provider(no_provider_is_reached):
    route = no_provider_is_reached.post(f"{ADDRESS}/chat/completions")

    def answers(content: str):
        said = {"role": "assistant", "content": content}
        choice = {"index": 0, "finish_reason": "stop", "message": said}
        return route.respond(json={"id": "c", "model": "m", "choices": [choice]})

    return answers


def test_what_was_recorded_is_replayed_without_asking_anybody(provider, folder):
    route = provider('{"owner": "Zoë"}')
    recorded = ask(Tape(folder, replays=False))

    replayed = ask(Tape(folder, replays=True))

    assert replayed == recorded == Promise(owner="Zoë")
    assert route.call_count == 1


def test_a_question_and_its_answer_are_files_for_people_and_hold_no_key(provider, folder):
    provider('{"owner": "Zoë"}')

    ask(Tape(folder, replays=False))

    name = digest(PROMPT, Promise)
    assert {each.name for each in folder.iterdir()} == {f"{name}.request.md", f"{name}.answer.json"}
    request = (folder / f"{name}.request.md").read_text("utf-8")
    assert PROMPT.system in request
    assert PROMPT.text in request
    assert '"maxLength": 20' in request
    assert f"{name}.answer.json" in request
    assert (folder / f"{name}.answer.json").read_text("utf-8") == '{\n  "owner": "Zoë"\n}\n'
    for word in (KEY, ADDRESS, "a-model"):
        assert all(word not in each.read_text("utf-8") for each in folder.iterdir())


def test_a_new_answer_takes_the_place_of_the_old(provider, folder):
    for owner in ("mentor", "mentee"):
        provider(json.dumps({"owner": owner}))
        ask(Tape(folder, replays=False))

    assert ask(Tape(folder, replays=True)) == Promise(owner="mentee")


@pytest.mark.parametrize("there", [None, "", " \n"], ids=["no file", "empty", "blank"])
def test_a_missing_answer_names_the_file_to_fill_and_the_question_is_there_to_read(folder, there):
    folder.mkdir()
    path = folder / f"{digest(PROMPT, Promise)}.answer.json"
    if there is not None:
        path.write_text(there, "utf-8")

    with pytest.raises(AnswerMissing) as missing:
        ask(Tape(folder, replays=True))

    assert str(path) in str(missing.value)
    assert not isinstance(missing.value, EngineFailed)
    assert PROMPT.text in (folder / f"{digest(PROMPT, Promise)}.request.md").read_text("utf-8")
    path.write_text('{"owner": "by hand"}', "utf-8")
    assert ask(Tape(folder, replays=True)) == Promise(owner="by hand")


@pytest.mark.parametrize(
    "content", ['{"name": "mentee"}', '{"owner": "a\\u0000"}', "none"], ids=["other", "NUL", "text"]
)
def test_a_kept_answer_is_checked_like_any_other(folder, content):
    folder.mkdir()
    (folder / f"{digest(PROMPT, Promise)}.answer.json").write_text(content, "utf-8")

    with pytest.raises(EngineFailed, match=r"^not_as_asked$"):
        ask(Tape(folder, replays=True))


def test_bytes_that_are_no_text_are_not_as_asked(folder):
    folder.mkdir()
    (folder / f"{digest(PROMPT, Promise)}.answer.json").write_bytes(b"\xff\xfe{")

    with pytest.raises(EngineFailed, match=r"^not_as_asked$"):
        ask(Tape(folder, replays=True))


def test_an_answer_that_was_not_as_asked_is_not_kept(provider, folder):
    provider('{"name": "mentee"}')

    with pytest.raises(EngineFailed):
        ask(Tape(folder, replays=False))

    assert not folder.exists()


def test_the_name_is_of_rules_text_and_schema():
    names = {
        digest(PROMPT, Promise),
        digest(PROMPT._replace(system="Say."), Promise),
        digest(PROMPT._replace(text="Nothing."), Promise),
        digest(Prompt(PROMPT.text, PROMPT.system), Promise),
        digest(PROMPT, Other),
    }

    assert len(names) == 5
    assert digest(PROMPT, Promise) in names


def test_no_tape_is_set_unless_a_folder_is(tmp_path):
    assert Tape.of(record=None, replay=None) is None
    recording = Tape.of(record=tmp_path, replay=None)
    replaying = Tape.of(record=None, replay=tmp_path)
    assert recording
    assert not recording.replays
    assert replaying
    assert replaying.replays
