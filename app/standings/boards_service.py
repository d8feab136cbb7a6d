"""Saying yes or no to the boards of individuals."""

from datetime import datetime

from app.audit.service import record
from app.core.db import insert_for, transaction
from app.core.errors import NotFound
from app.standings.boards_domain import check_choice
from app.standings.boards_models import BoardChoice


def join(*, person_id: int, shown_as: str, nickname: str, now: datetime) -> None:
    """Appear on the boards, or appear there otherwise than so far.

    Raises:
        Invalid: Nothing was chosen, or the nickname cannot be used.
    """
    shown_as, nickname = check_choice(shown_as, nickname)
    values = {"shown_as": shown_as, "nickname": nickname, "chosen_at": now}
    with transaction() as session:
        statement = insert_for(session)(BoardChoice).values(person_id=person_id, **values)
        session.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))


def leave(*, person_id: int) -> None:
    """Disappear from every board, at once."""
    with transaction() as session:
        choice = session.get(BoardChoice, person_id)
        if choice is not None:
            session.delete(choice)


def take_off(*, person_id: int, by: int, now: datetime) -> None:
    """An officer takes a nickname off the boards that should not stand there; its owner may choose another.

    Raises:
        NotFound: This person shows no nickname.
    """
    with transaction() as session:
        choice = session.get(BoardChoice, person_id)
        if choice is None or choice.shown_as != "nickname":
            raise NotFound
        session.delete(choice)
        record(session, actor_id=by, action="board.take_off", subject_kind="person", subject_id=person_id, now=now)
