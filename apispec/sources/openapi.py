"""An OpenAPI document (3.0, 3.1, 3.2; 2.0 through `swagger`) as an Api, the document itself kept beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from apispec.documents import METHODS, Document, bundled, escape, find, is_bundled, kin
from apispec.errors import DocumentError
from apispec.findings import Finding, Severity
from apispec.model import Api, Contact, Endpoint, Example, HttpCall, Introspection, License, Parameter, Tag
from apispec.requests import TOKEN
from apispec.schemas import unaffordable
from apispec.sources import openapi_parts as parts
from apispec.sources import swagger
from apispec.sources.openapi_parts import mapping, sequence, text
from apispec.sources.openapi_refs import Resolver
from apispec.tools import operation_name
from apispec.validation import errors

_OWN_EXTENSIONS = {
    "x-codeSamples", "x-code-samples", "x-deprecation", "x-mcp-annotations", "x-overloads", "x-apispec-source",
    "x-apispec-callable",
}  # fmt: skip

_DANGLING = frozenset({"dangling-reference", "circular-reference"})
"""Errors of `validate` that are errors here, too."""


def read(document: Document, *, thorough: bool = False) -> Introspection:
    """The Api that a document describes, with what is wrong with it.

    Each problem is one finding, at its place, and a warning: what can be read is read. `apispec validate` calls errors
    what makes a document invalid. Here but references that lead nowhere are, to files or in the document: what is not
    there cannot be published.

    Args:
        document: With its other files joined.
        thorough: Whether openapi-spec-validator judges too.

    Raises:
        DocumentError: It cannot be read, or is no OpenAPI document.
    """
    data = document.required()
    if not isinstance(data, dict) or not ("openapi" in data or "swagger" in data):
        raise DocumentError(
            "this is no OpenAPI document: it has neither `openapi` nor `swagger`",
            where=document.file,
            hint=kin(data) or "give a document, a Python file, or package.module",
        )
    notes: list[Finding] = []
    given = document
    if not is_bundled(data):
        document = bundled(document).document
        data = document.data
    if "openapi" not in data:
        if text(data["swagger"]) not in ("2.0", "2"):
            raise DocumentError(
                f"Swagger {text(data['swagger']) or 'without a version'} cannot be read",
                where=document.file,
                hint="2.0 can; older documents are to be converted first",
            )
        document = replace(document, data=swagger.to_30(document, notes))
    api = _Reader(document, notes).api()
    remarks = [finding for finding in given.findings if finding.severity is Severity.WARNING]
    return Introspection(api=api, findings=(*remarks, *_each_once(errors(given, thorough=thorough), notes, given)))


def _each_once(judged: list[Finding], notes: list[Finding], document: Document) -> tuple[Finding, ...]:
    """What is wrong with a document, and what came of it where nothing is said of that place yet."""
    said = {f.location.pointer for f in judged if f.location.file == document.file}
    references = {str(find(document.data, pointer)) for pointer in said if pointer.endswith("/$ref")}
    references |= {swagger.moved(target) for target in references}
    unread = {(f.rule, f.location) for f in document.unread}  # what is not there cannot be published
    warnings = [
        f if f.rule in _DANGLING or (f.rule, f.location) in unread else replace(f, severity=Severity.WARNING)
        for f in judged
    ]
    left = [n for n in notes if n.location.pointer not in said and n.facts.get("reference") not in references]
    return (*warnings, *left)


class _Reader:
    """Reads one document."""

    def __init__(self, document: Document, findings: list[Finding]) -> None:
        self.document = document
        self.data: dict[str, Any] = document.data
        self.findings = findings
        version = text(self.data.get("openapi"))
        self.resolver = Resolver(document, version.startswith("3.0"), findings.append)
        self.names: set[str] = set()
        items = [self.resolver.follow(raw) for raw in mapping(self.data.get("paths")).values()]
        self.ids = {text(mapping(item.get(method)).get("operationId")) for item in items for method in METHODS}
        """What operations are called by their document."""
        self.open: set[int] = set()
        """The operations that are being read, each in a callback of the one before."""

    def api(self) -> Api:
        data = self.data
        self.resolver.components()
        info = mapping(data.get("info"))
        license_ = mapping(info.get("license"))
        contact = mapping(info.get("contact"))
        logo = text(mapping(info.get("x-logo")).get("url"))
        if ":" in logo or logo.startswith("//"):
            message = "The logo (x-logo) is not in a file beside the document, and pages load nothing from elsewhere."
            self.note("logo-elsewhere", message, "/info/x-logo", Severity.INFO)
        endpoints = tuple(self.endpoints())
        webhooks = tuple(self.webhooks())
        schemes = mapping(mapping(data.get("components")).get("securitySchemes"))
        for name, circular in unaffordable(self.resolver.schemas).items():
            if not circular:  # those that are have examples where they do not come back
                pointer = f"/components/schemas/{escape(name)}"
                self.note(
                    "unaffordable-schema", f"{name} takes too many steps to check, so it has no example.", pointer
                )
        return Api(
            title=text(info.get("title")) or "API",
            version=text(info.get("version")),
            summary=text(info.get("summary")) or text(info.get("x-summary")),
            description=text(info.get("description")),
            servers=parts.servers(data.get("servers")),
            tags=tuple(self.tags()),
            endpoints=endpoints,
            webhooks=webhooks,
            schemas=self.resolver.schemas,
            security_schemes={str(name): self.resolver.follow(raw) for name, raw in schemes.items()},
            security=parts.security(data.get("security")),
            contact=Contact(**{k: text(contact.get(k)) for k in ("name", "url", "email")}) if contact else None,
            license=License(**{k: text(license_.get(k)) for k in ("name", "identifier", "url")}) if license_ else None,
            terms_of_service=text(info.get("termsOfService")),
            external_docs=parts.external_docs(data.get("externalDocs")),
            source="openapi",
            document=data,
        )

    def tags(self) -> Iterator[Tag]:
        for raw in sequence(self.data.get("tags")):
            if isinstance(raw, dict) and text(raw.get("name")):
                docs = parts.external_docs(raw.get("externalDocs"))
                yield Tag(
                    name=text(raw["name"]),
                    description=text(raw.get("description")),
                    external_docs=docs,
                    title=text(raw.get("summary")) or text(raw.get("x-displayName")),
                    parent=text(raw.get("parent")),
                    kind=text(raw.get("kind")),
                )

    def endpoints(self) -> Iterator[Endpoint]:
        for path, raw in mapping(self.data.get("paths")).items():
            if isinstance(path, str) and path.startswith("/"):
                yield from self.path_item(raw, path, f"/paths/{escape(path)}")

    def webhooks(self) -> Iterator[Endpoint]:
        for name, raw in mapping(self.data.get("webhooks")).items():
            yield from self.path_item(raw, "", f"/webhooks/{escape(str(name))}", str(name))

    def path_item(self, raw: Any, path: str, pointer: str, name: str = "") -> Iterator[Endpoint]:
        """The endpoints of a path item; one that cannot be read is noted and left out."""
        item = self.resolver.follow(raw)
        operations = {m.upper(): item[m] for m in item if m in METHODS}
        operations |= {str(m): o for m, o in mapping(item.get("additionalOperations")).items()}
        for method, operation in operations.items():
            known = method.lower() in METHODS
            place = f"{pointer}/{method.lower() if known else f'additionalOperations/{escape(method)}'}"
            if not TOKEN.fullmatch(method):
                self.note("unreadable-operation", f"{method!r} is no method.", place)
                continue
            if not isinstance(operation, dict):
                self.note("unreadable-operation", f"{method} {path or name} is no Operation Object.", place)
                continue
            if id(operation) in self.open:
                continue  # it is among its own callbacks
            self.open.add(id(operation))
            try:
                yield self.endpoint(operation, item, method, path, place, name)
            except (TypeError, ValueError) as error:
                first = str(error).partition("\n")[0]
                self.note("unreadable-operation", f"{method} {path or name} cannot be read: {first}.", place)
            finally:
                self.open.discard(id(operation))

    def note(self, rule: str, message: str, pointer: str, severity: Severity = Severity.WARNING) -> None:
        self.findings.append(Finding(rule, severity, message, self.document.locate(pointer)))

    def endpoint(
        self, operation: dict[str, Any], item: dict[str, Any], method: str, path: str, pointer: str, name: str
    ) -> Endpoint:
        """One operation."""
        resolver = self.resolver
        operation_id = text(operation.get("operationId"))
        unnamed = not name and not operation_id
        if name and name in self.names and not operation_id:
            name = f"{name}_{method.lower()}"  # another request of the same callback or webhook
        name = self.unique(name or operation_id or operation_name(method, path), pointer, given=bool(operation_id))
        parameters = self.parameters(operation, item)
        body = parts.request_body(resolver.follow(operation.get("requestBody")), resolver)
        media_type, examples = "application/json", tuple[Example, ...]()
        taken = {p.name for p in parameters}
        if body is not None and (named := parts.body_parameters(body)) and taken.isdisjoint(p.name for p in named[1]):
            media_type, more, examples = named
            parameters = [*parameters, *more]
            body = None
        sent = body.content[0].type if body is not None and body.content else media_type
        if sent.startswith("multipart/") and not sent.startswith("multipart/form-data"):
            message = f"Snippets and tools send {sent} as multipart/form-data, the only kind their libraries write."
            self.note("multipart-as-form-data", message, f"{pointer}/requestBody")
        result, responses = self.responses(operation)
        server_list = operation.get("servers") or item.get("servers")
        return Endpoint(
            name=name,
            unnamed=unnamed,
            summary=text(operation.get("summary")) or text(item.get("summary")),
            description=text(operation.get("description")) or text(item.get("description")),
            tags=tuple(dict.fromkeys(t for t in map(text, sequence(operation.get("tags"))) if t)),
            deprecated=operation.get("deprecated") is True,
            deprecation=text(operation.get("x-deprecation")),
            parameters=tuple(parameters),
            request_body=body,
            result=result,
            responses=responses,
            security=parts.security(operation["security"]) if isinstance(operation.get("security"), list) else None,
            servers=parts.servers(server_list),
            examples=examples,
            call=HttpCall(
                method=method,
                path=path,
                media_type=media_type,
                operation_id=operation_id if operation_id != name else "",
            ),
            annotations=mapping(operation.get("x-mcp-annotations")),
            overloads=tuple(text(o) for o in sequence(operation.get("x-overloads"))),
            location=self.document.locate(pointer),
            static=operation.get("x-apispec-source") == "static",
            callable=operation.get("x-apispec-callable") is not False,
            external_docs=parts.external_docs(operation.get("externalDocs")),
            code_samples=parts.code_samples(operation),
            extensions={
                k: v for k, v in operation.items()
                if isinstance(k, str) and k.startswith("x-") and k not in _OWN_EXTENSIONS
            },
            callbacks=self.callbacks(operation, pointer),
        )  # fmt: skip

    def unique(self, wanted: str, pointer: str, *, given: bool) -> str:
        """The name, with a number where it is taken; one that was made up leaves those that were given alone."""
        name, number = wanted, 2
        while name in self.names or (not given and name in self.ids):
            name, number = f"{wanted}_{number}", number + 1
        if name != wanted and given:
            message = f"{wanted} is taken; this operation is called {name}."
            self.note("duplicate-operation-id", message, f"{pointer}/operationId")
        self.names.add(name)
        return name

    def parameters(self, operation: dict[str, Any], item: dict[str, Any]) -> list[Parameter]:
        """The operation's parameters and those of its path item that it does not replace."""
        found: dict[tuple[str, str], Parameter] = {}
        for raw in (*sequence(item.get("parameters")), *sequence(operation.get("parameters"))):
            parameter = parts.parameter(self.resolver.follow(raw), self.resolver)
            if parameter is not None:
                found[parameter.location, parameter.name] = parameter
        return list(found.values())

    def responses(self, operation: dict[str, Any]) -> tuple[Any, tuple[Any, ...]]:
        """The result, and the other responses. `default` is the result where no success is described."""
        raw = {str(status): r for status, r in mapping(operation.get("responses")).items() if str(status)[:2] != "x-"}
        success = sorted(s for s in raw if s.startswith("2"))
        chosen = "200" if "200" in success else success[0] if success else "default" if "default" in raw else ""
        result = parts.result(chosen, self.resolver.follow(raw[chosen]), self.resolver) if chosen else None
        others = [parts.response(s, self.resolver.follow(r), self.resolver) for s, r in raw.items() if s != chosen]
        return result, tuple(others)

    def callbacks(self, operation: dict[str, Any], pointer: str) -> dict[str, tuple[Endpoint, ...]]:
        """Callback Objects: per name the requests that the API makes."""
        out = {}
        outer, self.names = self.names, set()  # names of callbacks are their own
        for name, raw in mapping(operation.get("callbacks")).items():
            found: list[Endpoint] = []
            for expression, item in self.resolver.follow(raw).items():
                if isinstance(expression, str) and not expression.startswith("x-"):
                    place = f"{pointer}/callbacks/{escape(str(name))}/{escape(expression)}"
                    found += self.path_item(item, expression, place, str(name))
            out[str(name)] = tuple(found)
        self.names = outer
        return out
