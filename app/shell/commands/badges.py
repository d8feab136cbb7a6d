"""``hocso badges``: the collection, and signing, taking back, exporting and checking badges."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from app.badges import granting
from app.badges.credentials import keys, service
from app.badges.credentials.checking import check_file
from app.badges.credentials.files import write_badge
from app.badges.credentials.queries import Shown, badges_to_show, base_of, by_code, by_id, by_serial, holders, paper_for
from app.badges.credentials.reading import MOST_BYTES
from app.core.db import reading
from app.core.errors import NotFound
from app.shell.options import json_option, now_option
from app.shell.output import FAULT, as_json, installation

OUTCOMES = {
    "valid": "hợp lệ", "revoked": "đã thu hồi", "superseded": "đã được thay", "withdrawn": "người giữ đã rút lại",
    "changed": "không đúng với bản đã cấp", "foreign": "do nơi khác cấp", "unreadable": "không đọc được",
}  # fmt: skip


@click.group()
def badges() -> None:
    """Huy hiệu: bộ sưu tập, cấp, thu hồi, kiểm tra."""


@badges.command("list")
@json_option
def list_(json_: bool) -> None:
    """Mọi huy hiệu và số người đang giữ."""
    with installation():
        rows = [
            {"slug": one.slug, "kind": one.kind, "topic": topic, "ring": one.ring, "holders": people}
            for one, topic, people in holders(reading())
        ]
    if json_:
        as_json({"achievements": rows})
        return
    for row in rows:
        click.echo(f"{row['slug']:<26} {row['kind']:<6} mức {row['ring']}  {row['holders']:>5} người")


@badges.command("preview")
@click.argument("slug")
@json_option
def preview(slug: str, json_: bool) -> None:
    """Ai sẽ được một huy hiệu nếu xét lại bây giờ; chưa trao cho ai."""
    with installation():
        found = granting.preview(reading(), slug)
    if json_:
        people = [{"id": one.person_id, "group": one.group} for one in found.people]
        groups = [{"id": one.id, "name": one.name, "period": one.period} for one in found.groups]
        as_json({"slug": slug, "held": found.held, "looked": found.looked, "people": people, "groups": groups})
        return
    for one in found.people:
        click.echo(f"{one.person_id:>7}  {one.name}, {one.group or 'chưa rõ khu phố'}")
    for group in found.groups:
        click.echo(f"{group.id:>7}  {group.name}, tháng {group.period}")
    click.echo(f"{len(found.people) + len(found.groups)} nơi sẽ được; {found.held} đã có; chưa trao cho ai.")


@badges.command("issue")
@click.option("--person", "person_id", type=int, required=True, help="Số của người học.")
@click.option("--badge", "slug", required=True, help="Tên thư mục của huy hiệu, ví dụ tinh-mat.")
@now_option
@json_option
def issue(person_id: int, slug: str, now: datetime, json_: bool) -> None:
    """Ký huy hiệu số cho một người đã đạt; gọi lại thì ra bản đã ký."""
    with installation():
        made = service.issue(person_id=person_id, slug=slug, now=now)
        found = _told(made)
    as_json(found) if json_ else click.echo(f"{found['code']}  {found['url']}")


@badges.command("revoke")
@click.argument("which")
@click.option("--reason", required=True, help="Vì sao; ghi vào sổ, không hiện ra ngoài.")
@now_option
@json_option
def revoke(which: str, reason: str, now: datetime, json_: bool) -> None:
    """Thu hồi một huy hiệu số: mã HS-…, địa chỉ, hoặc số của nó."""
    with installation():
        shown = _find(which)
        service.revoke(shown.id, reason=reason, by=None, now=now)
    as_json({"id": shown.id, "code": shown.code, "state": "revoked"}) if json_ else click.echo(
        f"Đã thu hồi {shown.code}."
    )


@badges.command("reissue")
@click.argument("which")
@click.option("--reason", required=True, help="Sửa điều gì; ghi vào sổ, không hiện ra ngoài.")
@now_option
@json_option
def reissue(which: str, reason: str, now: datetime, json_: bool) -> None:
    """Cấp lại một huy hiệu số; bản cũ ghi là đã được thay."""
    with installation():
        made = service.reissue(_find(which).id, reason=reason, by=None, now=now)
        found = _told(made)
    as_json(found) if json_ else click.echo(f"{found['code']}  {found['url']}")


@badges.command("export")
@click.option("--sample", type=click.IntRange(1, 10_000), default=10, show_default=True, help="Bao nhiêu huy hiệu.")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), required=True, help="Thư mục.")
@now_option
@json_option
def export(sample: int, folder: Path, now: datetime, json_: bool) -> None:
    """Ghi vài huy hiệu ra tệp .json, .png, .svg (chưa ký thì ký), đủ loại trước."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    with installation() as chosen:
        for number, badge_id in enumerate(badges_to_show(reading(), sample), 1):
            made = service.issue_badge(badge_id, now=now)
            shown = by_id(reading(), made)
            assert shown is not None
            name = f"{number:03d}-{shown.slug}"
            write_badge(chosen.root, shown, folder, name)
            found.append({"file": name, **_told(made)})
    as_json({"to": str(folder), "badges": found}) if json_ else click.echo(f"{len(found)} huy hiệu trong {folder}")


@badges.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def verify(file: Path, json_: bool) -> None:
    """Kiểm tra một tệp huy hiệu; 0 là hợp lệ, 1 là không."""
    with file.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    with installation():
        verdict = check_file(reading(), data)
    shown = verdict.shown
    if json_:
        since = verdict.since.isoformat() if verdict.since else None
        as_json({"outcome": verdict.outcome, "why": verdict.why, "code": shown.code if shown else None, "since": since})
    else:
        click.echo(f"{file}: {OUTCOMES[verdict.outcome]}" + (f", {shown.title}, mã {shown.code}" if shown else ""))
    raise SystemExit(0 if verdict.outcome == "valid" else FAULT)


@badges.command("rotate-key")
@now_option
@json_option
def rotate_key(now: datetime, json_: bool) -> None:
    """Đổi khoá ký; khoá cũ vẫn công bố, để huy hiệu đã cấp còn kiểm tra được."""
    with installation():
        public = keys.rotate(now)
        count = len(keys.published())
    as_json({"public": public, "published": count}) if json_ else click.echo(
        f"Khoá mới {public}; đang công bố {count} khoá."
    )


def _find(which: str) -> Shown:
    """A badge by code, address or number.

    Raises:
        NotFound: None of these.
    """
    session = reading()
    last = which.rstrip("/").rpartition("/")[2]
    found = by_id(session, int(last)) if last.isdigit() else by_code(session, last.upper()) or by_serial(session, last)
    if found is None:
        raise NotFound("credential_unknown")
    return found


def _told(credential_id: int) -> dict[str, Any]:
    session = reading()
    shown, paper = by_id(session, credential_id), paper_for(session, credential_id)
    assert shown is not None
    return {
        "id": shown.id,
        "badge": shown.slug,
        "code": shown.code,
        "address": f"{base_of(session)}/huy-hieu-so/{shown.serial}",
        "url": paper.url if paper else None,
    }
