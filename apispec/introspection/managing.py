"""Projects that want to be set up before their modules are imported: Django's, by the `manage.py` above a target.

Stands alone: the interpreter of any environment runs it, too.
"""

from __future__ import annotations

import importlib
import importlib.util
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
