"""Building the demo ward: the events of the script, played through the real use cases."""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select

from app.attempts.queries import passed_quizzes
from app.awards.queries import nominations
from app.awards.service import decide, publish
from app.closing.service import close_due_cycles, open_due
from app.core.calendar import local_date
from app.core.db import reading, transaction
from app.cycles.domain import month_of
from app.cycles.queries import find_cycle
from app.groups.models import Group
from app.groups.service import add_group, create_ward, set_contact, set_help_contact
from app.home.setup import load_content
from app.outreach.asking.service import ask_for_help, finish_request, take_request
from app.outreach.models import HelpRequest
from app.outreach.service import sign_up_at_door
from app.people.account import record_consent_for
from app.people.domain import IssuedCard
from app.people.entering import sign_up
from app.people.service import (
    add_person,
    confirm_membership,
    grant_role,
    issue_card,
    set_password,
    set_pin,
)  # fmt: skip
from app.quizzes.queries import QuizCard, quiz_cards
from app.quizzes.service import approve_quiz
from app.shell.demo.cast import BRANCHES, KHU, Actor, make_cast, pick_hero
from app.shell.demo.classroom import AGO, hold_classes
from app.shell.demo.contest import hold_contests
from app.shell.demo.field import decide_draws, offer_hours, sit_beside
from app.shell.demo.learning import Answers, Sitting, sit
from app.shell.demo.script import Event, first_month, write_script

SEED = 20261124
UNIT, WARD = "Đoàn phường Hoa Sen (thử)", "Hoa Sen (thử)"
SOURCE = "Số liệu bịa để thử, không phải danh sách thật"
PIN, PASSWORD = "2739", "hoa sen no som mai"
NUMBER = "TB thử"


@dataclass(frozen=True)
class SignIn:
    """How to enter as one of the demo's people; ``pin`` is the password of an officer."""

    role: str
    name: str
    token: str
    code: str
    pin: str


Watch = Callable[[list[Event]], AbstractContextManager[Iterable[Event]]]


