"""Commands: what they print, one JSON object at a time, and their exit status."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from app.attempts.domain import Learner
from app.config import ROOT
from app.core.db import transaction
from app.people.bulk.sheets import as_xlsx
from app.standings.models import GroupCycle
from tests.factories import answer_all, make_award_rules, make_person, make_quiz, make_ward
from tests.shell.conftest import Run

LATER = "2026-11-01T00:05"  # on the ward's clock
INIT = (
    "init", "--unit", "Đoàn phường Thử", "--ward", "Thử", "--group", "Khu phố 1; 640", "--group", "Khu phố 2",
    "--source", "Danh sách thử", "--officer", "Lê Cleo", "--address", "chị", "--home", "khu 2",
    "--password", "mười hai ký tự",
)  # fmt: skip
LIST = "Họ tên,Khu phố,Năm sinh\nNguyễn Thị Ada,Khu phố 1,1958\nTrần Văn Ben,Khu phố 9,1960\n"


def learn(app: Flask) -> None:
    with app.app_context():
        ids = make_ward()
        make_quiz()
        make_award_rules()
        answer_all(Learner(person_id=make_person(group_id=ids["1"])))


def test_init_makes_ward_officer_and_content(run: Run) -> None:
    made = run(*INIT, "--json")
    again = run(*INIT, "--json")

    assert (made.exit_code, len(json.loads(made.stdout)["code"])) == (0, 6)
    assert (again.exit_code, again.stdout, again.stderr) == (
        1,
        "",
        "Học Số đã được thiết lập. Mời đăng nhập.\n",
    )


def test_init_with_a_short_password_says_so(run: Run) -> None:
    result = run(*INIT[:-1], "ngắn")

    assert (result.exit_code, result.stderr) == (1, "Mật khẩu cần ít nhất 12 ký tự.\n")


def test_init_asks_for_what_is_not_given(run: Run) -> None:
    typed = "Đoàn phường Thử\nThử\nLê Cleo\nchị\nKhu phố 1\nmười hai ký tự\nmười hai ký tự\nKhu phố 1\nKhu phố 2\n\n"

    result = run("init", typed=typed)

    assert (result.exit_code, "mã thẻ" in result.stdout) == (0, True)


def test_cycles_are_listed_oldest_first(run: Run, app: Flask) -> None:
    learn(app)
    run("cycles", "close", "--now", LATER)

    result = run("cycles", "list", "--json")

    assert json.loads(result.stdout) == {
        "cycles": [
            {"period": "2026-10", "kind": "month", "state": "frozen", "awards": 0},
            {"period": "2026-11", "kind": "month", "state": "open", "awards": 0},
        ]
    }


def test_closing_tells_what_was_closed_and_the_second_time_nothing(run: Run, app: Flask) -> None:
    learn(app)

    first = run("cycles", "close", "--now", LATER, "--json")
    second = run("cycles", "close", "--now", LATER, "--json")

    assert [c["period"] for c in json.loads(first.stdout)["closed"]] == ["2026-10"]
    assert json.loads(second.stdout) == {"closed": []}


def test_moment_without_offset_is_the_wards_own(run: Run, app: Flask) -> None:
    learn(app)

    too_early = run("cycles", "close", "--now", "2026-10-31T23:59", "--json")
    in_time = run("cycles", "close", "--now", "2026-10-31T17:01:00Z", "--json")

    assert json.loads(too_early.stdout) == {"closed": []}
    assert len(json.loads(in_time.stdout)["closed"]) == 1


def test_cycle_is_not_opened_before_set_up(run: Run) -> None:
    result = run("cycles", "open", "--json")

    assert (result.exit_code, result.stdout) == (1, "")


def test_standings_are_checked_and_rebuilt(run: Run, app: Flask) -> None:
    learn(app)
    with app.app_context(), transaction() as session:
        session.execute(update(GroupCycle).values(counted=7))

    wrong = run("standings", "check", "--json")
    mended = run("standings", "rebuild", "--json")
    right = run("standings", "check", "--json")

    assert (wrong.exit_code, json.loads(wrong.stdout)["differences"]) == (1, 3)
    assert json.loads(mended.stdout) == {"mended": 3}
    assert (right.exit_code, json.loads(right.stdout)) == (0, {"entries": 7, "differences": 0, "lines": []})


def test_person_is_added_with_a_card_and_may_enter(run: Run, app: Flask) -> None:
    run(*INIT)

    result = run("person", "add", "--name", "Phạm Dũng", "--address", "anh", "--group", "KP 1", "--role", "volunteer",
                 "--secret", "2739", "--json")  # fmt: skip

    found = json.loads(result.stdout)
    client = app.test_client()
    assert (result.exit_code, len(found["code"])) == (0, 6)
    assert client.get(found["card_url"]).status_code == 200


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--group", "Khu phố 9"), "Chưa có “Khu phố 9” trong danh sách của phường.\n"),
        (("--group", "Khu phố 1", "--secret", "1111"), "Mã PIN này dễ đoán quá. Chọn mã khác, tránh 1111 hay 1234.\n"),
    ],
)
def test_person_that_does_not_fit_is_refused(run: Run, options: tuple[str, ...], sentence: str) -> None:
    run(*INIT)

    result = run("person", "add", "--name", "Ada", "--address", "bác", *options)

    assert (result.exit_code, result.stderr) == (1, sentence)


def test_list_is_tried_and_imported(run: Run, tmp_path: Path) -> None:
    run(*INIT)
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")

    trial = run("people", "import", str(file), "--dry-run", "--json")
    first = run("people", "import", str(file), "--json")
    again = run("people", "import", str(file), "--json")

    counts = [[json.loads(r.stdout)[n] for n in ("rows", "new", "changed")] for r in (trial, first, again)]
    assert counts == [[2, 1, 0], [2, 1, 0], [2, 0, 0]]
    assert [r.exit_code for r in (trial, first, again)] == [1, 1, 1]
    told = {"where": "dòng 3, cột khu phố", "message": "Chưa có “Khu phố 9” trong danh sách của phường."}
    assert json.loads(first.stdout) == {"rows": 2, "new": 1, "changed": 0, "errors": [told]}


def test_workbook_is_imported_and_taken_out_again(run: Run, tmp_path: Path) -> None:
    run(*INIT)
    file, out = tmp_path / "list.xlsx", tmp_path / "out.xlsx"
    file.write_bytes(as_xlsx("Danh sách", ["Họ và tên", "SĐT"], [["Nguyễn Hoa", "84-912.345.678"], ["=Lan", ""]]))

    first = run("people", "import", str(file), "--group", "Khu phố 1", "--json")
    run("people", "export", "--to", str(out))
    again = run("people", "import", str(out), "--json")
    text = run("people", "export", "--group", "KP 1")

    assert json.loads(first.stdout) == {"rows": 2, "new": 2, "changed": 0, "errors": []}
    assert json.loads(again.stdout) == {"rows": 3, "new": 0, "changed": 0, "errors": []}
    assert "'=Lan" in text.stdout
    assert "0912345678" in text.stdout


def test_list_of_groups_and_branches_is_imported_and_taken_out(run: Run, tmp_path: Path) -> None:
    run(*INIT)
    file = tmp_path / "list.csv"
    file.write_text("Chi đoàn,Bí thư\nChi đoàn Thử,Trần Mẫu\n", encoding="utf-8")

    first = run("people", "import", str(file), "--kind", "branches", "--json")
    out = run("people", "export", "--kind", "branches")

    assert json.loads(first.stdout)["new"] == 1
    assert "chi-doan-thu,Chi đoàn Thử,Trần Mẫu" in out.stdout


@pytest.mark.parametrize("rows", [400_000, 30_000])
def test_endless_list_is_refused_in_one_sentence(run: Run, tmp_path: Path, rows: int) -> None:
    run(*INIT)
    file = tmp_path / "list.csv"
    file.write_text("họ tên,khu phố\n" + "Nguyễn Văn Hoa,1\n" * rows, encoding="utf-8")

    result = run("people", "import", str(file), "--dry-run", "--json")

    sentence = {400_000: "Tệp gửi lên lớn quá 5 MB. Hãy chia nhỏ tệp rồi gửi lại.\n",
                30_000: "Tệp có hơn 20000 dòng. Hãy chia thành nhiều tệp.\n"}  # fmt: skip
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", sentence[rows])


def test_group_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    run(*INIT)

    result = run("people", "export", "--group", "Khu phố 99")

    assert (result.exit_code, result.stderr) == (1, "Chưa có “Khu phố 99” trong danh sách của phường.\n")


def test_import_needs_an_officer(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")

    assert run("people", "import", str(file)).exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("cycles", "close", "--now", "yesterday"),
        ("people", "import", "/no/such/file"),
        ("serve", "--port", "0"),
        ("serve", "--workers", "3"),
        ("serve", "--host", "0.0.0.0"),
        ("demo", "--people", "many"),
        ("fly",),
    ],
)
def test_wrong_use_is_status_2_and_prints_nothing(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOCSO_DATABASE_URL", "mysql://x"),
        ("HOCSO_BASE_URL", "http://hocso.example"),
        ("HOCSO_PROXY_HOPS", "many"),
        ("HOCSO_DATA", __file__),
    ],
)
def test_bad_setting_is_one_sentence_that_names_it(run: Run, name: str, value: str) -> None:
    result = run("cycles", "list", "--json", **{name: value})

    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert name in result.stderr


def test_database_is_upgraded_from_nothing(run: Run, tmp_path: Path) -> None:
    fresh = {"HOCSO_DATABASE_URL": f"sqlite:///{tmp_path / 'fresh.db'}"}

    first = run("db", "upgrade", "--json", **fresh)
    again = run("db", "upgrade", "--json", **fresh)

    assert [json.loads(r.stdout)["upgraded"] for r in (first, again)] == [True, False]


def test_command_of_the_installed_program_answers(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app.shell.cli", "cycles", "list", "--json"]
    environment = {"HOCSO_DATA": str(tmp_path), "PATH": ""}

    fresh = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (fresh.returncode, fresh.stdout) == (1, "")
    assert "hocso db upgrade" in fresh.stderr


def test_ranking_is_recomputed_from_the_sheet_alone(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "bang-diem.csv"
    head = "Kỳ,Mã,Khu phố,Số dân (n),Tự làm đạt (x),Phần đệm (m),Tỷ lệ kỳ trước (p0),Điểm,Hạng\n"
    sheet.write_text(
        head + "2026-10,kp-2,Khu phố 2,900,40,100,0.1,5.0,1\n2026-10,kp-1,Khu phố 1,640,30,100,0.1,9.0,2\n"
    )

    told = run("standings", "recompute", "--cycle", "2026-10", "--from", str(sheet), "--json")
    other = run("standings", "recompute", "--cycle", "2026-11", "--from", str(sheet))

    assert told.exit_code == 1
    assert json.loads(told.stdout)["differences"] == ["kp-1"]
    assert [g["slug"] for g in json.loads(told.stdout)["groups"]] == ["kp-1", "kp-2"]
    assert (other.exit_code, "kỳ 2026-11" in other.stderr) == (1, True)
