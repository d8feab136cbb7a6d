from app.closing.service import open_due
from tests.factories import make_person
from tests.town import Town


def test_officer_changes_the_cushion_and_reads_from_when_it_holds(town: Town) -> None:
    with town.app.app_context():
        open_due(town.now)
    cleo = town.as_cleo()
    page = cleo.open("/to-chuc/cai-dat")
    assert "Áp dụng từ tháng 11/2026." in page.text
    assert "Chưa ai đổi gì." in page.text

    page = cleo.submit("/tinh-diem", {"cushion": "80"})

    assert "Đã lưu." in page.text
    assert "Lê Cleo" in page.text
    assert "Phần đệm m (số người): 100" in page.text
    assert "Tháng 10/2026 đang mở giữ: phần đệm 100" in page.text
    assert "Đã trả về như trước lần đổi cuối." in cleo.submit("/hoan-tac").text


def test_value_that_does_not_fit_is_refused_and_everything_typed_stays(town: Town) -> None:
    cleo = town.as_cleo()
    cleo.open("/to-chuc/cai-dat")

    page = cleo.submit("/tinh-diem", {"cushion": "80", "leagues": "700, 300"})

    assert page.status == 422
    assert "Ghi mốc số dân tăng dần" in page.text
    fields = dict(page.form("/tinh-diem").fields)
    assert (fields["cushion"], fields["leagues"]) == ("80", "700, 300")


def test_names_stand_everywhere_at_once(town: Town) -> None:
    cleo = town.as_cleo()
    cleo.open("/to-chuc/cai-dat")

    cleo.submit("/don-vi", {"unit": "Đoàn phường Thử Mới", "name": "Thử Mới"})

    assert "Học Số Thử Mới" in town.guest().open("/").text
    assert "Đoàn phường Thử Mới" in cleo.open("/to-chuc").text


def test_leagues_are_told_in_words(town: Town) -> None:
    page = town.as_cleo().open("/to-chuc/cai-dat")

    assert "Đang đặt: dưới 300 dân · 300 đến 700 dân · trên 700 dân." in page.text


def test_trail_tells_the_change_in_words(town: Town) -> None:
    cleo = town.as_cleo()
    cleo.open("/to-chuc/cai-dat")
    cleo.submit("/thoi-han", {"comment_days": "5"})

    page = cleo.open("/to-chuc/nhat-ky")

    assert "Đổi cài đặt của phường" in page.text
    assert "Lấy ý kiến bao nhiêu ngày: 5" in page.text


def test_leader_of_a_group_finds_no_settings(town: Town) -> None:
    with town.app.app_context():
        leader = make_person("Bùi Phụ Trách", group_id=town.groups["1"], role="leader", ward_id=town.groups["1"])

    assert town.as_person(leader, "password").open("/to-chuc/cai-dat").status == 404
