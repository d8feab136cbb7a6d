"""Học Số: ``create_app()`` wires settings, extensions and blueprints together, nothing more."""

from flask import Flask
from flask_compress import Compress
from flask_migrate import Migrate
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from app import models, routes
from app.config import Settings, read_settings
from app.core import assets, formats, i18n, logs, security, web
from app.core.db import db, engine_options
from app.people import frame, login

__all__ = ["create_app", "models"]

migrate = Migrate()


def create_app(settings: Settings | None = None) -> Flask:
    """The application for one installation.

    Raises:
        BadSetting: An environment variable has a value that cannot be used.
    """
    settings = settings or read_settings()
    settings.data.mkdir(parents=True, exist_ok=True)
    app = Flask("app", template_folder=str(settings.root / "templates"), static_folder=None)
    app.config.update(
        SETTINGS=settings,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    logs.init()
    db.init_app(app)
    migrate.init_app(app, db, directory=str(settings.root / "app" / "migrations"))
    i18n.init(app)
    security.init(app, settings.data, secure=settings.secure)
    login.init(app)
    frame.init(app)
    web.init(app)
    formats.init(app)
    Compress(app)
    _serve_assets(app, settings)
    if settings.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxy_hops, x_proto=settings.proxy_hops)  # type: ignore[method-assign]
    routes.register(app)
    return app


def _serve_assets(app: Flask, settings: Settings) -> None:
    target = settings.data / "assets"
    names = assets.build(settings.root / "static", settings.root / "badges", target)
    app.jinja_env.globals["asset"] = lambda name: f"/static/{names[name]}"
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(target),
        prefix="static/",
        immutable_file_test=assets.is_immutable,
        allow_all_origins=False,
    )
