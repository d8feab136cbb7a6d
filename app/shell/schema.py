"""The database's schema: where it stands, and bringing it to the newest."""

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import upgrade

from app.core.db import db


def head() -> str | None:
    """The newest revision that the program brings."""
    settings = current_app.config["SETTINGS"]
    config = Config()
    config.set_main_option("script_location", str(settings.root / "app" / "migrations"))
    return ScriptDirectory.from_config(config).get_current_head()


def at() -> str | None:
    """The revision of the database; ``None`` when it is empty."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def bring_up() -> bool:
    """Upgrade where needed; whether anything was done."""
    if at() == head():
        return False
    upgrade()
    db.session.remove()
    return True
