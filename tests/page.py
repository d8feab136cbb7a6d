"""A visitor without JavaScript: reads pages, fills in the forms that are there, presses their buttons."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

VOID = {"input", "br", "img", "meta", "link", "hr"}
SKIPPED = {"script", "style", "svg"}


@dataclass
class Form:
    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.title = ""
        self._inside: list[str] = []
        self._form: Form | None = None
        self._select: tuple[str, str | None] | None = None
        self._area: str | None = None
        self._link: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag not in VOID:
            self._inside.append(tag)
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "a" and "href" in given:
            self._link, self._words = given["href"], []
        elif self._form is not None:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        name, value, kind = given.get("name", ""), given.get("value", ""), given.get("type", "text")
        if tag == "input" and kind in ("radio", "checkbox"):
            self._form.choices.setdefault(name, []).append(value or "on")
            if "checked" in given:
                self._form.fields.append((name, value or "on"))
        elif tag == "input" and kind not in ("submit", "file"):
            self._form.fields.append((name, value))
        elif tag == "button":
            self._form.buttons.append((name, value, ""))
            self._words = []
        elif tag == "select":
            self._select = (name, None)
        elif tag == "option" and self._select:
            self._form.choices.setdefault(self._select[0], []).append(value)
            if "selected" in given or self._select[1] is None:
                self._select = (self._select[0], value)
        elif tag == "textarea":
            self._area, self._words = name, []

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass
        if tag == "form":
            self._form = None
        elif tag == "a" and self._link is not None:
            self.links.append((self._link, " ".join("".join(self._words).split())))
            self._link = None
        elif self._form is not None and tag == "button":
            name, value, _ = self._form.buttons[-1]
            self._form.buttons[-1] = (name, value, " ".join("".join(self._words).split()))
        elif self._form is not None and tag == "select" and self._select:
            self._form.fields.append((self._select[0], self._select[1] or ""))
            self._select = None
        elif self._form is not None and tag == "textarea" and self._area is not None:
            self._form.fields.append((self._area, "".join(self._words)))
            self._area = None

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        if self._inside and self._inside[-1] == "title":
            self.title += data
        elif not SKIPPED & set(self._inside):
            self.text.append(data)


class Page:
    """One answer of the server, as a person would read it."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        reader = _Reader()
        reader.feed(self.html)
        self.forms, self.links, self.title = reader.forms, reader.links, reader.title.strip()
        self.text = " ".join(" ".join(reader.text).split())

    def form(self, action: str) -> Form:
        """The form whose address ends so."""
        found = [f for f in self.forms if urlsplit(f.action).path.endswith(action)]
        assert found, f"no form to {action!r}; there are {[f.action for f in self.forms]}"
        return found[0]

    def link(self, text: str) -> str:
        found = [href for href, words in self.links if text in words]
        assert found, f"no link {text!r}; there are {[w for _, w in self.links]}"
        return found[0]


class Browser:
    """One visitor's cookies, one page at a time."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.page: Page | None = None

    def open(self, path: str, **options: object) -> Page:
        return self._keep(self.client.get(path, follow_redirects=True, **options))  # type: ignore[arg-type]

    def submit(self, action: str, values: dict[str, str] | None = None, *, button: str | None = None) -> Page:
        """Send the page's form with its own hidden fields, these values, and the button with that text."""
        assert self.page is not None
        form = self.page.form(action)
        filled = dict(form.fields)
        filled.update(values or {})
        if button is not None:
            name, value, _ = next(b for b in form.buttons if button in b[2])
            if name:
                filled[name] = value
        return self.post(form.action, filled)

    def post(self, path: str, values: dict[str, str], **options: object) -> Page:
        return self._keep(self.client.post(path, data=values, follow_redirects=True, **options))  # type: ignore[arg-type]

    def follow(self, text: str) -> Page:
        assert self.page is not None
        return self.open(self.page.link(text))

    def _keep(self, response: TestResponse) -> Page:
        self.page = Page(response)
        return self.page
