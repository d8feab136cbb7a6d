"""Officers' screens of badges and certificates, as an officer without scripts uses them."""

from flask import Flask

from app.badges.models import Badge
from app.core.db import transaction
from tests.badges.papers.stage import earn
from tests.page import Browser, Page
from tests.town import make_town


def test_officer_sees_who_holds_a_badge_and_gives_one_for_the_past(app: Flask) -> None:
    town = make_town(app)
    earn(town, town.ada, town.ben)
    cleo = town.as_cleo()

    catalogue = cleo.open("/to-chuc/huy-hieu")
    one = cleo.open("/to-chuc/huy-hieu/tinh-mat?tim=ada")
    preview = cleo.open("/to-chuc/huy-hieu/tinh-mat/xem-truoc")

    assert ("2 người" in catalogue.text, catalogue.link("Tinh mắt")) == (True, "/to-chuc/huy-hieu/tinh-mat")
    assert ("Nguyễn Thị Ada" in one.text, "Trần Văn Ben" in one.text) == (True, False)
    assert "Không ai thêm" in preview.text
    with app.app_context(), transaction() as session:
        session.query(Badge).filter_by(person_id=town.ben, achievement_slug="tinh-mat").delete()
    cleo.open("/to-chuc/huy-hieu/tinh-mat/xem-truoc")
    given = cleo.submit("/to-chuc/huy-hieu/tinh-mat/trao")
    assert "Đã trao thêm 1 huy hiệu" in given.text


def test_officer_takes_a_badge_back_with_a_reason_and_gives_it_again(app: Flask) -> None:
    town = make_town(app)
    (badge,) = earn(town, town.ada)
    cleo = town.as_cleo()
    page = f"/to-chuc/huy-hieu/cap/{badge}"

    cleo.open(page)
    empty = cleo.submit(f"{page}/thu-hoi", {"reason": " "})
    taken = cleo.submit(f"{page}/thu-hoi", {"reason": "Trao nhầm người"})
    given = cleo.submit(f"{page}/cap-lai", {"reason": "Thu hồi nhầm"})

    assert (empty.status, "Ghi một câu lý do." in empty.text) == (422, True)
    assert ("Đã thu hồi." in taken.text, "Trao nhầm người" in taken.text) == (True, True)
    assert ("Đã cấp lại." in given.text, "đang giữ" in given.text) == (True, True)


def print_them(cleo: Browser, values: dict[str, str]) -> Page:
    """Send the form that prints, not the one that searches."""
    assert cleo.page is not None
    form = next(form for form in cleo.page.forms if "csrf_token" in dict(form.fields) and form.action != "/ra")
    return cleo.post(form.action, {**dict(form.fields), **values})


def test_officer_prints_for_a_khu_pho_without_scripts(app: Flask) -> None:
    town = make_town(app)
    ids = earn(town, town.ada, town.ben)
    cleo = town.as_cleo()

    found = cleo.open("/to-chuc/giay-chung-nhan?nhom=1&huy-hieu=tinh-mat&thang=2026-10")
    form = {"badge": str(ids[0]), "layer": "1", "x": "2,5", "y": "99"}
    wrong = print_them(cleo, form)
    run = print_them(cleo, {**form, "y": "-3"})
    done = cleo.submit("/tiep")
    file = cleo.client.get(done.link("Tải tệp PDF"))
    again = cleo.open("/to-chuc/giay-chung-nhan")

    assert ("Nguyễn Thị Ada" in found.text, "Trần Văn Ben" in found.text) == (True, False)
    assert (wrong.status, "từ −50 đến 50" in wrong.text, 'value="99"' in wrong.html) == (422, True, True)
    assert "Đang ký: 0 trên 1 tờ." in run.text
    assert "dời sang phải 2,5 mm, xuống -3,0 mm" in done.text
    assert (file.status_code, file.mimetype, file.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert ('value="2,5"' in again.html, 'value="-3"' in again.html) == (True, True)


def test_learner_and_volunteer_find_no_such_pages(app: Flask) -> None:
    town = make_town(app)

    for browser in (town.as_ada(), town.as_dung()):
        for path in ("/to-chuc/huy-hieu", "/to-chuc/giay-chung-nhan"):
            assert browser.open(path).status == 404
