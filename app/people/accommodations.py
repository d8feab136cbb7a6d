"""What makes reading and answering easier for someone: kept on the person, so that it goes with them."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.db import insert_for, transaction
from app.core.errors import Invalid
from app.core.i18n import SIZES
from app.people.directory import get_person
from app.people.domain import CONTRASTS, Accommodations
from app.people.models import Accommodation


def keep(session: Session, person_id: int, chosen: Accommodations, *, now: datetime) -> None:
    """Store the choices in place of the ones before.

    Raises:
        Invalid: A size or contrast that there is not.
    """
    if chosen.text_size not in SIZES or chosen.contrast not in CONTRASTS:
        raise Invalid("bad_request")
    values = {
        "text_size": chosen.text_size,
        "contrast": chosen.contrast,
        "fewer_options": chosen.fewer_options,
        "read_first": chosen.read_first,
        "updated_at": now,
    }
    insert = insert_for(session)
    session.execute(
        insert(Accommodation)
        .values(person_id=person_id, **values)
        .on_conflict_do_update(index_elements=["person_id"], set_=values)
    )


def keep_own(*, person_id: int, chosen: Accommodations, now: datetime) -> None:
    """One's own choices.

    Raises:
        NotFound: No such person.
        Invalid: A size or contrast that there is not.
    """
    with transaction() as session:
        get_person(session, person_id)
        keep(session, person_id, chosen, now=now)


def keep_for(*, person_id: int, chosen: Accommodations, by: int, now: datetime) -> None:
    """The same by a volunteer or officer, who sits beside them.

    The trail says that it was done, not what was chosen: how well someone sees is nobody's business.

    Raises:
        NotFound: No such person.
        Invalid: A size or contrast that there is not.
    """
    with transaction() as session:
        get_person(session, person_id)
        keep(session, person_id, chosen, now=now)
        record(
            session,
            actor_id=by,
            action="accommodation.set",
            subject_kind="person",
            subject_id=person_id,
            now=now,
        )
