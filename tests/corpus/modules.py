"""Which modules the corpus is made of, and their public functions."""

from __future__ import annotations

import importlib
import inspect
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

STANDARD_LIBRARY = (
    "ast", "asyncio", "base64", "binascii", "bisect", "bz2", "calendar", "codecs", "collections", "colorsys", "contextlib",
    "copy", "csv", "datetime", "decimal", "difflib", "dis", "email.utils", "filecmp", "fnmatch", "fractions", "functools",
    "getpass", "gettext", "glob", "gzip", "hashlib", "heapq", "hmac", "html", "imaplib", "importlib", "importlib.metadata",
    "importlib.resources", "importlib.util", "inspect", "io", "ipaddress", "itertools", "json", "keyword", "linecache", "locale",
    "logging", "lzma", "marshal", "math", "mimetypes", "operator", "os.path", "pickle", "pkgutil", "platform", "plistlib",
    "posixpath", "pprint", "quopri", "random", "re", "reprlib", "runpy", "secrets", "shlex", "shutil", "signal", "socket",
    "statistics", "string", "struct", "subprocess", "sysconfig", "tarfile", "tempfile", "textwrap", "timeit", "tokenize", "token",
    "traceback", "turtle", "types", "typing", "unicodedata", "unittest", "urllib.parse", "urllib.request", "uuid", "warnings",
    "wave", "webbrowser", "xml.etree.ElementTree", "xml.sax.saxutils", "zipfile", "zlib", "zoneinfo",
)  # fmt: skip
"""Modules of the standard library."""

PACKAGES: dict[str, tuple[str, ...]] = {
    "anyio": ("anyio", "anyio.to_thread"),
    "arrow": ("arrow.api", "arrow.util"),
    "attrs": ("attr.validators", "attr.filters", "attr.converters", "attr"),
    "babel": ("babel.dates", "babel.numbers", "babel.lists", "babel.core"),
    "boltons": ("boltons.iterutils", "boltons.strutils", "boltons.timeutils", "boltons.mathutils", "boltons.fileutils"),
    "click": ("click",),
    "einops": ("einops",),
    "geopy": ("geopy.distance", "geopy.units", "geopy.util"),
    "httpx": ("httpx",),
    "huggingface_hub": ("huggingface_hub.utils", "huggingface_hub.file_download", "huggingface_hub.repocard"),
    "humanize": ("humanize",),
    "imageio": ("imageio.v3", "imageio.v2"),
    "jinja2": ("jinja2.filters", "jinja2.utils", "jinja2.tests"),
    "markdown": ("markdown", "markdown.util"),
    "more-itertools": ("more_itertools.recipes", "more_itertools.more"),
    "natsort": ("natsort",),
    "networkx": ("networkx.algorithms.centrality", "networkx.generators.random_graphs", "networkx.algorithms.shortest_paths"),
    "numpy": ("numpy", "numpy.linalg", "numpy.fft"),
    "packaging": ("packaging.tags", "packaging.utils", "packaging.version"),
    "phonenumbers": ("phonenumbers.phonenumberutil", "phonenumbers"),
    "python-dateutil": ("dateutil.parser", "dateutil.easter", "dateutil.utils", "dateutil.tz"),
    "pyyaml": ("yaml",),
    "pywavelets": ("pywt",),
    "requests": ("requests.api", "requests.utils", "requests.cookies"),
    "rich": ("rich", "rich.pretty", "rich.markup", "rich.cells"),
    "tabulate": ("tabulate",),
    "toolz": ("toolz.itertoolz", "toolz.dicttoolz", "toolz.functoolz"),
    "typer": ("typer",),
    "uncertainties": ("uncertainties", "uncertainties.umath"),
    "validators": ("validators",),
    "webcolors": ("webcolors",),
}  # fmt: skip
"""Distribution → modules. The versions are pinned in the dependency group `corpus`."""


@dataclass(frozen=True)
class Case:
    """One function of the corpus."""

    origin: str
    """`stdlib`, or the distribution."""
    module: str
    name: str
    function: Callable[..., Any]

    @property
    def label(self) -> str:
        """Module and name."""
        return f"{self.module}.{self.name}"


def cases(origin: str, modules: tuple[str, ...]) -> Iterator[Case]:
    """The public functions of some modules, each once."""
    seen: set[int] = set()
    for module_name in modules:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = importlib.import_module(module_name)
        for name in getattr(module, "__all__", None) or sorted(vars(module)):
            function = getattr(module, name, None)
            if name.startswith("_") or not _is_function(function) or id(function) in seen:
                continue
            home = getattr(function, "__module__", None) or ""
            if home.split(".")[0].lstrip("_") not in (
                module_name.split(".")[0],
                "posix",
                "builtins",
                "functools",
                "attr",
            ):
                continue  # imported from elsewhere
            seen.add(id(function))
            yield Case(origin, module_name, name, function)


def _is_function(value: Any) -> bool:
    return inspect.isroutine(value) or (
        callable(value) and hasattr(value, "__wrapped__") and not inspect.isclass(value)
    )
