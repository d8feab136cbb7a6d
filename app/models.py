"""Every table, imported once, so that foreign keys and migrations know them all."""

from app.attempts import models as attempts
from app.audit import models as audit
from app.awards import models as awards
from app.badges import models as badges
from app.cycles import models as cycles
from app.groups import models as groups
from app.notices import models as notices
from app.outreach import models as outreach
from app.people import models as people
from app.quizzes import models as quizzes
from app.shell import models as shell
from app.standings import models as standings

__all__ = [
    "attempts", "audit", "awards", "badges", "cycles", "groups",
    "notices", "outreach", "people", "quizzes", "shell", "standings",
]  # fmt: skip
