"""A month's review as officers see it: with forms alone, with htmx, and by two at once."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import event

from app.awards.models import Nomination
from app.core.db import db, transaction
from app.people.service import end_role
from tests.awards.month import (
    LATER,
    approve,
    begin_month,
    close,
    consent,
    learn,
    proposal,
)
from tests.factories import make_person
from tests.page import Browser, Page
from tests.town import Town

URL = "/to-chuc/khen-thuong/2026-10"
HTMX = {"HX-Request": "true"}


@dataclass
class Month:
    """Ada and Ben are proposed for learning steadily; Cleo (khu phố 3) and Ella (2) are officers."""

    town: Town
    ella: int
    ada: int  # the proposals
    ben: int


@pytest.fixture
def month(town: Town) -> Month:
    with town.app.app_context():
        begin_month()
        learn(town.ada)
        learn(town.ben, days=9)
        ella = make_person("Đỗ Thị Ella", group_id=town.groups["2"], role="officer", ward_id=town.groups["ward"])
        close()
        found = Month(town, ella, proposal(person_id=town.ada).id, proposal(person_id=town.ben).id)
    town.at(LATER)
    return found


def judge(browser: Browser, nomination: int, decision: str, **values: str) -> Page:
    return browser.submit(f"/de-nghi/{nomination}", {"decision": decision, **values})


def row_of(page: Page, nomination: int) -> str:
    """The row's own markup."""
    start = page.html.index(f'<tr id="de-nghi-{nomination}"')
    return page.html[start : page.html.index("</tr>", start)]


def test_months_are_listed_with_state_progress_and_next_step(month: Month) -> None:
    page = month.town.as_cleo().open("/to-chuc/khen-thuong")

    assert page.text.index("Tháng 11/2026") < page.text.index("Tháng 10/2026")
    assert "Tự chốt lúc 00:01, 01/12/2026" in page.text
    assert "đã chốt số liệu" in page.text
    assert "0 trên 2" in page.text
    assert page.link("Bắt đầu rà soát") == URL


def test_list_of_months_is_empty_before_the_first(town: Town) -> None:
    assert "Chưa có tháng nào" in town.as_cleo().open("/to-chuc/khen-thuong").text


def test_open_month_says_when_it_closes_itself(month: Month) -> None:
    page = month.town.as_cleo().open("/to-chuc/khen-thuong/2026-11")

    assert "Tự chốt lúc 00:01, 01/12/2026" in page.text
    assert page.forms[0].action == "/ra"


def test_unknown_month_is_not_found(month: Month) -> None:
    assert month.town.as_cleo().open("/to-chuc/khen-thuong/2025-01").status == 404


@pytest.mark.parametrize("path", ["", "/2026-10", "/2026-10/xem-thu"])
def test_review_is_for_officers_alone(month: Month, path: str) -> None:
    assert month.town.as_ada().open(f"/to-chuc/khen-thuong{path}").status == 404
    assert month.town.as_dung().open(f"/to-chuc/khen-thuong{path}").status == 404
    assert month.town.as_cleo().open(f"/to-chuc/khen-thuong{path}").status == 200


def test_review_shows_time_and_hash_of_what_was_frozen(month: Month) -> None:
    page = month.town.as_cleo().open(URL)

    assert "Số liệu tháng 10/2026 đã chốt lúc 00:02, 01/11/2026 · mã băm " in page.text
    assert "một chữ ký, không có ngày lấy ý kiến" in page.text


def test_flags_say_what_to_look_at(month: Month) -> None:
    with month.town.app.app_context():
        consent(month.town.ada, "no")
    page = month.town.as_cleo().open(URL)

    assert "Không đăng tên" in row_of(page, month.ada)
    assert "Chưa hỏi ý kiến đăng tên" in row_of(page, month.ben)


def test_evidence_of_the_chosen_one_leads_to_the_person_and_the_log(month: Month) -> None:
    with month.town.app.app_context():
        consent(month.town.ada, "given")
    page = month.town.as_cleo().open(f"{URL}?chon={month.ada}")

    assert "4 tuần học đều, 12 ngày có học trong tháng" in page.text
    assert "Tự làm đạt 3 bài, 10 điểm thi đua" in page.text
    assert "Đồng ý đăng tên gọi (05/10/2026)" in page.text
    assert "Trang công khai nêu tên: Ada" in page.text
    assert page.link("Trang người học") == f"/to-chuc/nguoi-hoc/{month.town.ada}"
    assert page.link("Xem nhật ký") == "/to-chuc/nhat-ky"


def test_evidence_of_a_group_is_three_lines_of_arithmetic(town: Town) -> None:
    with town.app.app_context():
        begin_month()
        for number in range(5):
            learn(make_person(f"Người {number}", group_id=town.groups["1"]), days=1, passes=1)
        close()
        chosen = proposal(group_id=town.groups["1"]).id
    town.at(LATER)
    page = town.as_cleo().open(f"{URL}?chon={chosen}")

    assert "x = 5 người từ 16 tuổi tự làm đạt bài mới" in page.text
    assert "n = 640 dân từ 16 tuổi (Danh sách thử, 01/1/2026); phần đệm m = 100; mức chung p0 = 10,0%" in page.text
    assert "100 × (5 + 100 × 10,0%) : (640 + 100) = 2,0 điểm" in page.text


