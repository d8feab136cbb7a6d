"""Every table, imported once, so that foreign keys and migrations know them all."""

from app.attempts import models as attempts
from app.audit import models as audit
from app.awards import models as awards
from app.badges import models as badges
from app.badges.credentials import models as credentials
from app.badges.papers import models as papers
from app.contests import models as contests
from app.cycles import models as cycles
from app.groups import models as groups
from app.notices import models as notices
from app.outreach import models as outreach
from app.outreach.classes import models as classes
from app.outreach.confirming import models as confirming
from app.outreach.paper import models as paper
from app.outreach.practice import models as practice
from app.outreach.team import models as team
from app.outreach.visits import models as visits
from app.people import models as people
from app.people.bulk import models as bulk
from app.people.doubles import models as doubles
from app.people.household import models as household
from app.people.printing import models as printing
from app.privacy import models as privacy
from app.quizzes import models as quizzes
from app.shell import models as shell
from app.standings import boards_models as boards
from app.standings import models as standings

__all__ = [
    "attempts", "audit", "awards", "badges", "boards", "bulk", "classes", "confirming", "contests", "credentials",
    "cycles", "doubles", "groups", "household", "notices", "outreach", "paper", "papers", "people", "practice",
    "printing", "privacy", "quizzes", "shell", "standings", "team", "visits",
]  # fmt: skip
