"""Reading aloud by itself, in a browser that has a Vietnamese voice (a stand-in notes what it is asked to say)."""

import pytest
from flask import Flask

from tests.journeys.conftest import Clock
from tests.journeys.test_lesson import MORNING, real_content

pytestmark = pytest.mark.browser
VOICE = """
window.said = [];
Object.defineProperty(window, "SpeechSynthesisUtterance", { value: class { constructor(text) { this.text = text; } } });
Object.defineProperty(window, "speechSynthesis", { value: {
  speaking: false, getVoices: () => [{ lang: "vi-VN" }],
  speak(words) { window.said.push(words.text); this.speaking = true; }, cancel() { this.speaking = false; },
} });
"""


@pytest.mark.parametrize(("choice", "spoken"), [("0", 0), ("1", 1)])
def test_question_reads_itself_once_and_only_when_asked_to(  # type: ignore[no-untyped-def]
    app: Flask, visit, choice: str, spoken: int
) -> None:
    Clock(MORNING)
    real_content(app)
    guest = visit("guest")
    guest.context.add_init_script(VOICE)
    guest.open("/co-chu?tu=/hoc").choose("read_first", choice).choose("fewer", "1").press("Xong")
    guest.open("/hoc/an-toan-so/cuoc-goi").press("Bắt đầu")
    assert guest.page.evaluate("window.said.length") == spoken
    assert guest.find("Dừng đọc").count() == spoken
    guest.page.locator("label.choice").first.click()
    guest.find("Trả lời").click()
    guest.page.locator(".sheet").wait_for()
    assert guest.page.evaluate("[window.said.length, speechSynthesis.speaking]") == [spoken, False]
