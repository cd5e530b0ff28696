"""Libraries whose apps are recognised, whether or not their apps can be read: one table.

What is recognised and not read (no entry in `apispec.wiring.APP_READERS` for its class) is never described as
functions: `refusals` says what it is, and the command with which the app writes its own document.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from apispec.wiring import APP_READERS

_SERVED = "start it and save its document: curl -o openapi.json http://127.0.0.1:{port}{path}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Library:
    """One library that makes web apps."""

    name: str
    """As people write it."""
    packages: tuple[str, ...]
    """Top-level packages, the one with the classes first."""
    makers: tuple[str, ...]
    """Names of the classes and functions that make an app."""
    parts: tuple[str, ...] = ()
    """Names of those that make a part of one: a router, a blueprint."""
    classes: tuple[str, ...] = ()
    """`module.Class` of apps where an instance's class is not called as its maker is."""
    dump: str = ""
    """How its document is had. `{module}`, `{name}` and `{file}` are filled in."""
    document: str = field(default="openapi.json")
    """What that writes, for the command that comes next."""


LIBRARIES: Final = (
    Library(name="FastAPI", packages=("fastapi",), makers=("FastAPI",), parts=("APIRouter",)),
    Library(name="Gradio", packages=("gradio",), makers=(
        "Blocks", "Interface", "ChatInterface", "TabbedInterface", "Server", "Workflow", "load", "mount_gradio_app",
    )),
    Library(name="Litestar", packages=("litestar",), makers=("Litestar",), parts=("Router", "Controller")),
    Library(
        name="Django Ninja", packages=("ninja", "ninja_extra"), makers=("NinjaAPI", "NinjaExtraAPI"), parts=("Router",),
        dump="python manage.py export_openapi_schema --api {module}.{name} > openapi.json",
    ),
    Library(
        name="APIFlask", packages=("apiflask",), makers=("APIFlask",), parts=("APIBlueprint",),
        dump="flask --app {module}:{name} spec --output openapi.json",
    ),
    Library(name="Starlette", packages=("starlette",), makers=("Starlette",), parts=("Router",)),
    Library(
        name="Quart", packages=("quart",), makers=("Quart",), parts=("Blueprint",),
        dump="with quart-schema: QUART_APP={module}:{name} quart schema --output openapi.json",
    ),
    Library(
        name="Flask-RESTX", packages=("flask_restx",), makers=("Api",), parts=("Namespace",),
        dump="start it and save its document: curl -o openapi.json http://127.0.0.1:5000/swagger.json",
    ),
    Library(
        name="flask-smorest", packages=("flask_smorest",), makers=("Api",), parts=("Blueprint",),
        dump="flask --app {module} openapi write openapi.json",
    ),
    Library(
        name="APIFairy", packages=("apifairy",), makers=("APIFairy",),
        dump=_SERVED.format(port=5000, path="/apispec.json"),
    ),
    Library(
        name="Connexion", packages=("connexion",), makers=("App", "FlaskApp", "AsyncApp", "AioHttpApp"),
        dump="it is made from a document: give apispec that file (the argument of add_api)", document="",
    ),
    Library(
        name="Flask", packages=("flask",), makers=("Flask",), parts=("Blueprint",),
        dump="Flask itself makes no document; with flask-smorest: flask --app {module} openapi write openapi.json",
    ),
    Library(
        name="Sanic", packages=("sanic",), makers=("Sanic",), parts=("Blueprint",),
        dump="with sanic-ext, " + _SERVED.format(port=8000, path="/docs/openapi.json"),
    ),
    Library(
        name="BlackSheep", packages=("blacksheep",), makers=("Application",), parts=("Router",),
        dump="with its OpenAPIHandler, " + _SERVED.format(port=44777, path="/openapi.json"),
    ),
    Library(
        name="Robyn", packages=("robyn",), makers=("Robyn",), parts=("SubRouter",),
        dump=_SERVED.format(port=8080, path="/openapi.json"),
    ),
    Library(
        name="aiohttp", packages=("aiohttp",), makers=("Application",), parts=("RouteTableDef",),
        dump="aiohttp itself makes no document; with aiohttp-pydantic: python -m aiohttp_pydantic.oas {module} "
        "> openapi.json",
    ),
    Library(
        name="Falcon", packages=("falcon",), makers=("App", "API"), classes=("falcon.app.App", "falcon.asgi.app.App"),
        dump="Falcon itself makes no document; with spectree: "
        "python -c 'import json; from {module} import spec; print(json.dumps(spec.spec))' > openapi.json",
    ),
    Library(
        name="Bottle", packages=("bottle",), makers=("Bottle", "default_app"),
        dump="Bottle makes no document; write one, and `apispec validate` checks it", document="",
    ),
    Library(
        name="Tornado", packages=("tornado",), makers=("Application",),
        dump="Tornado makes no document; write one, and `apispec validate` checks it", document="",
    ),
    Library(
        name="Pyramid", packages=("pyramid",), makers=("Configurator",),
        classes=("pyramid.router.Router", "pyramid.config.Configurator"),
        dump="Pyramid makes no document; with pyramid_openapi3 give apispec the file it is made from", document="",
    ),
    Library(
        name="Chalice", packages=("chalice",), makers=("Chalice",), parts=("Blueprint",),
        dump="aws apigateway get-export --rest-api-id ID --stage-name api --export-type oas30 openapi.json",
    ),
    Library(
        name="AWS Lambda Powertools", packages=("aws_lambda_powertools",),
        makers=(
            "APIGatewayRestResolver", "APIGatewayHttpResolver", "ALBResolver", "LambdaFunctionUrlResolver",
            "BedrockAgentResolver", "VPCLatticeResolver", "VPCLatticeV2Resolver",
        ),
        parts=("Router",),
        dump="python -c 'from {module} import {name}; print({name}.get_openapi_json_schema())' > openapi.json",
    ),
    Library(name="Azure Functions", packages=("azure",), makers=("FunctionApp", "AsgiFunctionApp", "WsgiFunctionApp"),
            parts=("Blueprint",), dump="Azure Functions makes no document; export it from API Management"),
    Library(
        name="Django", packages=("django", "rest_framework"),
        makers=("get_wsgi_application", "get_asgi_application", "execute_from_command_line"),
        parts=("DefaultRouter", "SimpleRouter"),
        classes=("django.core.handlers.wsgi.WSGIHandler", "django.core.handlers.asgi.ASGIHandler"),
        dump="with drf-spectacular: python manage.py spectacular --file openapi.yaml; "
        "with Django Ninja: name the module of its NinjaAPI", document="openapi.yaml",
    ),
)  # fmt: skip
"""The more particular library first: one that is made of another one's app."""

