"""Khu phố and chi đoàn: names, populations with their source, who helps where."""

from flask import Response, request

from app.console import service
from app.console.frame import bp, show
from app.core import clock, web
from app.core.calendar import local_date
from app.core.db import reading
from app.core.text import whole_number
from app.groups import queries
from app.groups.domain import check_adults, check_day
from app.people.access import of_group, require, signed_in


@bp.get("/to-chuc/khu-pho")
@require("groups.read")
def groups() -> Response:
    return _groups({})


def _groups(errors: dict[str, str], form: str = "") -> Response:
    session, who = reading(), signed_in()
    khu = [group for group in queries.khu_pho_list(session) if who.may("groups.edit", group.id)]
    return show(
        "console/groups.html",
        "groups",
        status=422 if errors else 200,
        errors=errors,
        typed=request.form,
        form=form,
        nodes=[node for node in queries.tree(session) if who.may("groups.read", node.group.id)],
        khu=[(group.id, group.name) for group in khu],
        everywhere=who.scope("groups.edit").everywhere,
        populations=queries.populations_at(session, local_date(clock.now())),
        ward=queries.get_ward(session),
    )


@bp.post("/to-chuc/khu-pho")
@require("groups.edit")
def add_group() -> Response:
    form = request.form
    parent = form.get("parent", "") if form.get("kind") == "to" else ""
    _, errors = web.attempt(
        lambda: service.add_group(
            kind=form.get("kind", ""),
            name=form.get("name", ""),
            parent_id=whole_number(parent),
            within=signed_in().scope("groups.edit"),
            by=signed_in().id,
            now=clock.now(),
        )
    )
    return _groups(errors, "add") if errors else web.see_other("/to-chuc/khu-pho")


@bp.get("/to-chuc/khu-pho/<slug>")
@require("groups.read", of=of_group)
def group(slug: str) -> Response:
    return _group(slug, {})


def _group(slug: str, errors: dict[str, str], form: str = "") -> Response:
    session, today = reading(), local_date(clock.now())
    found = queries.group_by_slug(session, slug)
    return show(
        "console/group.html",
        "groups",
        status=422 if errors else 200,
        errors=errors,
        typed=request.form,
        form=form,
        group=found,
        history=sorted(found.populations, key=lambda row: row.as_of, reverse=True),
        population=queries.population_at(session, found.id, today),
        today=today,
        may_edit=signed_in().may("groups.edit", found.id),
    )


@bp.post("/to-chuc/khu-pho/<slug>/ten")
@require("groups.edit", of=of_group)
def rename(slug: str) -> Response:
    name = request.form.get("name", "")
    _, errors = web.attempt(lambda: service.rename_group(slug=slug, name=name, by=signed_in().id, now=clock.now()))
    return _group(slug, errors, "name") if errors else web.see_other(f"/to-chuc/khu-pho/{slug}")


@bp.post("/to-chuc/khu-pho/<slug>/so-dan")
@require("groups.edit", of=of_group)
def set_population(slug: str) -> Response:
    form, now = request.form, clock.now()
    _, errors = web.attempt(
        lambda: service.set_population(
            slug=slug,
            adults=check_adults(form.get("adults", "")),
            as_of=check_day(form.get("as_of", ""), local_date(now)),
            source=form.get("source", ""),
            by=signed_in().id,
            now=now,
        )
    )
    return _group(slug, errors, "population") if errors else web.see_other(f"/to-chuc/khu-pho/{slug}")


@bp.post("/to-chuc/khu-pho/<slug>/lien-he")
@require("groups.edit", of=of_group)
def set_contact(slug: str) -> Response:
    form = request.form
    _, errors = web.attempt(
        lambda: service.set_contact(
            slug=slug,
            name=form.get("name", ""),
            phone=form.get("phone", ""),
            by=signed_in().id,
            now=clock.now(),
        )
    )
    return _group(slug, errors, "contact") if errors else web.see_other(f"/to-chuc/khu-pho/{slug}")