class Builder:
    """Plays the script; remembers who got which id."""

    def __init__(self, root: Path, *, people: int, months: int, now: datetime) -> None:
        self.root, self.now = root, now
        self.chance = Random(SEED)  # noqa: S311 — the same options give the same data
        self.start = first_month(now, months).starts_at
        self.cast = make_cast(people, start=self.start, now=now, chance=self.chance)
        self.hero = pick_hero(self.cast)
        self.ids: dict[int, int] = {}
        self.cards: dict[int, IssuedCard] = {}
        self.groups: dict[str, int] = {}
        self.quizzes: list[QuizCard] = []
        self.passed: dict[int, set[str]] = {}
        self.sittings: Counter[tuple[int, str]] = Counter()
        self.requests: dict[int, int] = {}
        self.answers = Answers()

    def build(self, watch: Watch) -> list[SignIn]:
        """The whole demo; ``watch`` shows the progress of the events."""
        self._ward()
        events = write_script(self.cast, start=self.start, now=self.now, chance=self.chance, hero=self.hero)
        with watch(events) as watched:
            for event in watched:
                getattr(self, event.kind)(event)
        open_due(self.now)
        self._classes()
        hold_contests(self.start, self.now, Random(SEED))  # noqa: S311 — the same options give the same data
        return self._sign_ins()

    def _ward(self) -> None:
        born = self.start - timedelta(days=4)
        load_content(self.root, born)
        with transaction() as session:
            day = local_date(born)
            create_ward(
                session, unit=UNIT, ward=WARD, groups=list(KHU.items()), as_of=date(day.year, 1, 1),
                source=SOURCE, now=born, demo=True,
            )  # fmt: skip
            for name in BRANCHES:
                add_group(session, kind="chi_doan", name=name, now=born)
            self.groups = {g.name: g.id for g in session.scalars(select(Group))}
            for place, name in enumerate(KHU):
                person = f"Người giúp {name.lower()} (thử)"
                set_contact(session, self.groups[name], name=person, phone=f"0203 000 00{place + 10}")
            set_help_contact(session, name="Đoàn phường (thử)", phone="0203 000 0005", hours="8 giờ đến 20 giờ")
            decide_draws(session, self.start, self.now)
        self.quizzes = quiz_cards(reading())
        self.ward_id = next(g for name, g in self.groups.items() if name.startswith("Phường"))

    # --- events, named as the script names them

    def join(self, event: Event) -> None:
        actor = self.cast[event.number]
        if actor.part in ("officer", "volunteer"):
            self._add_staff(actor, event.at)
        elif actor.part == "newcomer":
            self._sign_up(actor, event.at)
        else:
            self._at_the_door(actor, event.at)

    def _add_staff(self, actor: Actor, at: datetime) -> None:
        officer = actor.part == "officer"
        with transaction() as session:
            person_id = add_person(
                session, name=actor.who.name, address=actor.who.address, adult="yes",
                group_id=self.groups[actor.khu], branch_id=self.groups.get(actor.branch or ""), now=at,
            )  # fmt: skip
            by = self.ids.get(0)
            confirm_membership(session, person_id, by=by, now=at)
            where = self.ward_id if officer else self.groups[actor.khu]
            grant_role(session, person_id, actor.part, where, granted_by=by, now=at)
            if officer:
                set_password(session, person_id, PASSWORD, now=at)
            self.cards[actor.number] = issue_card(session, person_id, now=at)
        self.ids[actor.number] = person_id
        if not officer:
            offer_hours(person_id, self.groups[actor.khu], self.chance, at)
        if actor.number == 1:
            self._approve(at)

    def _approve(self, at: datetime) -> None:
        """An officer has read the quizzes, all but the last."""
        for quiz in self.quizzes[:-1]:
            approve_quiz(quiz.id, by=self.ids[0], now=at)

    def _sign_up(self, actor: Actor, at: datetime) -> None:
        signed_up = sign_up(
            name=actor.who.name, address=actor.who.address, adult="yes" if actor.who.adult else "no",
            group_id=self.groups[actor.khu], branch_id=None, pin="", repeat="", record=True, device_token=None,
            old_token=None, now=at,
        )  # fmt: skip
        self.ids[actor.number] = signed_up.signed_in.person_id
        self.cards[actor.number] = signed_up.card

    def _at_the_door(self, actor: Actor, at: datetime) -> None:
        by = self._volunteer_of(actor)
        door = sign_up_at_door(
            key=f"demo-{actor.number}", name=actor.who.name, address=actor.who.address,
            adult="yes" if actor.who.adult else "no", group_id=self.groups[actor.khu],
            branch_id=self.groups.get(actor.branch or ""), agreed=True, guardian=not actor.who.adult,
            by=by, now=at,
        )  # fmt: skip
        self.ids[actor.number], self.cards[actor.number] = door.person_id, door.card
        for giver, choice in (("self", actor.consent), ("guardian", actor.guardian)):
            if choice is not None:
                record_consent_for(person_id=door.person_id, purpose="name", choice=choice, giver=giver, by=by, now=at)

    def _volunteer_of(self, actor: Actor) -> int:
        """A volunteer who looks after this khu phố, else an officer."""
        near = [a for a in self.cast if a.part == "volunteer" and a.khu == actor.khu]
        return self.ids[near[actor.number % len(near)].number if near else 0]

    def lesson(self, event: Event) -> None:
        actor, person_id = self.cast[event.number], self.ids[event.number]
        if event.number == self.hero:
            self._heros_lesson(person_id, event)
            return
        how, stops = "independent", None
        if not actor.keen and self.chance.random() < (0.25 if actor.who.age > 55 else 0.03):
            how = self.chance.choice(("read_aloud", "demonstrated"))
        if not actor.keen and self.chance.random() < 0.05:
            stops = self.chance.randint(1, 4)
        quiz = self._next_quiz(actor, event.at)
        skill = min(0.98, actor.skill + 0.02 * len(self.passed.setdefault(person_id, set())))
        at = self._review(actor, event.at) if self.chance.random() < 0.25 else event.at
        sit(Sitting(person_id, quiz, how, skill, stops), self.answers, self.chance, at)
        self.passed[person_id] = passed_quizzes(reading(), person_id)

    def review(self, event: Event) -> None:
        self._review(self.cast[event.number], event.at)

    def _review(self, actor: Actor, at: datetime) -> datetime:
        """What is due is asked; a little of it has been forgotten. Returns the moment when it is over."""
        sitting = Sitting(self.ids[actor.number], None, "independent", min(0.97, actor.skill + 0.05))
        return sit(sitting, self.answers, self.chance, at)

    def _next_quiz(self, actor: Actor, at: datetime) -> QuizCard:
        """The keen go round all of them each month; others take the first not yet passed, or one again."""
        month = (actor.number, month_of(at).period)
        self.sittings[month] += 1
        if actor.keen:
            return self.quizzes[(self.sittings[month] - 1) % len(self.quizzes)]
        done = self.passed.get(self.ids[actor.number], set())
        ahead = [quiz for quiz in self.quizzes if quiz.id not in done]
        return ahead[0] if ahead and self.chance.random() < 0.8 else self.chance.choice(self.quizzes)

    def _heros_lesson(self, person_id: int, event: Event) -> None:
        """One skill only, so that the wallet shows two badges and what comes next; a first answer elsewhere misses."""
        given = {"slip": 1, "half": 2}.get(event.detail)
        quiz, skill = self.quizzes[1 if given else 0], -1.0 if event.detail == "slip" else 1.1
        sit(Sitting(person_id, quiz, "independent", skill, given), self.answers, self.chance, event.at)

    def help(self, event: Event) -> None:
        self.requests[event.number] = ask_for_help(
            key=f"demo-{event.number}", way="visit", person_id=self.ids[event.number], group_id=None,
            name="", contact="", page="/hoc", now=event.at,
        )  # fmt: skip

    def helped(self, event: Event) -> None:
        request = reading().get(HelpRequest, self.requests[event.number])
        by = self._volunteer_of(self.cast[event.number])
        if request is not None and request.state == "waiting":
            take_request(request_id=request.id, by=by, now=event.at - timedelta(hours=12))
            finish_request(request_id=self.requests[event.number], by=by, now=event.at)

    def visit(self, event: Event) -> None:
        """A volunteer sits beside someone; what is confirmed is marked so in the script."""
        by = self._volunteer_of(self.cast[event.number])
        sit_beside(self.ids[event.number], by, self.chance, event.at, alone=event.detail == "alone")

    def offer(self, event: Event) -> None:
        actor = self.cast[event.number]
        offer_hours(self.ids[event.number], self.groups[actor.khu], self.chance, event.at)

    def close(self, event: Event) -> None:
        close_due_cycles(event.at)
        open_due(event.at)

    def decide(self, event: Event) -> None:
        """The two officers decide, neither on their own khu phố; one proposal waits for later."""
        session = reading()
        cycle = find_cycle(session, event.detail)
        assert cycle is not None
        found = [
            (n.id, n.person_id, n.group_id or n.evidence.get("group_id"), n.subject)
            for n in nominations(session, cycle.id)
        ]
        homes = {self.ids[n]: self.groups[self.cast[n].khu] for n in (0, 1)}
        people = [n for n, _, _, subject in found if subject == "person"]
        for nomination, person, group, _ in found:
            by = next(o for o, home in homes.items() if o != person and home != group)
            later = nomination == people[-1] if len(people) > 2 else False
            decide(
                event.detail, nomination, decision="later" if later else "approve",
                note="Chờ hỏi thêm gia đình (thử)" if later else "", waiver="", seen="undecided",
                by=by, by_home=homes[by], now=event.at,
            )  # fmt: skip

    def publish(self, event: Event) -> None:
        publish(event.detail, typed=event.detail, number=f"{event.detail}/{NUMBER}", by=self.ids[0], now=event.at)

    def _classes(self) -> None:
        """The first volunteer holds a class for a few of the ward's people."""
        trainer = next(actor for actor in self.cast if actor.part == "volunteer")
        then = self.now - AGO - timedelta(days=1)
        came = [a for a in self.cast if a.part == "resident" and a.number != self.hero and a.joins < then]
        if trainer.joins < then:
            people = [self.ids[a.number] for a in came[:8]]
            hold_classes(
                self.ids[trainer.number], self.groups[trainer.khu], people, self.quizzes[0].id, self.chance, self.now
            )

    def _sign_ins(self) -> list[SignIn]:
        """A way in for each part that the ward's people play; only these have a PIN or password."""
        volunteer = next(a.number for a in self.cast if a.part == "volunteer")
        youth = next(a.number for a in self.cast if a.part == "youth")
        with transaction() as session:
            for number in (self.hero, youth, volunteer):
                set_pin(session, self.ids[number], PIN, now=self.now)
        parts: dict[str, Any] = {"resident": self.hero, "youth": youth, "volunteer": volunteer}
        found = [self._sign_in(role, number, PIN) for role, number in parts.items()]
        return found + [self._sign_in("officer", number, PASSWORD) for number in (0, 1)]

    def _sign_in(self, role: str, number: int, secret: str) -> SignIn:
        card = self.cards[number]
        return SignIn(role, self.cast[number].who.name, card.token, card.code, secret)
