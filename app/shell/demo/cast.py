"""Who plays in the demo: everyone with a khu phố, a habit of learning and a day of joining. Pure, seeded."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.shell.demo.names import AGES_OF_YOUTH, Invented, invent

KHU = {
    "Khu phố 1": 1050, "Khu phố 2": 640, "Khu phố 3": 820, "Khu phố 4": 410,
    "Khu phố 5": 720, "Khu phố 6": 330, "Khu phố 7": 910, "Khu phố 8": 560,
}  # fmt: skip
BRANCHES = ("Chi đoàn Sen Hồng", "Chi đoàn Sao Mai")
LIVE = (22, 40, 25, 26, 48, 38, 25, 18)  # how the cast spreads over them: a board with everyone alike teaches nothing
EAGER = {"Khu phố 5": 1.3, "Khu phố 6": 1.3, "Khu phố 1": 0.8, "Khu phố 8": 0.7}
STAFFED = "Khu phố 5"  # where the printed volunteer works, and finds work
KEEN = 7.0
HABITS = ((0.0, 42), (0.6, 43), (1.5, 12), (KEEN, 3))  # attempts a month, weight


@dataclass(frozen=True)
class Actor:
    """One invented person.

    Attributes:
        number: Their place in the cast; ids are known only once they have joined.
        part: resident | youth | volunteer | officer | newcomer.
        habit: Attempts a month, on average.
        skill: Chance of a right answer at the beginning.
        consent: What they answered about their name; ``None``: not asked.
        guardian: What a minor's guardian answered; ``None``: not asked.
    """

    number: int
    who: Invented
    part: str
    khu: str
    branch: str | None
    joins: datetime
    habit: float
    skill: float
    consent: str | None
    guardian: str | None

    @property
    def keen(self) -> bool:
        """Whether they learn in full weeks rather than now and then."""
        return self.habit >= KEEN


def make_cast(size: int, *, start: datetime, now: datetime, chance: Random) -> list[Actor]:
    """Everyone, the two officers first, then volunteers, residents and youth, the newcomers last."""
    volunteers, newcomers = max(2, size // 20), max(1, size // 24)
    youth = max(2, size // 7)
    parts = ["officer"] * 2 + ["volunteer"] * volunteers + ["youth"] * youth
    parts += ["resident"] * max(1, size - len(parts) - newcomers) + ["newcomer"] * newcomers
    return [_actor(number, part, start, now, chance) for number, part in enumerate(parts)]


def _actor(number: int, part: str, start: datetime, now: datetime, chance: Random) -> Actor:
    young = part in ("youth", "volunteer")
    who = invent(chance, ages=AGES_OF_YOUTH) if young else invent(chance)
    if part in ("officer", "volunteer") and not 18 <= who.age <= 60:
        who = invent(chance, ages=((20, 34, 1),))
    names = list(KHU)
    khu = chance.choices(names, LIVE)[0]
    if part in ("officer", "volunteer"):  # officers in the first two, the first volunteer in STAFFED
        khu = names[number] if part == "officer" else names[(number + 2) % len(names)]
    elif part == "newcomer" and number % 3 == 0:
        khu = STAFFED
    rate, _ = chance.choices(HABITS, [weight for _, weight in HABITS])[0]
    return Actor(
        number=number,
        who=who,
        part=part,
        khu=khu,
        branch=chance.choice(BRANCHES) if part in ("youth", "volunteer") else None,
        joins=_joins(part, start, now, chance),
        habit=rate if rate == KEEN else rate * EAGER.get(khu, 1.0),
        skill=min(0.97, max(0.45, chance.gauss(0.9 - max(0, who.age - 30) * 0.004, 0.08))),
        consent=chance.choices(("full", "given", "no", None), (46, 18, 9, 27))[0],
        guardian=None if who.adult else chance.choices(("full", "given", "no", None), (30, 15, 10, 45))[0],
    )


def _joins(part: str, start: datetime, now: datetime, chance: Random) -> datetime:
    if part == "officer":
        return start - timedelta(days=3)
    if part == "volunteer":
        return start - timedelta(days=2, minutes=chance.randint(0, 600))
    if part == "newcomer":
        return now - timedelta(minutes=chance.randint(40, 4 * 24 * 60))
    if chance.random() < 0.7:
        return start - timedelta(days=1, minutes=chance.randint(0, 540))
    whole = (now - start).total_seconds() * 0.85
    return start + timedelta(seconds=chance.random() * whole)


def pick_hero(cast: list[Actor]) -> int:
    """The resident whose sign-in is printed: an elder, there from the beginning if there is one."""
    residents = [actor for actor in cast if actor.part == "resident"]
    return min(residents, key=lambda actor: (actor.who.age < 55, actor.joins)).number
