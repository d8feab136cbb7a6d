"""Every blueprint, in one list."""

from flask import Flask

from app.awards import views as awards
from app.badges import views as badges
from app.console import views as console
from app.glossary import views as glossary
from app.home import setup_views as setup
from app.home import views as home
from app.outreach import views as outreach
from app.people import views as people
from app.play import views as play
from app.shell import views as shell
from app.standings import views as standings


def register(app: Flask) -> None:
    for blueprint in (
        people.bp,
        play.bp,
        standings.bp,
        badges.bp,
        awards.bp,
        outreach.bp,
        glossary.bp,
        console.bp,
        home.bp,
        setup.bp,
        shell.bp,
    ):
        app.register_blueprint(blueprint)
