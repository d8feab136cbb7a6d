"""Use cases of the team: offering to join, being taken on or not, changing one's hours, leaving."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.audit.service import record
from app.core.db import insert_for, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.groups.queries import khu_pho_list, ward_group
from app.notices.service import queue
from app.outreach.queries import get_in_reach
from app.outreach.team.domain import Choices, check_choices, check_reason
from app.outreach.team.models import TeamGroup, TeamOffer, TeamTime, TeamTopic
from app.outreach.team.queries import is_volunteer
from app.people.directory import MOST_ID, get_person
from app.people.grants import scope_in
from app.people.service import end_role, grant_role
from app.quizzes.models import Topic


def offer_help(*, person_id: int, chosen: Choices, now: datetime) -> None:
    """Offer to join the team, or (already in it, or waiting for an answer) say anew when and what.

    Raises:
        Invalid: No hour, no topic or no khu phố; or not of age: volunteers sit in other people's homes.
    """
    with transaction() as session:
        if get_person(session, person_id).adult != "yes":
            raise Invalid("team_adult")
        _keep(session, person_id, check_choices(_known(session, chosen)))
        if is_volunteer(session, person_id):
            return
        left = update(TeamOffer).where(TeamOffer.person_id == person_id, TeamOffer.state == "accepted")
        session.execute(left.values(state="left", ended_at=now))  # the role was ended elsewhere
        values = {"person_id": person_id, "state": "waiting", "made_at": now, "reason": ""}
        session.execute(insert_for(session)(TeamOffer).values(**values).on_conflict_do_nothing())


def _known(session: Session, chosen: Choices) -> Choices:
    """Without topics and khu phố that there are not."""
    topics = set(session.scalars(select(Topic.slug)))
    groups = {group.id for group in khu_pho_list(session)}
    return Choices(chosen.times, chosen.topics & topics, chosen.groups & groups)


def _keep(session: Session, person_id: int, chosen: Choices) -> None:
    for table in (TeamTime, TeamTopic, TeamGroup):
        session.execute(delete(table).where(table.person_id == person_id))
    session.add_all(TeamTime(person_id=person_id, weekday=day, part=part) for day, part in sorted(chosen.times))
    session.add_all(TeamTopic(person_id=person_id, topic_slug=slug) for slug in sorted(chosen.topics))
    session.add_all(TeamGroup(person_id=person_id, group_id=group) for group in sorted(chosen.groups))
    session.flush()


def withdraw_offer(*, person_id: int, now: datetime) -> None:
    """Take an offer back that nobody has answered yet. Answered, nothing changes."""
    with transaction() as session:
        waiting = update(TeamOffer).where(TeamOffer.person_id == person_id, TeamOffer.state == "waiting")
        session.execute(waiting.values(state="withdrawn", ended_at=now))


def leave_team(*, person_id: int, now: datetime) -> None:
    """Leave the team; one's sessions end. What one wrote in the trail stays.

    Raises:
        Conflict: Not in the team.
    """
    with transaction() as session:
        if not is_volunteer(session, person_id):
            raise Conflict("team_not_in")
        end_role(session, person_id, "volunteer", now=now)
        accepted = update(TeamOffer).where(TeamOffer.person_id == person_id, TeamOffer.state == "accepted")
        session.execute(accepted.values(state="left", ended_at=now))
        detail = {"role": "volunteer"}
        record(
            session, actor_id=person_id, action="team.leave", subject_kind="person", subject_id=person_id, now=now,
            detail=detail,
        )  # fmt: skip


def accept_offer(*, offer_id: int, group_ids: Collection[int], by: int, now: datetime) -> None:
    """Take someone on for some khu phố, or for the whole ward where that is among them.

    Raises:
        NotFound: No such offer in reach.
        Invalid: No group, or one's own offer.
        Conflict: It has been answered.
    """
    with transaction() as session:
        offer = _waiting(session, offer_id, by)
        ward = ward_group(session).id
        known = {ward, *(group.id for group in khu_pho_list(session))}
        may = scope_in(session, by, "roles.grant")
        allowed = {group_id for group_id in set(group_ids) & known if may.everywhere or may.covers(group_id)}
        chosen = [ward] if ward in allowed else sorted(allowed)
        if not chosen:
            raise Invalid("team_scope", field=f"groups-{offer_id}")
        offer.state, offer.decided_at, offer.decided_by = "accepted", now, by
        for group_id in chosen:
            grant_role(session, offer.person_id, "volunteer", group_id, granted_by=by, now=now)
        _tell(session, offer, by, now, {"groups": chosen})


def decline_offer(*, offer_id: int, reason: str, by: int, now: datetime) -> None:
    """Say no with a reason that the person reads.

    Raises:
        NotFound: No such offer in reach.
        Invalid: No reason, or one's own offer.
        Conflict: It has been answered.
    """
    try:
        text = check_reason(reason)
    except Invalid as error:
        raise Invalid(error.code, **{**error.values, "field": f"reason-{offer_id}"}) from error
    with transaction() as session:
        offer = _waiting(session, offer_id, by)
        offer.state, offer.decided_at, offer.decided_by, offer.ended_at = "declined", now, by, now
        offer.reason = text
        _tell(session, offer, by, now, {})


def _waiting(session: Session, offer_id: int, by: int) -> TeamOffer:
    query = select(TeamOffer).where(TeamOffer.id == offer_id).with_for_update()
    offer = session.scalar(query) if offer_id < MOST_ID else None
    if offer is None:
        raise NotFound
    get_in_reach(session, offer.person_id, by)
    if offer.person_id == by:
        raise Invalid("team_own")
    if offer.state != "waiting":
        raise Conflict("team_answered")
    return offer


def _tell(session: Session, offer: TeamOffer, by: int, now: datetime, detail: dict[str, object]) -> None:
    session.flush()
    record(
        session, actor_id=by, action=f"team.{offer.state}", subject_kind="person", subject_id=offer.person_id, now=now,
        reason=offer.reason, detail=detail,
    )  # fmt: skip
    queue(session, offer.person_id, "team", {"state": offer.state}, key=f"team:{offer.id}:{offer.state}", now=now)
