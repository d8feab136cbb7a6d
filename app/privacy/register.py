"""The register of personal data: every column of words in the database, and what becomes of it at an erasure.

A test fails when a table has a column of words, or a person's number, that does not stand here. To add one:

- ``drop``: the row serves its owner alone (a session, a notice) and goes.
- ``blank``: the row stays, this column gets that value.
- ``own``: people write freely here, about or for the row's owner: emptied in the owner's rows; elsewhere
  the erased person's full name and number are taken out of it.
- ``mention``: as the second half of ``own``.
- ``contact``: a name and a number that officers wrote down for everyone: emptied when they are the person's.
- ``plain``: words from a list, keys, digests, content, figures' sources: never about a person.
- ``actors``: numbers of those who did something; they stay, and mean nobody once the person is erased.

The ledger and the trail stay whole: they hold numbers, and the number's only name is in ``person``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.privacy.domain import GONE


@dataclass(frozen=True)
class Rule:
    """What a table holds about people.

    Attributes:
        owner: The column with the number of the person whom a row is about; ``"attempt_id>attempt"``
            leads through another table; "" where rows are about nobody.
        where: Narrows ``drop`` to rows for which this holds.
        blank_where: Narrows ``blank`` in the same way.
        secret: Columns that nobody takes along: digests of what opens something.
        subject: What the trail calls a row of this table; reasons given there are emptied with it.
        prefix: Rows that belong to a person by the beginning of their key: column, and the beginning.
    """

    owner: str = ""
    drop: bool = False
    where: str = ""
    blank: Mapping[str, object] = field(default_factory=dict)
    blank_where: str = ""
    own: tuple[str, ...] = ()
    mention: tuple[str, ...] = ()
    contact: tuple[str, str] | None = None
    plain: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    subject: str = ""
    prefix: tuple[str, str] | None = None

    @property
    def classified(self) -> set[str]:
        """Every column that this rule speaks of."""
        told = {*self.blank, *self.own, *self.mention, *(self.contact or ()), *self.plain, *self.secret}
        return told | {*self.actors, self.owner.partition(">")[0]} - {""}


def _w(words: str) -> tuple[str, ...]:
    return tuple(words.split())


NOBODY = {
    "name": "", "folded": "", "name_key": b"", "address": "bạn", "adult": "unsaid", "birth_year": None,
    "phone": None, "import_key": None,
}  # fmt: skip
TYPED = "item_id IN (SELECT item_id FROM item_revision WHERE type = 'text')"  # other answers are options and numbers

PEOPLE = {
    "person": Rule("id", blank=NOBODY, subject="person"),
    "membership": Rule("person_id", plain=_w("kind"), actors=_w("confirmed_by")),
    "role_grant": Rule("person_id", plain=_w("role"), actors=_w("granted_by")),
    "authenticator": Rule("person_id", drop=True, plain=_w("kind"), secret=_w("secret")),
    "second_factor": Rule("person_id", drop=True, secret=_w("sealed sealed_next")),
    "recovery_code": Rule("person_id", drop=True, secret=_w("secret")),
    "half_sign_in": Rule("person_id", drop=True, secret=_w("token_hash")),
    "entry_link": Rule("person_id", drop=True, plain=_w("kind"), secret=_w("token_hash"), actors=_w("created_by")),
    "card": Rule("person_id", drop=True, plain=_w("code"), secret=_w("token_hash")),
    "card_sheet": Rule(plain=_w("key"), actors=_w("printed_by")),
    "paper_run": Rule(plain=_w("key badge_ids options"), actors=_w("made_by")),
    "household": Rule(mention=_w("name")),
    "household_member": Rule("person_id", actors=_w("added_by")),
    "device_member": Rule("person_id", drop=True, plain=_w("proof"), actors=_w("added_by")),
    "merge": Rule("kept_id", blank={"detail": {}, "import_key": None}, actors=_w("gone_id by undone_by")),
    "not_double": Rule("first_id", actors=_w("second_id by")),
    "device": Rule(plain=_w("token_hash")),
    "device_use": Rule("person_id", drop=True),
    "sign_in": Rule("person_id", drop=True, plain=_w("level"), secret=_w("token_hash")),
    "failure_count": Rule(plain=_w("key"), prefix=("key", "person:{}@")),
    "consent": Rule("person_id", plain=_w("purpose choice giver text_version how"), actors=_w("recorded_by")),
    "accommodation": Rule("person_id", drop=True, plain=_w("text_size contrast")),
    "notice": Rule("person_id", drop=True, plain=_w("key kind"), mention=_w("body")),
    "departure": Rule("person_id", drop=True, plain=_w("why"), actors=_w("by")),
    "erasure": Rule("person_id", plain=_w("why"), actors=_w("by")),
    "privacy_request": Rule(
        "person_id", blank={"name": "", "contact": ""}, own=_w("words answer"), mention=_w("name contact"),
        plain=_w("key kind state outcome"), actors=_w("received_by acknowledged_by closed_by"),
        subject="privacy_request",
    ),
    "help_request": Rule(
        "person_id", blank={"name": "", "contact": "", "page": ""}, own=_w("note"), mention=_w("name contact"),
        plain=_w("key way state outcome consent_text"), actors=_w("taken_by"), subject="help_request",
    ),
}  # fmt: skip
LEARNING = {
    "attempt": Rule("person_id", plain=_w("guest purpose quiz_id how draw")),
    "response": Rule(
        "attempt_id>attempt", blank={"choice": ""}, blank_where=TYPED, plain=_w("item_id idempotency_key")
    ),
    "turn": Rule("attempt_id>attempt", plain=_w("item_id choice")),
    "learning_day": Rule("person_id"),
    "review": Rule("person_id", drop=True),
    "delayed": Rule("person_id", plain=_w("topic_slug")),
    "placement": Rule("person_id", drop=True, plain=_w("tier")),
    "confidence": Rule("person_id", plain=_w("topic_slug moment")),
    "item_report": Rule(
        "person_id", own=_w("words answer"), plain=_w("key item_id guest reason state"), actors=_w("closed_by")
    ),
    "proposal": Rule(
        "person_id", drop=True, where="state <> 'accepted'", own=_w("answer"), mention=_w("body"),
        plain=_w("key quiz_id state item_id"), actors=_w("decided_by"),
    ),
    "contest_entry": Rule("person_id", plain=_w("draw")),
    "contest_answer": Rule("entry_id>contest_entry", blank={"choice": ""}, blank_where=TYPED, plain=_w("item_id")),
    "board_choice": Rule("person_id", drop=True, plain=_w("shown_as nickname")),
    "counted_as": Rule("person_id", actors=_w("counts_as")),
    "ledger_entry": Rule("person_id", plain=_w("source kind how quiz_id")),
    "person_cycle": Rule("person_id"),
    "frozen_person": Rule("person_id", plain=_w("run")),
    "badge": Rule("person_id", own=_w("revoked_reason"), plain=_w("achievement_slug evidence")),
    "credential": Rule(
        "badge_id>badge", blank={"token_sealed": None, "holder_sealed": None, "token_hash": None}, own=_w("reason"),
        plain=_w("serial code body ended_how"), actors=_w("ended_by"), subject="credential",
    ),
    "nomination": Rule(
        "person_id", own=_w("note waiver"), plain=_w("award subject evidence decision"), actors=_w("decided_by"),
        subject="nomination",
    ),
}  # fmt: skip
FIELD = {
    "visit": Rule("person_id", own=_w("note"), plain=_w("how"), actors=_w("volunteer_id")),
    "practising": Rule("visit_id>visit", plain=_w("practice_slug")),
    "tick": Rule("visit_id>visit", plain=_w("practice_slug step mark")),
    "confirmation": Rule("person_id", plain=_w("practice_slug skill_slug period"), actors=_w("volunteer_id")),
    "second_look": Rule("confirmation_id>confirmation", own=_w("note"), plain=_w("outcome"), actors=_w("looked_by")),
    "helper_naming": Rule("learner_id", plain=_w("skill_slug"), actors=_w("helper_id")),
    "team_offer": Rule("person_id", own=_w("reason"), plain=_w("state"), actors=_w("decided_by")),
    "team_time": Rule("person_id", drop=True, plain=_w("part")),
    "team_topic": Rule("person_id", drop=True, plain=_w("topic_slug")),
    "team_group": Rule("person_id", drop=True),
    "class_session": Rule(
        mention=_w("place"), plain=_w("key quiz_id how"), secret=_w("secret"), actors=_w("trainer_id created_by")
    ),
    "attendance": Rule("person_id", plain=_w("way"), actors=_w("by")),
    "class_tablet": Rule(actors=_w("started_by")),
    "class_attempt": Rule("attempt_id>attempt"),
    "class_measure": Rule("person_id", plain=_w("moment draw")),
    "class_answer": Rule("measure_id>class_measure", plain=_w("item_id choice")),
    "paper_print": Rule(plain=_w("key quiz_id draw"), actors=_w("printed_by")),
    "paper_sheet": Rule("person_id", plain=_w("number"), actors=_w("keyed_by")),
}
NOBODYS = {
    "audit_entry": Rule(mention=_w("reason detail"), plain=_w("action subject_kind subject_id")),
    "ward": Rule(
        contact=("help_name", "help_phone"),
        plain=_w("unit name help_hours superior place number_scheme sign_title sign_post leagues"),
    ),
    "group": Rule(contact=("contact_name", "contact_phone"), plain=_w("kind name slug folded sort_key")),
    "population": Rule(plain=_w("source")),
    "heading_choice": Rule(plain=_w("kind heading field"), actors=_w("chosen_by")),
    "group_cycle": Rule(plain=_w("people_source")),
    "frozen_group": Rule(plain=_w("run people_source")),
    "cycle": Rule(plain=_w("period kind state digest run leagues")),
    "cycle_rule": Rule(plain=_w("slug body")),
    "award_rule": Rule(plain=_w("slug body digest")),
    "award": Rule(plain=_w("level merit")),
    "publication": Rule(plain=_w("body digest number"), actors=_w("signed_by")),
    "credential_issuer": Rule(plain=_w("base_url")),
    "achievement": Rule(plain=_w("slug title kind palette skill_slug sentence criterion digest purpose")),
    "group_badge": Rule(plain=_w("achievement_slug evidence")),
    "topic": Rule(plain=_w("slug title summary icon palette pillar movements")),
    "skill": Rule(plain=_w("slug title topic_slug")),
    "objective": Rule(plain=_w("skill_slug name text")),
    "quiz": Rule(
        plain=_w("id topic_slug skill_slug title summary learned tier lang findings"), actors=_w("approved_by")
    ),
    "item": Rule(plain=_w("id quiz_id origin")),
    "item_revision": Rule(plain=_w("item_id type body digest")),
    "item_hold": Rule(plain=_w("item_id origin"), actors=_w("held_by")),
    "practice": Rule(plain=_w("slug title skill_slug topic_slug body")),
    "item_reserve": Rule(plain=_w("item_id")),
    "contest": Rule(mention=_w("reason"), plain=_w("period state seed draw run"), actors=_w("cancelled_by")),
    "contest_team": Rule(),
    "contest_question": Rule(),
    "draw_seed": Rule(plain=_w("period seed digest")),
    "lease": Rule(plain=_w("name owner")),
}
REGISTER: Mapping[str, Rule] = {**PEOPLE, **LEARNING, **FIELD, **NOBODYS}
EMPTIED = GONE  # what stands in an ``own`` column of an erased person's rows, where something stood
