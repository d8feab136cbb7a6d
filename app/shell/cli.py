"""The ``hocso`` command: 0 is good, 1 found a fault, 2 was called wrongly."""

import click

from app.shell.commands.badges import badges
from app.shell.commands.content import content
from app.shell.commands.contests import contests
from app.shell.commands.cycles import cycles, standings
from app.shell.commands.demo import demo
from app.shell.commands.docs import docs
from app.shell.commands.people import people, person
from app.shell.commands.privacy import consent, erase, export
from app.shell.commands.running import database, doctor, init, serve, worker


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Học Số: máy chủ, dữ liệu và các kỳ thi đua của một phường."""


for command in (
    init, demo, serve, worker, database, content, badges, person, people, consent, cycles, standings, contests,
    doctor, docs,
):  # fmt: skip
    main.add_command(command)
for command in (export, erase):
    people.add_command(command)

if __name__ == "__main__":
    main()
