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

    counts = [[json.loads(r.stdout)[n] for n in ("rows", "new", "same", "broken")] for r in (trial, first, again)]
    assert counts == [[2, 1, 0, 1], [2, 1, 0, 1], [2, 0, 1, 1]]
    assert [r.exit_code for r in (trial, first, again)] == [1, 1, 1]
    assert json.loads(first.stdout)["errors"] == [
        {"line": 3, "column": "khu", "code": "group_unknown",
         "message": "Chưa có “Khu phố 9” trong danh sách của phường."}
    ]  # fmt: skip


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
