"""Someone with a real browser: every page they see is checked for access, errors and strangers' hosts."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, Response

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1366, "height": 850}


class Visitor:
    """One person's browser context; remembers what went wrong and what came over the wire."""

    def __init__(self, chromium: Browser, site: str, name: str, *, phone: bool, javascript: bool) -> None:
        self.site, self.name, self.javascript = site, name, javascript
        self.context = chromium.new_context(
            viewport=PHONE if phone else LAPTOP,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.checked: set[str] = set()
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("console", self._console)
        self.page.on("response", self._response)

    def _console(self, message: Any) -> None:
        if message.type == "error" and "422" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        host = urlsplit(response.url).netloc
        if host and host != urlsplit(self.site).netloc:
            self.faults.append(f"stranger: {host}")
        if response.status >= 500:
            self.faults.append(f"{response.status}: {response.url}")

    def open(self, path: str) -> "Visitor":
        self.page.goto(self.site + path)
        return self.look()

    def press(self, text: str) -> "Visitor":
        """Press the button or follow the link with these words, and look at what comes."""
        self.find(text).click()
        self.page.wait_for_load_state()
        return self.look()

    def find(self, text: str) -> Locator:
        return self.page.locator("button:visible, a:visible, summary:visible").filter(has_text=text).first

    def fill(self, name: str, value: str) -> "Visitor":
        self.page.fill(f"[name={name}]", value)
        return self

    def choose(self, name: str, value: str) -> "Visitor":
        """A radio or an entry of a list, by its value."""
        box = self.page.locator(f"[name={name}]").first
        if box.evaluate("e => e.tagName") == "SELECT":
            box.select_option(value)
        else:
            self.page.locator(f"[name={name}][value='{value}']").check(force=True)
        return self

    @property
    def text(self) -> str:
        return self.page.inner_text("body")

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def look(self) -> "Visitor":
        """Check the page in front: access rules (once per page and size), and that nothing went wrong."""
        if self.javascript:
            key = f"{self.path}|{self.page.title()}"
            if key not in self.checked:
                self.checked.add(key)
                self._check_access()
        assert self.faults == [], f"{self.name} at {self.path}: {self.faults}"
        return self

    def _check_access(self) -> None:
        size = self.page.viewport_size or PHONE
        height = self.page.evaluate("document.documentElement.scrollHeight")
        # The whole page at once: what the sticky bar covers for a moment can be scrolled free, a rule about
        # the size of targets cannot know that.
        self.page.set_viewport_size({"width": size["width"], "height": height + 200})
        self.page.evaluate(f"{AXE}\n;undefined")
        found = self.page.evaluate("rules => axe.run(document, rules)", RULES)
        self.page.set_viewport_size(size)  # type: ignore[arg-type]
        nodes = [(v["id"], n) for v in found["violations"] for n in v["nodes"]]
        wrong = [f"{rule}: {node['target']} {node['failureSummary'][:300]}" for rule, node in nodes]
        assert wrong == [], f"{self.name} at {self.path}: " + "\n".join(wrong)

    def leave(self) -> None:
        self.context.close()
