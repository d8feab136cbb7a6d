"""Local days and weeks of the ward. Pure: moments come in, dates go out."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local(moment: datetime) -> datetime:
    """An aware moment on the ward's wall clock."""
    return moment.astimezone(ZONE)


def local_date(moment: datetime) -> date:
    return local(moment).date()


def start_of(day: date) -> datetime:
    """Midnight at the beginning of a local day, in UTC."""
    return datetime.combine(day, time.min, ZONE).astimezone(UTC)


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())
