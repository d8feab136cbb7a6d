"""How dates, numbers and months are written on screens: Vietnamese habits, 24 hours, dots between thousands."""

from datetime import date, datetime

from flask import Flask

from app.core.calendar import local


def day(moment: datetime | date) -> str:
    """``06/9/2026``."""
    where = local(moment) if isinstance(moment, datetime) else moment
    return f"{where.day:02d}/{where.month}/{where.year}"


def clock_time(moment: datetime) -> str:
    """``14:05``."""
    return f"{local(moment):%H:%M}"


def moment(value: datetime) -> str:
    """``14:05, 06/9/2026``."""
    return f"{clock_time(value)}, {day(value)}"


def month(period: str) -> str:
    """``2026-10`` → ``10/2026``."""
    year, number = period.split("-")
    return f"{int(number)}/{year}"


def number(value: float) -> str:
    """``1.486``; one decimal after a comma where there is one."""
    if isinstance(value, float):
        return f"{value:,.1f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"{value:,}".replace(",", ".")


def telephone(digits: str) -> str:
    """``0912 345 678``, ``0203 385 4567``, ``1900 9068``: in pieces that can be read aloud; short ones stay whole."""
    if len(digits) < 7:
        return digits
    if len(digits) == 8:
        return f"{digits[:4]} {digits[4:]}"
    return " ".join(part for part in (digits[:4], digits[4:7], digits[7:]) if part)


def init(app: Flask) -> None:
    for name, function in (
        ("day", day),
        ("moment", moment),
        ("month", month),
        ("number", number),
        ("time", clock_time),
        ("telephone", telephone),
    ):
        app.add_template_filter(function, name)
