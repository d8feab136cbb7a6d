"""``--now``: a moment typed by hand. The ward's own clock is meant where no offset is written."""

from datetime import datetime

import click

from app.core import clock
from app.core.calendar import ZONE


class Moment(click.ParamType[datetime]):
    """An ISO moment such as ``2026-11-01T00:05`` or ``2026-10-31T17:05:00Z``."""

    name = "ISO"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} không phải thời điểm ISO như 2026-11-01T00:05", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


now_option = click.option("--now", type=Moment(), default=clock.now, help="Thời điểm, thay cho bây giờ.")
json_option = click.option("--json", "json_", is_flag=True, help="In đúng một đối tượng JSON.")
