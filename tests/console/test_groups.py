from tests.town import Town


def test_overview_names_the_next_steps(town: Town) -> None:
    page = town.as_cleo().open("/to-chuc")

    assert "Chưa có số để người học gọi" in page.text
    assert "chờ xác nhận" in page.text


def test_officer_adds_a_khu_pho_and_its_population(town: Town) -> None:
    cleo = town.as_cleo()
    cleo.open("/to-chuc/khu-pho")
    assert "Khu phố Thử Mới" in cleo.submit("/to-chuc/khu-pho", {"name": "Khu phố Thử Mới"}).text

    cleo.open("/to-chuc/khu-pho/thu-moi")
    page = cleo.submit("/so-dan", {"adults": "1.050", "as_of": "2026-10-01", "source": "Danh sách thử"})

    assert "Đang dùng: 1.050 người, theo Danh sách thử ngày 01/10/2026." in page.text
    assert "1.050" in cleo.open("/to-chuc/khu-pho").text


def test_khu_pho_twice_is_refused_and_the_name_stays(town: Town) -> None:
    cleo = town.as_cleo()
    cleo.open("/to-chuc/khu-pho")

    page = cleo.submit("/to-chuc/khu-pho", {"name": "KP 1"})

    assert page.status == 422
    assert "Đã có KP 1 trong danh sách." in page.text
    assert dict(page.form("/to-chuc/khu-pho").fields)["name"] == "KP 1"


def test_population_that_is_no_number_is_refused_and_stays(town: Town) -> None:
    cleo = town.as_cleo()
    cleo.open("/to-chuc/khu-pho/1")

    page = cleo.submit("/so-dan", {"adults": "nhiều", "source": "Danh sách thử"})

    assert (page.status, dict(page.form("/so-dan").fields)["adults"]) == (422, "nhiều")


def test_contact_of_a_khu_pho_reaches_its_people(town: Town) -> None:
    cleo = town.as_cleo()
    cleo.open("/to-chuc/khu-pho/1")
    cleo.submit("/lien-he", {"name": "Minh Anh", "phone": "0912 345 678"})

    page = town.as_ada().open("/can-giup")

    assert page.link("0912 345 678") == "tel:0912345678"
    assert "tel:0912345678" not in town.guest().open("/can-giup").html


def test_help_line_of_the_ward_reaches_everyone(town: Town) -> None:
    cleo = town.as_cleo()
    cleo.open("/to-chuc/cai-dat")
    cleo.submit(
        "/tro-giup", {"help_name": "Đoàn phường", "help_phone": "0203 385 4567", "help_hours": "7 giờ đến 20 giờ"}
    )

    page = town.guest().open("/can-giup")

    assert page.link("0203 385 4567") == "tel:02033854567"
    assert "7 giờ đến 20 giờ" in page.text


def test_renamed_khu_pho_keeps_its_page(town: Town) -> None:
    cleo = town.as_cleo()
    cleo.open("/to-chuc/khu-pho/1")

    assert "Khu phố Nhất" in cleo.submit("/ten", {"name": "Khu phố Nhất"}).title


def test_unknown_khu_pho_is_not_there(town: Town) -> None:
    assert town.as_cleo().open("/to-chuc/khu-pho/khong-co").status == 404


def test_trail_is_read_newest_first_with_names(town: Town) -> None:
    cleo = town.as_cleo()
    cleo.open("/to-chuc/khu-pho/1")
    cleo.submit("/ten", {"name": "Khu phố Nhất"})
    cleo.submit("/lien-he", {"name": "Minh Anh", "phone": "0912345678"})

    page = cleo.open("/to-chuc/nhat-ky")
    assert page.text.index("Ghi người giúp của khu phố Khu phố Nhất") < page.text.rindex("Đổi tên khu phố")
    assert "Lê Cleo" in page.text

    filtered = cleo.open("/to-chuc/nhat-ky?viec=group.rename")
    assert "Minh Anh" not in filtered.text
    assert filtered.html.count("<tr>") == 2  # head and one row


def test_trail_speaks_in_words(town: Town) -> None:
    cleo = town.as_cleo()
    cleo.open("/to-chuc/khu-pho")
    cleo.submit("/to-chuc/khu-pho", {"name": "Chi đoàn Thử", "kind": "chi_doan"})
    cleo.open(f"/to-chuc/nguoi-hoc/{town.ada}")
    cleo.submit("/dong-y", {"purpose": "name", "choice": "given", "how": "paper"})

    page = cleo.open("/to-chuc/nhat-ky")

    assert "việc: đăng tên, trả lời: chỉ tên gọi, người trả lời: người học, cách: giấy ký tay" in page.text
    assert "loại: chi đoàn" in page.text
