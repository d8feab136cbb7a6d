"""Correcting what is written about someone: a right of theirs, carried out by an officer."""

from datetime import datetime

from app.audit.service import record
from app.core.db import transaction
from app.core.errors import Invalid
from app.core.text import fold, person_key
from app.core.text import phone as phone_number
from app.people.directory import get_person
from app.people.domain import check_address, check_adult, check_birth_year, check_name


def correct_person(
    *,
    person_id: int,
    name: str,
    address: str,
    adult: str,
    birth_year: int | None,
    phone: str,
    by: int,
    now: datetime,
) -> tuple[str, ...]:
    """Write down what is right; the trail says which columns changed, never what they held.

    Returns:
        The columns that changed.

    Raises:
        NotFound: No such person here.
        Invalid: A value does not fit; ``field`` says which.
    """
    number = phone_number(phone) if phone.strip() else None
    if phone.strip() and number is None:
        raise Invalid("phone_shape", field="phone")
    wanted = {
        "name": check_name(name),
        "address": check_address(address),
        "adult": check_adult(adult),
        "birth_year": check_birth_year(birth_year, now),
        "phone": number,
    }
    with transaction() as session:
        person = get_person(session, person_id)
        changed = tuple(column for column, value in wanted.items() if getattr(person, column) != value)
        for column in changed:
            setattr(person, column, wanted[column])
        if "name" in changed:
            person.folded, person.name_key = fold(person.name), person_key(person.name)
        if changed:
            detail = {"columns": ", ".join(changed)}
            record(
                session, actor_id=by, action="person.correct", subject_kind="person", subject_id=person_id, now=now,
                detail=detail,
            )  # fmt: skip
        return changed
