"""Rules of requests about one's data, of leaving and of being forgotten: clocks and words. Pure."""

import calendar
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.calendar import local_date, start_of
from app.core.errors import Invalid
from app.core.text import clean, fold

KINDS = ("see", "correct", "restrict", "erase", "object")
STATES = ("new", "acknowledged", "closed")
OUTCOMES = ("done", "refused")
WHYS = ("moved", "died")
ERASED_WHYS = ("own", "request", "clock", "restored")
LONGEST = 1000  # of a request's words, and of its answer
CONTACT_LENGTH = 120
MOST_OPEN = 5  # requests of one person that wait
GONE = "(đã xoá)"  # what stands where something personal was, and something must stand
TAKEN_OUT = "…"  # what stands in the middle of a sentence instead of a name
WORD = "xoá"  # what someone types to be erased; marks and capitals do not matter
NOTICE_MONTHS = 12


@dataclass(frozen=True)
class AskedFor:
    """A request as it is kept: one spelling, nothing missing."""

    kind: str
    words: str
    name: str
    contact: str


def check_request(kind: str, words: str, name: str, contact: str, *, known: bool) -> AskedFor:
    """What is needed to answer a request.

    Args:
        known: Whether the one who asks is known here, and so can be reached.

    Raises:
        Invalid: Something is missing or too long; ``field`` says which.
    """
    if kind not in KINDS:
        raise Invalid("request_kind", field="kind")
    words, name, contact = clean(words), clean(name)[:CONTACT_LENGTH], clean(contact)[:CONTACT_LENGTH]
    if len(words) > LONGEST:
        raise Invalid("request_long", field="words", most=LONGEST)
    if not words and kind in ("correct", "object"):
        raise Invalid("request_words", field="words")
    if not known and not name:
        raise Invalid("name_missing", field="name")
    if not known and not contact:
        raise Invalid("request_contact", field="contact")
    return AskedFor(kind, words, name, contact)


def check_answer(outcome: str, answer: str) -> str:
    """The answer as it is kept.

    Raises:
        Invalid: No outcome, no words, or too many.
    """
    answer = clean(answer)
    if outcome not in OUTCOMES:
        raise Invalid("request_outcome", field="outcome")
    if not answer:
        raise Invalid("answer_missing", field="answer")
    if len(answer) > LONGEST:
        raise Invalid("request_long", field="answer", most=LONGEST)
    return answer


def working_day_after(day: date, count: int, holidays: Collection[date] = ()) -> date:
    """The local day that is so many working days (Monday to Friday, no holiday) after another."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and day not in holidays
    return day


def acknowledge_by(received_at: datetime, days: int, holidays: Collection[date] = ()) -> datetime:
    """The end of the working day until which a request is acknowledged."""
    return start_of(working_day_after(local_date(received_at), days, holidays) + timedelta(days=1))


def answer_by(received_at: datetime, days: int) -> datetime:
    """The end of the day until which a request is answered."""
    return start_of(local_date(received_at) + timedelta(days=days + 1))


def is_overdue(state: str, ack_due: datetime, due: datetime, now: datetime) -> bool:
    """Whether a request has waited longer than the law allows."""
    return state != "closed" and (now >= due or (state == "new" and now >= ack_due))


def months_before(now: datetime, months: int) -> datetime:
    """The beginning of the local day that lies so many months back; the last of a short month if need be."""
    day = local_date(now)
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return start_of(date(year, month + 1, min(day.day, last)))


def check_word(typed: str) -> None:
    """Raises:
    Invalid: Not the word that says "I mean it".
    """
    if fold(typed) != fold(WORD):
        raise Invalid("erase_word", field="typed", word=WORD)


def take_out(text: str, name: str, phone: str | None) -> str:
    """A sentence without someone's full name and number, in whatever spelling they stand there.

    A single word is no one's alone and stays: notes about someone are emptied where they belong to them.
    """
    text, wanted = unicodedata.normalize("NFC", text), fold(name).split()
    if len(wanted) > 1:
        words = list(re.finditer(r"\w+", text))
        folded = [fold(word.group()) for word in words]
        hits = [i for i in range(len(words) - len(wanted) + 1) if folded[i : i + len(wanted)] == wanted]
        for i in reversed(hits):
            text = text[: words[i].start()] + TAKEN_OUT + text[words[i + len(wanted) - 1].end() :]
    if phone:
        tail = r"[\s.\-]*".join(phone[1:])
        text = re.sub(rf"(?<!\d)(?:\+?84|0)[\s.\-]*{tail}(?!\d)", TAKEN_OUT, text)
    return text
