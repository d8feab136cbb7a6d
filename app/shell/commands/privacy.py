"""``hocso consent show``, ``hocso people export`` and ``hocso people erase``."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from app.core.db import reading
from app.core.errors import NotFound
from app.core.formats import moment
from app.core.i18n import say
from app.people import consents
from app.people.consent_texts import CURRENT, GIVER_WORDS, HOW_WORDS, words_of
from app.people.directory import get_person
from app.privacy import dossier, erasing, scrubbing, service, takealong
from app.privacy.domain import WORD
from app.shell.options import json_option, now_option
from app.shell.output import FAULT, as_json, installation, stop

PERSON = "PERSON: mã thẻ 6 số, hoặc số của người học."


def _find(who: str) -> int:
    found = service.find_one(reading(), who)
    if found is None:
        raise NotFound("person_unknown")
    return found


@click.group()
def consent() -> None:
    """Sổ đồng ý."""


@consent.command("show", epilog=PERSON)
@click.argument("person")
@json_option
def show(person: str, json_: bool) -> None:
    """Một người đã đồng ý những gì: lúc nào, bằng lời hỏi nào, ai ghi, bằng cách nào."""
    with installation():
        person_id = _find(person)
        pages = consents.book(reading(), person_id)
        if json_:
            as_json({"id": person_id, "purposes": [_page(page) for page in pages]})
            return
        for page in pages:
            asked = CURRENT[page.purpose]
            holds = say(asked.choices[page.answer]) if page.answer else "chưa đủ ý kiến, coi như không"
            click.echo(f"{say(asked.title)}: {holds}")
            for row in page.rows:
                answer = say(words_of(row.text_version, row.purpose).choices[row.choice])
                by = f", người số {row.recorded_by} ghi" if row.recorded_by else ""
                told = f"{say(GIVER_WORDS[row.giver])}, {say(HOW_WORDS[row.how])}{by}"
                click.echo(f"  {moment(row.given_at)}  {answer} ({told}; bản lời hỏi {row.text_version or 'không rõ'})")


def _page(page: consents.Page) -> dict[str, Any]:
    rows = [{**asdict(row), "given_at": row.given_at.isoformat()} for row in page.rows]
    return {
        "purpose": page.purpose,
        "answer": page.answer,
        "own": page.own,
        "guardian": page.guardian,
        "answers": rows,
    }


@click.command("export", epilog=PERSON)
@click.argument("person")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="Ghi vào tệp .json hoặc .xlsx.")
@now_option
def export(person: str, to: Path | None, now: datetime) -> None:
    """Mọi điều đang giữ về một người, để đưa cho chính người đó."""
    if to is not None and to.suffix not in (".json", ".xlsx"):
        raise click.BadParameter("tên tệp phải kết thúc bằng .json hoặc .xlsx", param_hint="--to")
    with installation():
        person_id = _find(person)
        found, rows = dossier.gather(reading(), person_id, now=now), takealong.records(reading(), person_id)
        whole = takealong.as_workbook(found, rows) if to and to.suffix == ".xlsx" else takealong.as_json(found, rows)
        service.note_export(person_id=person_id, by=None, now=now)
    if to is None:
        click.echo(whole)
        return
    to.touch(mode=0o600)
    to.write_bytes(whole if isinstance(whole, bytes) else whole.encode())
    click.echo(f"Đã ghi {to}")


@click.command("erase", epilog=PERSON)
@click.argument("person")
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
@now_option
@json_option
def erase(person: str, yes: bool, now: datetime, json_: bool) -> None:
    """Xoá mọi điều về một người, không lấy lại được; sổ điểm và nhật ký giữ một con số không tên."""
    with installation() as chosen:
        person_id = _find(person)
        if not yes:
            name = get_person(reading(), person_id).name
            click.confirm(f"Xoá hết dữ liệu của {name} (số {person_id}), không lấy lại được?", abort=True, err=True)
        erasing.erase_for(person_id=person_id, typed=WORD, by=None, folder=chosen.data, now=now)
        clean = scrubbing.scrub(now)
    if json_:
        as_json({"id": person_id, "scrubbed": clean})
    elif clean:
        click.echo(f"Đã xoá người số {person_id}; tệp dữ liệu đã được ghi đè.")
    else:
        stop(f"Đã xoá người số {person_id}, nhưng tệp dữ liệu đang bận: máy chủ sẽ ghi đè trong vài phút.", FAULT)
