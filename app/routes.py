"""Every blueprint, in one list."""

from flask import Flask

from app.awards import views as awards
from app.badges import views as badges
from app.home import views as home
from app.people import views as people
from app.play import views as play
from app.standings import views as standings


def register(app: Flask) -> None:
    for blueprint in (
        people.bp,
        play.bp,
        standings.bp,
        badges.bp,
        awards.bp,
        home.bp,
    ):
        app.register_blueprint(blueprint)