def test_decision_without_javascript_is_kept_and_counted(month: Month) -> None:
    cleo = month.town.as_cleo()
    cleo.open(URL)
    page = judge(cleo, month.ada, "duyet")

    assert page.status == 200
    assert "Đã quyết 1 trên 2." in page.text
    assert "Lê Cleo, 10:00, 02/11/2026" in page.text


def test_decision_with_htmx_swaps_the_row_and_the_progress(month: Month) -> None:
    cleo = month.town.as_cleo()
    form = cleo.open(URL).form(f"/de-nghi/{month.ada}")
    page = cleo.post(form.action, {**dict(form.fields), "decision": "duyet"}, headers=HTMX)

    assert page.html.count("<tr ") == 1
    assert 'id="tien-do" hx-swap-oob="true"' in page.html
    assert "Đã quyết 1 trên 2." in page.text
    assert "<html" not in page.html


def test_missing_note_shows_the_row_with_the_sentence_and_what_was_chosen(month: Month) -> None:
    cleo = month.town.as_cleo()
    cleo.open(URL)
    page = judge(cleo, month.ada, "hoi-lai")

    assert page.status == 422
    assert "Ghi một câu lý do khi không duyệt ngay." in row_of(page, month.ada)
    assert ("decision", "hoi-lai") in page.form(f"/de-nghi/{month.ada}").fields
    assert "Ghi một câu" not in row_of(page, month.ben)


def test_nothing_chosen_asks_to_choose_and_keeps_the_note(month: Month) -> None:
    cleo = month.town.as_cleo()
    cleo.open(URL)
    page = judge(cleo, month.ada, "", note="đã gọi")

    assert page.status == 422
    assert "Chọn Duyệt, Hỏi lại hoặc Để sau." in row_of(page, month.ada)
    assert ("note", "đã gọi") in [(n, v.strip()) for n, v in page.form(f"/de-nghi/{month.ada}").fields]


def test_empty_post_is_a_refusal_not_a_failure(month: Month) -> None:
    cleo = month.town.as_cleo()
    token = dict(cleo.open(URL).form(f"/de-nghi/{month.ada}").fields)["csrf_token"]

    page = cleo.post(f"{URL}/de-nghi/{month.ada}", {"csrf_token": token})
    assert (page.status, "Chọn Duyệt, Hỏi lại hoặc Để sau." in page.text) == (422, True)
    page = cleo.post(f"{URL}/cong-bo", {"csrf_token": token})
    assert page.status == 422


def test_progress_leads_to_the_awards_with_something_left(town: Town) -> None:
    with town.app.app_context():
        begin_month()
        learn(town.ada)
        for number in range(5):
            learn(make_person(f"Người {number}", group_id=town.groups["1"]), days=1, passes=1)
        close()
        group = proposal(group_id=town.groups["1"]).id
    town.at(LATER)
    cleo = town.as_cleo()
    page = cleo.open(URL)
    assert page.link("Khu phố dẫn đầu: 1") == f"{URL}?giai=khu-pho-dan-dau"
    assert page.link("Bền bỉ học đều: 1") == f"{URL}?giai=hoc-deu"

    page = judge(cleo, group, "duyet")
    assert "Khu phố dẫn đầu: " not in page.text
    assert page.link("Bền bỉ học đều: 1") == f"{URL}?giai=hoc-deu"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_stale_decision_shows_the_row_as_it_is_now(month: Month, headers: dict[str, str]) -> None:
    cleo = month.town.as_cleo()
    form = cleo.open(URL).form(f"/de-nghi/{month.ada}")
    with month.town.app.app_context():
        approve(month.ada, month.ella)
    sent = {**dict(form.fields), "decision": "de-sau", "note": "chưa chắc"}
    page = cleo.post(form.action, sent, headers=headers)

    row = row_of(page, month.ada)
    assert page.status == 409
    assert "Mục này vừa được quyết ở nơi khác." in row
    assert "Đỗ Thị Ella, 10:00, 02/11/2026" in row
    assert "chưa chắc" in row
    assert ("decision", "duyet") in page.form(f"/de-nghi/{month.ada}").fields
    assert "Đã quyết 1 trên 2." in page.text


def test_decision_can_be_changed_afterwards(month: Month) -> None:
    cleo = month.town.as_cleo()
    cleo.open(URL)
    judge(cleo, month.ada, "duyet")
    page = judge(cleo, month.ada, "de-sau", note="hỏi thêm")

    assert page.status == 200
    assert "hỏi thêm" in row_of(page, month.ada)


