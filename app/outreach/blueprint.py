"""The blueprint of help and of the volunteers' desk."""

from flask import Blueprint

bp = Blueprint("outreach", __name__)
