"""An item as people write it in a form: checked by the same shape and faults as files, and shown as learners see it.

A draft is flat text by field name, so that nothing typed is lost whatever is wrong with it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from pydantic import ValidationError

from app.core.errors import Invalid
from app.core.text import clean, fold
from app.groups.domain import check_day
from app.quizzes.domain import ItemView
from app.quizzes.kinds.choosing import Option, Single
from app.quizzes.kinds.kind import Row
from app.quizzes.parser import KEEPS, item_faults
from app.quizzes.shapes.choosing import SingleFile
from app.quizzes.shapes.item import Sensitivity

OPTIONS = ("a", "b", "c")
SENSITIVITIES: tuple[str, ...] = get_args(Sensitivity)
FIELDS = (
    "stem", "text_a", "reason_a", "text_b", "reason_b", "text_c", "reason_c", "key",
    "hint", "rationale", "source_title", "source_url", "source_date", "difficulty",
)  # fmt: skip
UNDECIDED = "chua-chon"  # stands for the objective until an officer has chosen it
URL_LENGTH = 500
ALL_RIGHT = re.compile(r"(tat ca|ca (a|ba|hai)\b).*(dung|tren)|cac (cau|y) tren")
Values = Mapping[str, str]


@dataclass(frozen=True)
class Draft:
    """What was written, with what is still wrong with it.

    Attributes:
        values: Every field of :data:`FIELDS`, in one spelling.
        item: The sound item, ``None`` while there are faults.
        faults: One refusal for each field to mend, in the form's order.
        advice: What a reader may stumble over, by name: ``length`` or ``all``.
    """

    values: Values
    item: SingleFile | None
    faults: tuple[Invalid, ...]
    advice: tuple[str, ...]

    @property
    def missing(self) -> int:
        """How many fields are still empty."""
        return sum(1 for name in FIELDS if not self.values[name])


@dataclass(frozen=True)
class Preview:
    """A draft as a learner meets it: the question, and what is told after the answer."""

    view: ItemView
    rows: tuple[Row, ...]
    rationale: str
    type: str = "single"
    scene: str = ""


def check_draft(
    typed: Values,
    *,
    today: date,
    item_id: str = "dx-0",
    objective: str = UNDECIDED,
    sensitivity: str = "M",
) -> Draft:
    """Check a form's fields; those that are missing count as empty.

    Args:
        today: The local day: from here on the facts are taken to hold.
        item_id: Of the item that it becomes.
        objective: The name of the objective that it checks.
        sensitivity: H, M or L: how soon the facts must be looked at again.
    """
    values = {name: clean(typed.get(name, "")) for name in FIELDS}
    faults: dict[str, Invalid] = {}
    dated = _source_date(values["source_date"], today, faults)
    raw = _raw(values, dated, today) | {"id": item_id, "objective": objective, "sensitivity": sensitivity}
    raw["review_by"] = today + KEEPS.get(sensitivity, KEEPS["M"])
    item = None
    try:
        item = SingleFile.model_validate(raw)
    except ValidationError as error:
        for fault in _shaped(error):
            faults.setdefault(str(fault.values["field"]), fault)
    for where, why in _beyond_shape(item or _filled(raw), objective):
        name = _field(where)
        faults.setdefault(name, Invalid("draft_fault", field=name, why=why))
    _check_rest(values, faults)
    ordered = tuple(faults[name] for name in sorted(faults, key=_place))
    return Draft(values, None if ordered else item, ordered, tuple(_advice(values)))


def _source_date(text: str, today: date, faults: dict[str, Invalid]) -> date:
    try:
        return check_day(text, today, field="source_date")
    except Invalid:
        faults["source_date"] = Invalid("draft_day", field="source_date")
        return today


def _raw(values: Values, dated: date, today: date) -> dict[str, Any]:
    """The draft as a file would hold it."""
    return {
        "type": "single",
        "difficulty": int(values["difficulty"]) if values["difficulty"] in ("1", "2", "3") else 0,
        "stem": values["stem"],
        "hint": values["hint"],
        "key": values["key"],
        "options": [{"id": o, "text": values[f"text_{o}"], "reason": values[f"reason_{o}"]} for o in OPTIONS],
        "rationale": values["rationale"],
        "valid_as_of": today,
        "source": {"title": values["source_title"], "url": values["source_url"], "date": dated},
    }


def _filled(raw: dict[str, Any]) -> SingleFile | None:
    """The draft with something in every gap, so that what is there already can be looked at; ``None`` if it cannot."""
    options = [{name: text or "…" for name, text in option.items()} for option in raw["options"]]
    source = {"title": "…", "url": "https://…", "date": raw["source"]["date"]}
    gaps = {name: raw[name] or "…" for name in ("stem", "hint", "rationale")}
    try:
        return SingleFile.model_validate(
            {**raw, **gaps, "options": options, "source": source, "key": OPTIONS[0], "difficulty": 1}
        )
    except ValidationError:
        return None


def _beyond_shape(item: SingleFile | None, objective: str) -> Iterator[tuple[str, str]]:
    return item_faults(item, {objective}) if item is not None else iter(())


def _field(where: str) -> str:
    """``options.0.text`` → ``text_a``, ``source.url`` → ``source_url``: the form's own name for a place."""
    match = re.fullmatch(r"options\.(\d)\.(text|reason)", where)
    if match:
        return f"{match[2]}_{OPTIONS[int(match[1])]}"
    return where.replace("source.", "source_")


def _shaped(error: ValidationError) -> Iterator[Invalid]:
    for fault in error.errors():
        name = _field(".".join(str(part) for part in fault["loc"]))
        if name in ("key", "difficulty", "source_url"):
            yield Invalid(f"draft_{name}", field=name)
        elif fault["type"] == "string_too_long":
            yield Invalid("draft_long", field=name, most=fault["ctx"]["max_length"])
        else:
            yield Invalid("draft_missing", field=name)


def _check_rest(values: Values, faults: dict[str, Invalid]) -> None:
    """What a form can hold and a file's writer would not: two options alike, an address without end."""
    if values["key"] not in OPTIONS:
        faults["key"] = Invalid("draft_key", field="key")
    if len(values["source_url"]) > URL_LENGTH:
        faults["source_url"] = Invalid("draft_long", field="source_url", most=URL_LENGTH)
    seen: set[str] = set()
    for option in OPTIONS:
        text = fold(values[f"text_{option}"])
        if text and text in seen:
            faults.setdefault(f"text_{option}", Invalid("draft_same", field=f"text_{option}"))
        seen.add(text)


def _place(name: str) -> int:
    return FIELDS.index(name) if name in FIELDS else len(FIELDS)


def _advice(values: Values) -> Iterator[str]:
    texts = {option: values[f"text_{option}"] for option in OPTIONS}
    right = texts.get(values["key"], "")
    others = [len(text) for option, text in texts.items() if option != values["key"]]
    if right and all(texts.values()) and len(right) > 1.5 * max(others) and len(right) > max(others) + 15:
        yield "length"  # the longest option gives itself away
    if any(ALL_RIGHT.search(fold(text)) for text in texts.values()):
        yield "all"


def preview(values: Values) -> Preview:
    """What there is so far, as a learner would see it; an option that is still empty shows as dots."""
    options = tuple(
        Option(o, values[f"text_{o}"] or "…", values[f"reason_{o}"] or "…", o == values["key"]) for o in OPTIONS
    )
    kind = Single(options)
    view = ItemView("single", values["stem"] or "…", values["hint"] or "…", kind.view(OPTIONS))
    return Preview(view, kind.rows(values["key"], OPTIONS), values["rationale"] or "…")
