"""Static files and badge art: bundles joined, names carry their content's hash, compressed once, kept for ever.

``static/css`` joins into three sheets and ``static/js`` into one script; what CSS refers to is rewritten
to hashed names. The result lies under the data folder and is made again only when a source changed.
"""

import gzip
import hashlib
import json
import re
from pathlib import Path

import brotli

BUNDLES = {
    "css/app.css": (
        "css/tokens.css",
        "css/base.css",
        "css/layout.css",
        "css/components/*.css",
        "css/pages/*.css",
    ),
    "css/more.css": ("css/more/*.css",),
    "css/org.css": ("css/org/*.css",),
    "js/app.js": ("js/*.js",),
}
PLAIN = ("img/*.svg", "img/*.png", "fonts/*.woff2", "vendor/*.js")
ART = {"badges": "*/badge.svg", "awards": "awards/*.svg", "locked": "locked/*.svg", "sheets": "sheets/*.svg"}
TEXT = {".css", ".js", ".svg"}
HASHED = re.compile(r"\.[0-9a-f]{10}\.")


def gather(static: Path, badges: Path) -> dict[str, bytes]:
    """Every asset by its plain name, art among them; references in sheets are not rewritten yet."""
    found = {p.relative_to(static).as_posix(): p.read_bytes() for glob in PLAIN for p in sorted(static.glob(glob))}
    for folder, glob in ART.items():
        for path in sorted(badges.glob(glob)):
            found[f"{folder}/{path.parent.name if folder == 'badges' else path.stem}.svg"] = path.read_bytes()
    for name, globs in BUNDLES.items():
        parts = [path for glob in globs for path in sorted(static.glob(glob))]
        found[name] = b"\n".join(_part(path) for path in parts)
    return found


def _part(path: Path) -> bytes:
    text = path.read_bytes()
    if path.suffix == ".js":
        return b"{\n" + text + b"\n}"  # a block of its own: no name of one file meets another's
    return text


def hashed_name(name: str, content: bytes) -> str:
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}{dot}{suffix}"


def rewrite(css: bytes, names: dict[str, str]) -> bytes:
    """``url(../fonts/x.woff2)`` → the hashed name, whatever the depth it was written at.

    Raises:
        KeyError: A sheet refers to a file that is not there.
    """

    def replace(match: re.Match[str]) -> str:
        plain = match[1].lstrip("./")
        return f"url(/static/{names[plain]})"

    return re.sub(r"url\([\"']?([^\"')#]+)[\"']?\)", replace, css.decode()).encode()


def minify(css: bytes) -> bytes:
    """Without comments and spaces that mean nothing."""
    text = re.sub(r"/\*.*?\*/", "", css.decode(), flags=re.S)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};,>]) ?", r"\1", text).replace(";}", "}").strip().encode()


def build(static: Path, badges: Path, target: Path) -> dict[str, str]:
    """Write hashed and compressed copies of ``static`` under ``target``.

    Returns:
        Plain name → hashed name.
    """
    files = gather(static, badges)
    stamp = hashlib.sha256(b"".join(name.encode() + content for name, content in sorted(files.items()))).hexdigest()
    manifest = target / "manifest.json"
    if manifest.exists():
        known: dict[str, dict[str, str]] = json.loads(manifest.read_text())
        if stamp in known:
            return known[stamp]
    names: dict[str, str] = {}
    for name in sorted(files, key=lambda n: n.endswith(".css")):  # sheets last: they refer to the rest
        content = minify(rewrite(files[name], names)) if name.endswith(".css") else files[name]
        names[name] = hashed_name(name, content)
        _write(target / names[name], content)
    part = manifest.with_suffix(".part")
    part.write_text(json.dumps({stamp: names}))
    part.replace(manifest)
    return names


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if path.suffix in TEXT:
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
        path.with_name(path.name + ".br").write_bytes(brotli.compress(content))


def is_immutable(_path: str, url: str) -> bool:
    return bool(HASHED.search(url))
