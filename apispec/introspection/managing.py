"""Projects that want to be set up before their modules are imported: Django's, by the `manage.py` above a target.

Stands alone: the interpreter of any environment runs it, too.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import re
import sys

_SETTINGS = re.compile(r"DJANGO_SETTINGS_MODULE['\"]\s*[,\]=]+\s*['\"]([\w.]+)")
_UP = 4


def manager(folder: str) -> str:
    """The `manage.py` in a folder or in one of the next above it; empty where there is none."""
    for _ in range(_UP):
        file = os.path.join(folder, "manage.py")  # noqa: PTH118 - pathlib would be imported for this alone
        if os.path.isfile(file):  # noqa: PTH113
            return file
        folder = os.path.dirname(folder)  # noqa: PTH120
    return ""


def prepare(folder: str) -> None:
    """Set Django up as `manage.py` does, where the target lies beside or below one and Django is there.

    Raises:
        Exception: Whatever the project's settings raise.
    """
    _variables(folder)
    file = manager(folder)
    if not file:
        return
    with open(file, encoding="utf-8", errors="replace") as source:  # noqa: PTH123
        found = _SETTINGS.search(source.read())
    if not found or importlib.util.find_spec("django") is None:
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", found[1])
    beside = os.path.dirname(file)  # noqa: PTH120
    if beside not in sys.path:
        sys.path.insert(0, beside)
    importlib.import_module("django").setup()


def _variables(folder: str) -> None:
    """Set the variables that a project's own command sets: `flask run` from `.env`, `chalice local` from its file.

    Those that are set already stay.
    """
    config = os.path.join(folder, ".chalice", "config.json")  # noqa: PTH118
    if os.path.isfile(config):  # noqa: PTH113
        with open(config, encoding="utf-8") as source:  # noqa: PTH123
            told = json.load(source)
        stage = (told.get("stages") or {}).get("dev") or {}
        for name, value in {**told.get("environment_variables", {}), **stage.get("environment_variables", {})}.items():
            os.environ.setdefault(str(name), str(value))
    if importlib.util.find_spec("dotenv") is None or not any(map(importlib.util.find_spec, ("flask", "quart"))):
        return
    for name in (".env", ".flaskenv"):
        place = folder
        for _ in range(_UP):
            file = os.path.join(place, name)  # noqa: PTH118
            if os.path.isfile(file):  # noqa: PTH113
                importlib.import_module("dotenv").load_dotenv(file)
                break
            if os.path.exists(os.path.join(place, ".git")):  # noqa: PTH110, PTH118
                break
            place = os.path.dirname(place)  # noqa: PTH120


def refused_settings(error: BaseException) -> str:
    """What an error of pydantic names, without the values: `Settings: database_url (Field required)`; else empty."""
    kind = type(error)
    if kind.__name__ != "ValidationError" or not kind.__module__.startswith(("pydantic.", "pydantic_core")):
        return ""
    try:
        entries = error.errors()  # type: ignore[attr-defined] # of both generations
        named = ", ".join(f"{'.'.join(map(str, one['loc']))} ({one['msg']})" for one in entries[:8] if one["loc"])
        title = getattr(error, "title", "") or getattr(getattr(error, "model", None), "__name__", "")
    except Exception:  # whatever a class of this name does
        return ""
    return f"{title}: {named}" if named else ""


SETTINGS_HINT = "settings come from environment variables or a .env file: run it in the folder where the app is started"
"""What to do about settings that are missing."""


def whole(file: str, attribute: str) -> object | None:
    """The application of the Django project that a file stands for: its `manage.py`, or the root of its URLs.

    Args:
        file: The target's.
        attribute: The target's; one that is named is meant itself.

    Returns:
        None where the file is another, or Django was not set up.
    """
    name = os.path.basename(file)  # noqa: PTH119
    if attribute or name not in ("manage.py", "urls.py") or "DJANGO_SETTINGS_MODULE" not in os.environ:
        return None
    if "django" not in sys.modules:
        return None
    wsgi = importlib.import_module("django.core.wsgi")
    application: object = wsgi.get_wsgi_application()
    return application
