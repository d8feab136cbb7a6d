"""Small sound question files to change one thing in."""

from pathlib import Path

TOPIC = """
slug = "an-toan"
title = "An toàn"
summary = "Một chủ đề thử."
icon = "shield"
palette = "an-toan"
order = 1
pillar = "xa-hoi-so"
digcomp_area = 4
movements = []
"""
HEAD = """
id = "{quiz}"
title = "Bài {quiz}"
summary = "Một bài thử."
learned = "một điều"
tier = "lam-quen"
minutes = 3
order = 1
lang = "vi"

[skill]
id = "{quiz}-ky-nang"
title = "Kỹ năng"

[[objectives]]
id = "nhan-ra"
text = "Nhận ra"
"""
ITEM = """
[[items]]
id = "{item}"
type = "single"
objective = "nhan-ra"
difficulty = 1
stem = "Câu {item}: {{X}} làm gì?"
hint = "Nghĩ một chút."
key = "b"
rationale = "Vì {item} là vậy. {{X}} cứ yên tâm."
valid_as_of = 2026-01-01
review_by = 2027-12-31
sensitivity = "L"
source = {{ title = "Nguồn thử", url = "https://example.org/", date = 2026-01-01 }}
[[items.options]]
id = "a"
text = "Lựa chọn a"
reason = "Lý do a"
[[items.options]]
id = "b"
text = "Lựa chọn b"
reason = "Lý do b"
[[items.options]]
id = "c"
text = "Lựa chọn c"
reason = "Lý do c"
"""


def item(item_id: str) -> str:
    return ITEM.format(item=item_id)


def write_topic(folder: Path, text: str = TOPIC) -> None:
    (folder / "an-toan").mkdir(exist_ok=True)
    (folder / "an-toan" / "topic.toml").write_text(text, encoding="utf-8")


def write_quiz(folder: Path, quiz: str = "bai", *, items: tuple[str, ...] = ("c1", "c2", "c3", "c4")) -> Path:
    """A topic with one quiz of these items; returns the quiz's file."""
    write_topic(folder)
    path = folder / "an-toan" / f"{quiz}.toml"
    path.write_text(HEAD.format(quiz=quiz) + "".join(item(i) for i in items), encoding="utf-8")
    return path


def change(path: Path, old: str, new: str) -> None:
    """Replace the first place of a text; it must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
