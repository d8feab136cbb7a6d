"""``python -m bench --list`` names the figures, ``python -m bench NAME …`` measures them.

Each prints a table and writes ``bench/results/<name>.json`` with date, machine and versions.
"""

import argparse
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench import answers, badges, certificates, people_list, startup, weights

BENCHES = {
    "answers": (answers.run, "answers a second through the whole path, beside the bare one-insert endpoint"),
    "badges": (badges.run, "signing and checking badges, and how soon hostile files get their verdict"),
    "certificates": (certificates.run, "200 certificates at once: signing, the PDF, the ZIP, and one alone"),
    "people_list": (people_list.run, "lists of 100,000 people: pages, searches, filters, on both databases"),
    "startup": (startup.run, "demo data made, and the time until the first page is served, first and later runs"),
    "weights": (weights.run, "what learner pages weigh over the wire, first visit and again"),
}
RESULTS = Path(__file__).parent / "results"


def machine() -> dict[str, object]:
    return {"cores": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="which figures to measure")
    parser.add_argument("--list", action="store_true", help="name them all")
    options = parser.parse_args()
    if options.list or not options.names:
        for name, (_, what) in BENCHES.items():
            print(f"{name:10} {what}")
        return 0
    if unknown := [name for name in options.names if name not in BENCHES]:
        parser.error(f"no figure {unknown[0]}; see --list")
    RESULTS.mkdir(exist_ok=True)
    for name in options.names:
        rows = BENCHES[name][0]()
        width = max(len(str(row["what"])) for row in rows)
        for row in rows:
            print(f"{row['what']:{width}}  {row['value']:>10} {row['unit']:3}  asked: {row['asked']}")
        found = {"name": name, "at": datetime.now(UTC).isoformat(timespec="seconds"), **machine(), "rows": rows}
        (RESULTS / f"{name}.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