def test_own_khu_pho_is_left_to_another_officer(month: Month) -> None:
    ella = month.town.as_person(month.ella, "password")
    page = ella.open(URL)

    assert "Khu phố của mình" in row_of(page, month.ben)
    assert "Nhờ cán bộ khác quyết" in row_of(page, month.ben)
    assert "<form" not in row_of(page, month.ben)


def test_only_officer_decides_on_their_own_khu_pho_with_a_waiver(month: Month) -> None:
    town = month.town
    with town.app.app_context(), transaction() as session:
        end_role(session, town.cleo, "officer", now=LATER)
    ella = town.as_person(month.ella, "password")
    ella.open(URL)

    page = judge(ella, month.ben, "duyet")
    assert page.status == 422
    assert "Không còn cán bộ nào khác quyết được: ghi lý do" in row_of(page, month.ben)

    page = judge(ella, month.ben, "duyet", waiver="Phường có một cán bộ")
    assert page.status == 200
    assert "Miễn trừ: “Phường có một cán bộ”" in page.text


def test_preview_is_the_public_page_with_a_bar(month: Month) -> None:
    with month.town.app.app_context():
        consent(month.town.ada, "full")
        approve(month.ada, month.ella)
    page = month.town.as_cleo().open(f"{URL}/xem-thu")

    assert "Bản xem thử" in page.text
    assert "Bác Nguyễn Thị Ada" in page.text
    assert "Ben" not in page.text
    assert month.town.guest().open("/tuyen-duong/2026-10").status == 404


def test_open_month_has_no_preview(month: Month) -> None:
    assert month.town.as_cleo().open("/to-chuc/khen-thuong/2026-11/xem-thu").status == 404


def test_form_to_publish_appears_when_everything_is_decided(month: Month) -> None:
    cleo = month.town.as_cleo()
    page = cleo.open(URL)
    assert "Còn 2 đề nghị chưa quyết thì chưa công bố được." in page.text
    assert not [form for form in page.forms if "/cong-bo" in form.action]

    judge(cleo, month.ada, "duyet")
    page = judge(cleo, month.ben, "duyet")
    assert [form.action for form in page.forms if "/cong-bo" in form.action] == [f"{URL}/cong-bo#cong-bo"]


def test_publishing_behind_the_form_is_refused_while_undecided(month: Month) -> None:
    cleo = month.town.as_cleo()
    token = dict(cleo.open(URL).form(f"/de-nghi/{month.ada}").fields)["csrf_token"]
    page = cleo.post(f"{URL}/cong-bo", {"csrf_token": token, "typed": "10/2026"})

    assert page.status == 422
    assert "Còn 2 đề nghị chưa quyết thì chưa công bố được." in page.text


def test_wrong_word_keeps_the_number_that_was_typed(month: Month) -> None:
    cleo = month.town.as_cleo()
    cleo.open(URL)
    judge(cleo, month.ada, "duyet")
    judge(cleo, month.ben, "duyet")
    page = cleo.submit("/cong-bo", {"typed": "tháng 9", "number": "12-QĐ/ĐTN"})

    assert page.status == 422
    assert "Gõ đúng “tháng 10/2026” để công bố." in page.text
    assert ("number", "12-QĐ/ĐTN") in page.form("/cong-bo").fields


def test_published_month_is_public_and_no_longer_decided(month: Month) -> None:
    cleo = month.town.as_cleo()
    cleo.open(URL)
    judge(cleo, month.ada, "duyet")
    judge(cleo, month.ben, "de-sau", note="tháng sau")
    page = cleo.submit("/cong-bo", {"typed": "tháng 10/2026", "number": "12-QĐ/ĐTN"})

    assert "Tháng 10/2026 đã công bố" in page.text
    assert "Văn bản số 12-QĐ/ĐTN." in page.text
    assert page.link("Mở trang công khai") == "/tuyen-duong/2026-10"
    assert not [form for form in page.forms if "/de-nghi/" in form.action]
    assert month.town.guest().open("/tuyen-duong/2026-10").status == 200
    assert "Bản xem thử" not in cleo.open(f"{URL}/xem-thu").text


def count_selects(app: Flask, browser: Browser) -> int:
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert browser.open(URL).status == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len([s for s in statements if s.startswith("SELECT")])


def test_review_asks_the_database_as_often_for_two_rows_as_for_six(town: Town) -> None:
    with town.app.app_context():
        begin_month()
        learn(town.ada)
        learn(town.ben)
        close()
    town.at(LATER)
    cleo = town.as_cleo()
    cleo.open(URL)
    two = count_selects(town.app, cleo)
    with town.app.app_context():
        known = proposal(person_id=town.ada)
        values = {"cycle_id": known.cycle_id, "award": known.award, "evidence": dict(known.evidence)}
        people = [make_person(f"Người {number}", group_id=town.groups["1"]) for number in range(4)]
        with transaction() as session:
            session.add_all(Nomination(subject="person", person_id=p, place=9, **values) for p in people)

    assert count_selects(town.app, cleo) == two
