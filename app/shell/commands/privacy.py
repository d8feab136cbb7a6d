"""``hocso consent show``, ``hocso people export`` and ``hocso people erase``."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from app.core.db import reading
from app.core.errors import Invalid, NotFound
from app.core.formats import moment
from app.core.i18n import say
from app.groups.domain import match_key
from app.groups.queries import branch_list, khu_members, khu_pho_list
from app.people import consents
from app.people.bulk import exporting
from app.people.bulk.columns import FIELDS
from app.people.consent_texts import CURRENT, GIVER_WORDS, HOW_WORDS, words_of
from app.people.directory import Wanted, get_person
from app.people.roles import EVERYWHERE
from app.privacy import dossier, erasing, scrubbing, service, takealong
from app.privacy.domain import WORD
from app.shell.options import json_option, now_option
from app.shell.output import FAULT, as_json, installation, stop

PERSON = "PERSON: mã thẻ 6 số, hoặc số của người học (12 hay HS-12)."


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
@click.argument("person", required=False)
@click.option(
    "--to", type=click.Path(dir_okay=False, path_type=Path), help="Tệp .xlsx, .csv; của một người: .xlsx, .json."
)
@click.option("--group", default="", help="Chỉ người của khu phố hoặc chi đoàn này.")
@click.option("--kind", type=click.Choice(tuple(FIELDS)), default="people", show_default=True, help="Danh sách gì.")
@now_option
@json_option
def export(person: str | None, to: Path | None, group: str, kind: str, now: datetime, json_: bool) -> None:
    """Danh sách để mở bằng Excel; nêu PERSON thì mọi điều đang giữ về người ấy, để đưa cho chính người đó."""
    endings = (".json", ".xlsx") if person else (".xlsx", ".csv")
    if to is not None and to.suffix not in endings:
        raise click.BadParameter(f"tên tệp phải kết thúc bằng {endings[0]} hoặc {endings[1]}", param_hint="--to")
    with installation():
        if person:
            data = _one_person(person, to, now)
            told = {"id": _find(person)}
        else:
            found = _list(kind, group, to.suffix[1:] if to else "csv", now)
            data, told = found.data, {"rows": found.rows}
    if to is None:
        click.echo(data.decode("utf-8-sig"), nl=bool(person))
        return
    to.touch(mode=0o600)
    to.write_bytes(data)
    if json_:
        as_json({**told, "to": str(to)})
    else:
        click.echo(f"Đã ghi {to}")


def _one_person(person: str, to: Path | None, now: datetime) -> bytes:
    person_id = _find(person)
    found, rows = dossier.gather(reading(), person_id, now=now), takealong.records(reading(), person_id)
    workbook = to is not None and to.suffix == ".xlsx"
    data = takealong.as_workbook(found, rows) if workbook else takealong.as_json(found, rows).encode()
    service.note_export(person_id=person_id, by=None, now=now)
    return data


def _list(kind: str, group: str, form: str, now: datetime) -> exporting.Exported:
    if kind != "people":
        return exporting.export_groups(kind=kind, within=EVERYWHERE, contacts=True, format=form, by=None, now=now)
    home, branch = _place(group) if group else (None, None)
    return exporting.export_people(wanted=Wanted(group_ids=home, branch_id=branch), format=form, by=None, now=now)


def _place(name: str) -> tuple[list[int] | None, int | None]:
    """The khu phố with its tổ, or the chi đoàn, of that name."""
    for kind, groups in (("khu_pho", khu_pho_list(reading())), ("chi_doan", branch_list(reading()))):
        for group in groups:
            if match_key(kind, group.name) == match_key(kind, name):
                return (khu_members(reading(), group.id), None) if kind == "khu_pho" else (None, group.id)
    raise Invalid("group_unknown", name=name)


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
