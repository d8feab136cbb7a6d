"""Every column of words is classified once, so that an erasure forgets none of it."""

import sqlalchemy as sa

from app import models
from app.core.db import Base
from app.privacy.register import REGISTER

WORDS = (sa.String, sa.LargeBinary, sa.JSON)
TABLES = {table.name: table for table in Base.metadata.sorted_tables}


def is_number_of_a_person(column: sa.Column[object]) -> bool:
    return any(key.target_fullname == "person.id" for key in column.foreign_keys)


def speaks(column: sa.Column[object]) -> bool:
    """Whether a column may hold something about a person: words, or their number."""
    return isinstance(column.type, WORDS) or is_number_of_a_person(column)


def test_every_column_of_words_and_every_number_of_a_person_is_in_the_register() -> None:
    assert models.people is not None  # every table is known
    missing = [
        f"{name}.{column.name}: add it to app/privacy/register.py"
        for name, table in TABLES.items()
        for column in table.columns
        if speaks(column) and (name not in REGISTER or column.name not in REGISTER[name].classified)
    ]

    assert missing == []


def test_the_register_names_only_what_is_there() -> None:
    gone = [name for name in REGISTER if name not in TABLES]
    gone += [
        f"{name}.{column}"
        for name, rule in REGISTER.items()
        if name in TABLES
        for column in rule.classified
        if column not in TABLES[name].columns
    ]

    assert gone == []


def test_a_column_is_classified_once() -> None:
    """A column that is emptied in its owner's rows may be searched for mentions in all others."""
    twice = []
    for name, rule in REGISTER.items():
        groups = [set(rule.blank), set(rule.own), set(rule.plain), set(rule.secret), set(rule.contact or ())]
        twice += [f"{name}.{c}" for i, one in enumerate(groups) for other in groups[i + 1 :] for c in one & other]

    assert twice == []


def test_owners_and_actors_are_numbers_of_people() -> None:
    wrong = []
    for name, rule in REGISTER.items():
        direct = () if ">" in rule.owner or rule.owner in ("", "id") else (rule.owner,)
        wrong += [
            f"{name}.{column}"
            for column in (*direct, *rule.actors)
            if not is_number_of_a_person(TABLES[name].columns[column])
        ]

    assert wrong == []
