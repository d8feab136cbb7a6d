"""Every blueprint, in one list."""

from flask import Flask

from app.awards import views as awards
from app.badges import ring_views as rings
from app.badges import views as badges
from app.badges.credentials import own_views as own_credentials
from app.badges.credentials import views as credentials
from app.badges.papers import views as papers
from app.console import views as console
from app.contests import views as contests
from app.glossary import views as glossary
from app.home import setup_views as setup
from app.home import views as home
from app.outreach import views as outreach
from app.people import views as people
from app.play import feeling_views as feeling
from app.play import paper_views as paper
from app.play import placement_views as placement
from app.play import report_views as reporting
from app.play import review_views as review
from app.play import views as play
from app.privacy import views as privacy
from app.quizzes import proposal_views as proposing
from app.shell import views as shell
from app.standings import views as standings


def register(app: Flask) -> None:
    for blueprint in (
        people.bp,
        play.bp,
        review.bp,
        placement.bp,
        paper.bp,
        feeling.bp,
        reporting.bp,
        proposing.bp,
        standings.bp,
        contests.bp,
        badges.bp,
        rings.bp,
        credentials.bp,
        own_credentials.bp,
        papers.bp,
        awards.bp,
        outreach.bp,
        privacy.bp,
        glossary.bp,
        console.bp,
        home.bp,
        setup.bp,
        shell.bp,
    ):
        app.register_blueprint(blueprint)
