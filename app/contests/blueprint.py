"""The contest's blueprint: everything under /thi-tuan."""

from flask import Blueprint

bp = Blueprint("contests", __name__)
PLACE = "/thi-tuan"
