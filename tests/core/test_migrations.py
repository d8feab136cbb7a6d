"""A ward that has worked with an older version keeps everything when its database is brought up."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from app import create_app
from app.config import Settings
from app.core.db import db
from tests.conftest import execute

ROWS = (
    'INSERT INTO "group" (id, kind, name, slug, folded, sort_key, contact_name, contact_phone)'
    " VALUES (1, 'ward', 'Thử', 'thu', 'thu', {blob}, '', '')",
    "INSERT INTO person (id, name, folded, name_key, address, adult, created_at)"
    " VALUES (1, 'Ada', 'ada', {blob}, 'bác', 'yes', {at}), (2, 'Cleo', 'cleo', {blob}, 'chị', 'yes', {at})",
    "INSERT INTO role_grant (id, person_id, role, group_id, granted_at) VALUES (1, 2, 'officer', 1, {at})",
    "INSERT INTO consent (id, person_id, purpose, choice, giver, given_at, recorded_by, text_version)"
    " VALUES (1, 1, 'record', 'full', 'self', {at}, NULL, '2026-11'),"
    " (2, 1, 'name', 'given', 'self', {at}, 2, '2026-11')",
    "INSERT INTO topic (slug, title, summary, icon, palette, position, pillar, digcomp_area, movements)"
    " VALUES ('t', 'T', 'T', 'shield', 'an-toan', 1, 'xa-hoi-so', 4, '[]')",
    "INSERT INTO skill (slug, title, topic_slug) VALUES ('s', 'S', 't')",
    "INSERT INTO quiz (id, topic_slug, skill_slug, title, summary, learned, tier, minutes, position, lang, findings)"
    " VALUES ('q', 't', 's', 'Q', 'Q', 'q', 'lam-quen', 3, 1, 'vi', '')",
    "INSERT INTO objective (id, skill_slug, name, text) VALUES (1, 's', 'o', 'O')",
    "INSERT INTO item (id, quiz_id, objective_id, revision, origin) VALUES ('i', 'q', 1, 1, 'file'),"
    " ('j', 'q', 1, 1, 'file')",
    "INSERT INTO attempt (id, person_id, quiz_id, how, draw, started_at) VALUES (1, 1, 'q', 'independent', '[]', {at})",
    'INSERT INTO response (id, attempt_id, item_id, round, choice, "right", score, idempotency_key, answered_at)'
    " VALUES (1, 1, 'i', 1, 'b', {yes}, 10, 'k1', {at}), (2, 1, 'j', 1, 'a', {no}, 0, 'k2', {at})",
)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'old.db'}"
    uri: str = request.getfixturevalue("postgres")
    execute(uri, "CREATE DATABASE before_learning_lasts")
    return uri.replace("/postgres?", "/before_learning_lasts?")


def test_answers_roles_and_consents_survive_the_second_version(empty: str, data: Path) -> None:
    app = create_app(Settings(data=data, database_url=empty, base_url="http://127.0.0.1:8000"))
    sqlite = empty.startswith("sqlite")
    words = {"at": "'2026-11-01 05:00:00'", "blob": "x'00'" if sqlite else "'\\x00'::bytea"}
    words |= {"yes": "1", "no": "0"} if sqlite else {"yes": "true", "no": "false"}
    with app.app_context():
        upgrade(revision="0001")
        with db.engine.begin() as connection:
            for row in ROWS:
                connection.execute(sa.text(row.format(**words)))

        upgrade()

        with db.engine.connect() as connection:
            ask = connection.execute
            assert ask(sa.text("SELECT credit FROM response ORDER BY id")).scalars().all() == [100, 0]
            assert ask(sa.text("SELECT purpose, quiz_id FROM attempt")).one() == ("lesson", "q")
            assert ask(sa.text("SELECT role FROM role_grant")).scalars().all() == ["officer"]
            assert ask(sa.text("SELECT how FROM consent ORDER BY id")).scalars().all() == ["screen", None]
        db.engine.dispose()
