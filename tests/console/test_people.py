import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit.models import AuditEntry
from app.core.db import db, reading
from app.people.directory import PAGE, find_people
from app.people.models import Card, Person
from tests.factories import make_person
from tests.page import Browser
from tests.town import Town

LIST = "Họ tên;Khu phố;Năm sinh\nNguyễn Thị Hoa;Khu phố 1;1958\n;Khu phố 2;\n=Xấu;Khu phố 1;\n"


def people(town: Town, name: str) -> int:
    with town.app.app_context():
        return reading().scalar(sa.select(sa.func.count()).where(Person.name == name)) or 0


def actions(town: Town) -> list[str]:
    with town.app.app_context():
        return list(reading().scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def queries_of(app: Flask, browser: Browser, path: str) -> int:
    seen: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        assert browser.open(path).status == 200
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return len(seen)


@pytest.mark.both
def test_search_ignores_marks_and_capitals(town: Town) -> None:
    with town.app.app_context():
        make_person("Đặng Thị Ước", group_id=town.groups["2"])

        for text in ("dang uoc", "ĐẶNG", "ước", "uoc dang"):
            assert [p.name for p in find_people(reading(), text=text).rows] == ["Đặng Thị Ước"]


@pytest.mark.parametrize("text", ["%", "_", "a%a", "'", '"; drop table person', "\\"])
def test_search_takes_signs_literally(town: Town, text: str) -> None:
    with town.app.app_context():
        assert find_people(reading(), text=text).rows == []


@pytest.mark.both
def test_list_goes_by_given_name_and_pages_by_key(town: Town) -> None:
    with town.app.app_context():
        for i in range(PAGE):
            make_person(f"Trần Thị Hoa {i % 7}", group_id=town.groups["1"])

        first = find_people(reading())
        second = find_people(reading(), after=first.after)

        ids = [p.id for p in first.rows + second.rows]
        assert (len(first.rows), len(second.rows), second.after) == (PAGE, 4, "")
        assert len(set(ids)) == PAGE + 4
        keys = reading().execute(sa.select(Person.id, Person.name_key)).all()
        assert ids == [i for i, _ in sorted(keys, key=lambda row: (row[1], row[0]))]


@pytest.mark.parametrize("after", ["x", "00", "-1", "zz-1", "00-", "00-99999999999999999999", "' or 1=1-1"])
def test_bent_key_shows_the_first_page(town: Town, after: str) -> None:
    page = town.as_cleo().open(f"/to-chuc/nguoi-hoc?sau={after}")

    assert (page.status, "Nguyễn Thị Ada" in page.text) == (200, True)


def test_list_needs_the_same_queries_for_one_row_and_three(town: Town) -> None:
    cleo = town.as_cleo()
    one = queries_of(town.app, cleo, "/to-chuc/nguoi-hoc?tim=ada")
    with town.app.app_context():
        for i in range(2):
            make_person(f"Nguyễn Ada {i}", group_id=town.groups["2"])

    assert queries_of(town.app, cleo, "/to-chuc/nguoi-hoc?tim=ada") == one


def test_list_of_one_khu_pho(town: Town) -> None:
    page = town.as_cleo().open(f"/to-chuc/nguoi-hoc?khu={town.groups['2']}")

    assert ("Trần Văn Ben" in page.text, "Nguyễn Thị Ada" in page.text) == (True, False)


def test_officer_adds_one_person(town: Town) -> None:
    cleo = town.as_cleo()
    cleo.open("/to-chuc/nguoi-hoc/them")
    form = {"name": "Ngô Mới", "address": "bà", "adult": "yes", "group": str(town.groups["1"]), "birth_year": "1950"}

    page = cleo.submit("/to-chuc/nguoi-hoc/them", form)

    assert (page.status, "Ngô Mới" in page.title, "Đã xác nhận" in page.text) == (200, True, True)
    assert actions(town) == ["person.add"]


def test_person_form_keeps_what_was_typed(town: Town) -> None:
    cleo = town.as_cleo()
    cleo.open("/to-chuc/nguoi-hoc/them")

    page = cleo.submit("/to-chuc/nguoi-hoc/them", {"name": "Ngô Mới", "address": "bà", "birth_year": "58"})

    assert page.status == 422
    fields = dict(page.form("/them").fields)
    assert (fields["name"], fields["address"], fields["birth_year"]) == ("Ngô Mới", "bà", "58")


def test_new_card_is_shown_and_the_old_one_ends(town: Town) -> None:
    cleo = town.as_cleo()
    for _ in range(2):
        cleo.open(f"/to-chuc/nguoi-hoc/{town.ada}")
        page = cleo.submit(f"/{town.ada}/the")
        assert "Thẻ học của Nguyễn Thị Ada" in page.text

    with town.app.app_context():
        query = sa.select(Card.ended_at.is_(None)).where(Card.person_id == town.ada).order_by(Card.id)
        assert reading().scalars(query).all() == [False, True]
    assert "Nguyễn Thị Ada" in cleo.submit("/huong-dan/the").title


def test_consent_is_written_down_with_how_and_by_whom(town: Town) -> None:
    cleo = town.as_cleo()
    cleo.open(f"/to-chuc/nguoi-hoc/{town.ada}")

    page = cleo.submit("/dong-y", {"purpose": "name", "choice": "given", "how": "paper"})

    assert "Ngoài trang công khai hiện: Ada" in page.text
    assert "Giấy ký tay" in page.text
    assert actions(town) == ["consent.record"]


def test_minors_name_needs_child_and_guardian(town: Town) -> None:
    with town.app.app_context():
        child = make_person("Lý Bé", group_id=town.groups["1"], adult="no", address="bạn")
    cleo = town.as_cleo()
    cleo.open(f"/to-chuc/nguoi-hoc/{child}")

    page = cleo.submit("/dong-y", {"choice": "full", "how": "paper", "giver": "guardian"})
    assert "Tên chưa hiện ra ngoài." in page.text
    page = cleo.submit("/dong-y", {"choice": "full", "how": "spoken", "giver": "self"})

    assert "Ngoài trang công khai hiện: Lý Bé" in page.text


def test_officer_writes_down_no_consent_of_their_own(town: Town) -> None:
    cleo = town.as_cleo()
    page = cleo.open(f"/to-chuc/nguoi-hoc/{town.cleo}")
    assert [f.action for f in page.forms if f.action.endswith("/dong-y")] == []
    token = dict(page.form("/ra").fields)["csrf_token"]
    form = {"csrf_token": token, "purpose": "name", "choice": "full", "giver": "self", "how": "spoken"}

    refused = cleo.post(f"/to-chuc/nguoi-hoc/{town.cleo}/dong-y", form)

    assert (refused.status, actions(town)) == (422, [])


def test_ben_becomes_a_volunteer_of_his_khu_pho_and_stops(town: Town) -> None:
    cleo = town.as_cleo()
    cleo.open(f"/to-chuc/nguoi-hoc/{town.ben}")
    page = cleo.submit("/vai-tro", {"role": "volunteer", "group": str(town.groups["2"])})
    assert town.as_person(town.ben, "pin").open("/huong-dan").status == 200

    cleo.submit(next(form.action for form in page.forms if form.action.endswith("/thoi")))

    assert town.as_person(town.ben, "pin").open("/huong-dan").status == 404
    assert actions(town) == ["role.grant", "role.end"]


def test_officer_confirms_a_newcomer(town: Town) -> None:
    with town.app.app_context():
        new = make_person("Đỗ Mới", group_id=town.groups["1"], confirmed=False)
    cleo = town.as_cleo()
    cleo.open(f"/to-chuc/nguoi-hoc/{new}")

    page = cleo.submit("/xac-nhan")

    assert "Đã xác nhận." in page.text


def test_names_are_never_markup(town: Town) -> None:
    with town.app.app_context():
        bad = make_person("<img src=x onerror=alert(1)> A", group_id=town.groups["1"], confirmed=False)
    cleo = town.as_cleo()

    for path in ("/to-chuc/nguoi-hoc", f"/to-chuc/nguoi-hoc/{bad}", "/huong-dan", "/huong-dan/nguoi?tim=img"):
        assert "<img src=x" not in cleo.open(path).html