BY_PACKAGE: Final = {package: library for library in reversed(LIBRARIES) for package in library.packages}
"""Top-level package → its library."""

_SUPPORTED = frozenset(name.partition(".")[0] for name in APP_READERS)


def recognised(value: Any) -> tuple[Library, bool] | None:
    """The library that a live object is an app of (true), or a part of an app; None where it is neither.

    Asks for the class alone, never for an attribute of the object. Apps that can be read are not meant.
    """
    cls = type(value)
    if issubclass(cls, (type, str, int)):
        return None
    for base in type.__dict__["__mro__"].__get__(cls):
        module, name = base.__dict__.get("__module__", base.__module__), base.__name__
        library = BY_PACKAGE.get(module.partition(".")[0]) if isinstance(module, str) else None
        if library is None or f"{module}.{base.__qualname__}" in APP_READERS:
            continue
        if name in library.makers or f"{module}.{name}" in library.classes:
            return library, True
        if name in library.parts:
            return library, False
    return None


def is_supported(library: Library) -> bool:
    """Whether apps of a library can be read."""
    return library.packages[0] in _SUPPORTED


def advice(library: Library, *, module: str, name: str, file: str) -> str:
    """How the library's own document is had and given to apispec."""
    if not library.dump:
        return "name the module that makes the app, as in main.py or main.py:app"
    dump = library.dump.format(module=module, name=name or "app", file=file)
    return f"{dump}; then: apispec build {library.document}" if library.document else dump


def advice_for(packages: Iterable[str], *, module: str, file: str) -> str:
    """The same for the most particular library of these packages; empty where none is one that makes web apps."""
    involved = {BY_PACKAGE[name].name for name in packages if name in BY_PACKAGE}
    library = next((library for library in LIBRARIES if library.name in involved), None)
    return "" if library is None else advice(library, module=module, name="", file=file)


def named(library: Library) -> str:
    """`a Flask`, `an aiohttp`."""
    return f"{'an' if library.name[0] in 'aeiouAEIO' else 'a'} {library.name}"
