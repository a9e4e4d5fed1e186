"""Brings the database to the newest version, exactly once, after a crash too."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from coach.errors import DatabaseTooNew, StoreUnavailable
from coach.storage.dialects import sqlite


def migrate(engine: Engine) -> None:
    """Apply missing migrations in one transaction; raises DatabaseTooNew for a newer database."""
    config = _config()
    with (
        sqlite.translated(),
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        _check_known(MigrationContext.configure(connection).get_current_revision(), config)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check_current(engine: Engine) -> None:
    """Raise unless the database is exactly at this version; changes nothing."""
    config = _config()
    with sqlite.translated(), engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
    _check_known(revision, config)
    if revision != ScriptDirectory.from_config(config).get_current_head():
        raise StoreUnavailable("the database is older than this program: start the server once")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _check_known(revision: str | None, config: Config) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise DatabaseTooNew(f"the database is at version {revision}, newer than this program")
