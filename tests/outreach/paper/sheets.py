"""Sheets of paper for tests. Call inside an application context."""

import random
from collections.abc import Mapping, Sequence

from app.core.db import reading
from app.outreach.domain import Reach
from app.outreach.paper import queries
from app.outreach.paper.domain import field_name
from app.outreach.paper.service import print_sheets
from app.quizzes.queries import get_item
from app.shell.demo.answers import right_form, wrong_form
from tests.factories import NOON
from tests.town import Town


def print_some(town: Town, copies: str = "2", quiz: str = "cuoc-goi", **given: object) -> list[str]:
    """Print sheets for khu phố 1; returns their numbers."""
    values: dict[str, object] = {
        "key": "in", "quiz_id": quiz, "group_id": town.groups["1"], "copies": copies, "class_id": None,
        "by": town.dung, "now": NOON,
    }  # fmt: skip
    made = print_sheets(**{**values, **given}, chance=random.Random(3))  # type: ignore[arg-type]
    return [line.number for line in queries.lines(reading(), made)]


def filled(number: str, town: Town, *, wrong: int = 0, blank: int = 0) -> dict[str, list[str]]:
    """The fields of a keying page: the first ``wrong`` answers miss, the last ``blank`` are empty on the paper."""
    sheet = queries.sheet_by_number(reading(), number, Reach(everyone=True))
    drawn, form = queries.drawn_of(reading(), sheet.print_id), {}
    for place, one in enumerate(drawn, start=1):
        if place > len(drawn) - blank:
            form[field_name(place, "blank")] = ["1"]
            continue
        kind = get_item(reading(), one.revision_id).kind
        given = wrong_form(kind, one.order, random.Random(1), "") if place <= wrong else right_form(kind, one.order, "")
        form |= fields_of(kind.type, place, given)
    return form


def fields_of(type: str, place: int, form: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What a form on a phone says, as the keying page says it."""
    if type == "ordering":
        return {field_name(place, f"at{n}"): [letter] for n, letter in enumerate(form["order"][0])}
    return {field_name(place, name): list(values) for name, values in form.items()}
