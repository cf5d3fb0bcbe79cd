"""A shop in Django: what its packages need to be imported, and a database in memory."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

__all__ = ["create_tables", "set_up"]

_FLEXCOMMERCE = ("rest_framework", "flexcommerce_core", "flexcommerce_discounts")


@cache
def set_up():
    """Django's settings, once a process, for as many of the peers as are installed."""
    import django
    from django.conf import settings

    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SECRET_KEY="a benchmark keeps no secret",
        SITE_ID=1,
        USE_TZ=True,
        **_oscar_settings(),
    )
    django.setup()


@cache
def create_tables():
    """The tables of all that is installed, straight from its models."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    settings.MIGRATION_MODULES = {config.label: None for config in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)


def _oscar_settings():
    if find_spec("oscar") is None:
        return {
            "INSTALLED_APPS": [
                "django.contrib.auth",
                "django.contrib.contenttypes",
                *_FLEXCOMMERCE,
            ]
        }
    oscar = import_module("oscar")
    defaults = vars(import_module("oscar.defaults"))
    return {
        "INSTALLED_APPS": [
            *oscar.INSTALLED_APPS,
            *(_FLEXCOMMERCE if find_spec("flexcommerce_discounts") else ()),
        ],
        "HAYSTACK_CONNECTIONS": {
            "default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}
        },
        **{name: value for name, value in defaults.items() if name.startswith("OSCAR_")},
    }
