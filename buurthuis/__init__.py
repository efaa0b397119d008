"""buurthuis: neighbourhood houses run by their residents; this module only assembles the program."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from buurthuis.foundation.settings import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Assemble the program; it refuses to start when a setting, a door or the guard is not right.

    Raises:
        BadSetting, UndeclaredDoor, UnknownVerb, GuardMissing
    """
    from flask import Flask

    from buurthuis import blueprints, cli
    from buurthuis.foundation import settings as read
    from buurthuis.foundation.access import check_doors
    from buurthuis.foundation.assets import init_assets
    from buurthuis.foundation.db import init_db
    from buurthuis.foundation.formatting import init_formatting
    from buurthuis.foundation.languages import init_languages
    from buurthuis.foundation.pulse import init_pulse
    from buurthuis.foundation.refused import init_refused
    from buurthuis.foundation.rows import init_rows
    from buurthuis.foundation.security import init_security
    from buurthuis.occupancy.guard import check_at_start

    settings = settings or read.from_environment()
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    app = Flask(
        "buurthuis",
        root_path=str(read.CHECKOUT / "buurthuis"),
        instance_path=str(settings.instance),
        template_folder=str(read.CHECKOUT / "templates"),
        static_folder=None,
    )
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        BASE_URL=settings.base_url,
        MIGRATIONS=str(read.CHECKOUT / "migrations"),
        BUURTHUIS=settings,
    )
    init_rows(app)
    init_db(app)
    init_pulse(app)
    init_security(app, settings)
    init_languages(app)
    init_formatting(app)
    init_assets(app)
    init_refused(app)
    blueprints.register(app)
    cli.register(app)
    check_doors(app)
    check_at_start(app)
    return app
