"""What a function asks of its request, and with what it answers, as far as its source says it in so many words.

`request.args.get("page", 1, type=int)`, `data = await request.json(); data["name"]`, `return jsonify(...), 201`: names,
types and statuses that are written out. Nothing is run, nothing is guessed: what is computed is left out.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .answered import Answers

_PLACES = {
    "args": "query", "query": "query", "query_params": "query", "GET": "query", "params": "query",
    "query_string_parameters": "query",
    "form": "form", "POST": "form", "forms": "form",
    "files": "file", "FILES": "file",
    "json": "json", "json_body": "json", "media": "json",
    "headers": "header", "META": "meta", "cookies": "cookie", "COOKIES": "cookie",
}  # fmt: skip
"""Attribute of a request → where that comes from."""
_CALLS = {"get_json": "json", "json": "json", "get_media": "json", "post": "form", "form": "form", "get_data": ""}
"""Method of a request → what it gives."""
_SCALARS: dict[str, dict[str, Any]] = {
    "int": {"type": "integer"}, "float": {"type": "number"}, "str": {"type": "string"}, "bool": {"type": "boolean"},
    "UUID": {"type": "string", "format": "uuid"},
}  # fmt: skip
_FALCON: dict[str, dict[str, Any]] = {
    "get_param": {"type": "string"}, "get_param_as_int": {"type": "integer"}, "get_param_as_float": {"type": "number"},
    "get_param_as_bool": {"type": "boolean"}, "get_param_as_uuid": {"type": "string", "format": "uuid"},
    "get_param_as_datetime": {"type": "string", "format": "date-time"},
    "get_param_as_date": {"type": "string", "format": "date"},
    "get_param_as_list": {"type": "array", "items": {"type": "string"}},
    "get_query_string_value": {"type": "string"},
}  # fmt: skip
_MANY = frozenset({"getlist", "getall", "get_all", "multi_get"})
_UNSAID = frozenset({"accept", "content-type", "authorization", "cookie", "host", "user-agent"})
"""Headers that OpenAPI has another place for, or that every client sends by itself."""
_WRITING = frozenset({"POST", "PUT", "PATCH"})


@dataclass
class Field:
    """One value that is asked for by its name."""

    schema: dict[str, Any]
    required: bool
    methods: frozenset[str]
    """Those for which it is asked."""


@dataclass
class Asked:
    """What one function asks for, and what it answers.

    Args:
        every: The methods that it answers.
    """

    every: frozenset[str]
    fields: dict[tuple[str, str], Field] = field(default_factory=dict)
    """By place (`query`, `header`, `cookie`, `form`, `file`, `json`) and name."""
    whole: dict[str, frozenset[str]] = field(default_factory=dict)
    """Bodies (`json`, `form`) that are read at all, and for which methods."""
    models: dict[str, frozenset[str]] = field(default_factory=dict)
    """Names of the classes that a JSON body is given to, and for which methods."""
    answers: Answers = field(default_factory=Answers)

    def at(self, place: str, method: str) -> dict[str, Field]:
        """What is asked of one place for a method."""
        found = {n: f for (p, n), f in self.fields.items() if p == place}
        return {n: f for n, f in found.items() if method in f.methods}

    def reads(self, place: str, method: str) -> bool:
        """Whether a method has a body of a kind (`json`, `form`, `file`): it usually has one, or is named for it."""
        known = [self.whole[place]] if place in self.whole else []
        known += [f.methods for (p, _), f in self.fields.items() if p == place]
        if place == "json":
            known += self.models.values()
        usual = method in _WRITING or self.every == {"DELETE"}
        return any(method in methods and (usual or methods < self.every) for methods in known)


def asked(function: Any, methods: Iterable[str]) -> Asked:
    """What a function asks for; what wraps it in the project's own code, too.

    Args:
        function: That answers.
        methods: Those of HTTP for which it is called.
    """
    found = Asked(frozenset(methods))
    for one in _chain(function):
        tree = _tree(one)
        if tree is not None:
            _Reader(found, tree, outer=one is not inspect.unwrap(one)).read()
    return found


def _chain(function: Any) -> Iterator[Any]:
    """A function and its wrappers, the innermost first; those of installed packages left out."""
    chain: list[Any] = []
    one = getattr(function, "__func__", function)
    while one is not None and len(chain) < 20:
        chain.append(one)
        one = getattr(one, "__wrapped__", None)
    for inner in reversed(chain):
        code = getattr(inner, "__code__", None)
        if code is not None and "site-packages" not in code.co_filename:
            yield inner


def _tree(function: Any) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    try:
        code = inspect.getsource(function.__code__)
        body = ast.parse(textwrap.dedent(code)).body[0]
    except (OSError, TypeError, SyntaxError, ValueError, IndexError):
        return None
    return body if isinstance(body, (ast.FunctionDef, ast.AsyncFunctionDef)) else None


class _Reader:
    """Walks one function.

    Args:
        found: What is told.
        tree: The function.
        outer: Whether it wraps the one that answers: then its own successes are none of the endpoint's.
    """

    def __init__(self, found: Asked, tree: ast.FunctionDef | ast.AsyncFunctionDef, *, outer: bool) -> None:
        self.found = found
        self.tree = tree
        self.outer = outer
        self.requests = {a.arg for a in tree.args.args if _is_request(a)} | {"request", "req"}
        self.names: dict[str, str] = {}
        """Variables that hold what came with the request: name → place."""

    def read(self) -> None:
        """Do it."""
        self._statements(self.tree.body, self.found.every, sure=True)

    def _statements(self, body: list[ast.stmt], methods: frozenset[str], *, sure: bool) -> None:
        for statement in body if methods else ():
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                continue
            if isinstance(statement, ast.If):
                self._expressions(statement.test, methods, sure=sure)
                tested = self._method_test(statement.test)
                inner = methods if tested is None else methods & tested
                other = methods if tested is None else methods - tested
                self._statements(statement.body, inner, sure=sure and tested is not None)
                self._statements(statement.orelse, other, sure=sure and tested is not None)
                if tested is not None and _ends(statement.body):
                    methods = other
                continue
            for name, value in ast.iter_fields(statement):
                if name in ("body", "orelse", "finalbody", "handlers", "cases"):
                    continue
                for one in value if isinstance(value, list) else [value]:
                    if isinstance(one, ast.AST):
                        self._expressions(one, methods, sure=sure)
            if isinstance(statement, (ast.Assign, ast.AnnAssign)):
                self._assigned(statement, methods)
            if isinstance(statement, (ast.With, ast.AsyncWith)):
                for item in statement.items:
                    self._named(item.optional_vars, item.context_expr, methods)
            if isinstance(statement, (ast.Return, ast.Raise, ast.Assign, ast.Expr)):
                self.found.answers.statement(statement, methods, only_failures=self.outer)
            again = not isinstance(statement, (ast.For, ast.AsyncFor, ast.While))
            if isinstance(statement, ast.Try) and not all(_ends(handler.body) for handler in statement.handlers):
                again = False  # what is missing is done without
            for part in ("body", "finalbody"):
                self._statements(getattr(statement, part, None) or [], methods, sure=sure and again)
            self._statements(getattr(statement, "orelse", None) or [], methods, sure=False)
            for handler in (*(getattr(statement, "handlers", None) or ()), *(getattr(statement, "cases", None) or ())):
                self._statements(handler.body, methods, sure=False)

    def _method_test(self, test: ast.expr) -> frozenset[str] | None:
        """The methods that a condition asks for (`request.method == "POST"`); None where it asks for none."""
        if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.left, ast.Attribute):
            return None
        if test.left.attr != "method" or not isinstance(test.ops[0], (ast.Eq, ast.In, ast.NotEq, ast.NotIn)):
            return None
        try:
            given = ast.literal_eval(test.comparators[0])
        except ValueError:
            return None
        meant = frozenset([given] if isinstance(given, str) else [str(g) for g in given])
        return self.found.every - meant if isinstance(test.ops[0], (ast.NotEq, ast.NotIn)) else meant

    def _assigned(self, statement: Any, methods: frozenset[str]) -> None:
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            self._named(target, statement.value, methods)

    def _named(self, target: Any, value: Any, methods: frozenset[str]) -> None:
        if isinstance(target, ast.Name) and value is not None:
            inner = _bare(value)
            if self._is_request(inner):
                self.requests.add(target.id)
            place = self._place(inner)
            part = _text(inner.slice) if isinstance(inner, ast.Subscript) else None
            if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and inner.func.attr == "get":
                part = _first(inner)
            if part and self._place(inner.value if isinstance(inner, ast.Subscript) else inner.func.value) == "form":
                place = f"form:{part}"
            if place:
                self.names[target.id] = place
            else:
                self.names.pop(target.id, None)

    def _expressions(self, node: ast.AST, methods: frozenset[str], *, sure: bool) -> None:
        """Everything that an expression asks for; what a condition decides about is not asked for in any case."""
        if isinstance(node, (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            return
        if isinstance(node, ast.NamedExpr):
            self._named(node.target, node.value, methods)
        if isinstance(node, ast.Call):
            self._call(node, methods, sure=sure)
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            self._tell(self._place(node.value), _text(node.slice), {}, methods, required=sure)
        elif isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.In):
            self._tell(self._place(node.comparators[0]), _text(node.left), {}, methods, required=False)
        elif isinstance(node, ast.Attribute):
            self._attribute(node, methods)
        if isinstance(node, (ast.IfExp, ast.BoolOp)):
            first, *rest = [node.test, node.body, node.orelse] if isinstance(node, ast.IfExp) else node.values
            self._expressions(first, methods, sure=sure)
            for one in rest:
                self._expressions(one, methods, sure=False)
            return
        for child in ast.iter_child_nodes(node):
            self._expressions(child, methods, sure=sure)

    def _attribute(self, node: ast.Attribute, methods: frozenset[str]) -> None:
        """A body that is used whole; Bottle's `request.query.name`."""
        place = self._place(node)
        if place in ("json", "form"):
            self._whole(place, methods)
        inner = _bare(node.value)
        if node.attr in ("read", "filename", "file", "save", "content_type"):
            part = self.names.get(inner.id, "") if isinstance(inner, ast.Name) else ""
            if isinstance(inner, ast.Subscript) and self._place(inner.value) == "form":
                part = f"form:{_text(inner.slice) or ''}"
            if part.startswith("form:"):
                self._tell("file", part[5:], {}, methods, required=True)
        if isinstance(inner, ast.Attribute) and inner.attr in ("query", "forms") and self._is_request(inner.value):
            known = {"get", "getall", "getone", "items", "keys", "values", "decode", "dict", "allitems", "replace"}
            if node.attr not in known | _MANY:
                self._tell(_PLACES[inner.attr], node.attr, {}, methods, required=False)

    def _call(self, node: ast.Call, methods: frozenset[str], *, sure: bool) -> None:
        function = node.func
        if isinstance(function, ast.Name):
            inner = node.args[0] if node.args else None
            if function.id in _SCALARS and inner is not None:
                self._converted(inner, _SCALARS[function.id], methods, sure=sure)
            if any(k.arg is None and self._place(_bare(k.value)) == "json" for k in node.keywords):
                self.found.models[function.id] = methods
            return
        if not isinstance(function, ast.Attribute):
            return
        if self._place(node) in ("json", "form"):
            self._whole(self._place(node), methods)
        if function.attr in ("model_validate", "parse_obj") and isinstance(function.value, ast.Name) and node.args:
            if self._place(_bare(node.args[0])) == "json":
                self.found.models[function.value.id] = methods
        if function.attr in _FALCON and node.args + node.keywords and self._is_request(function.value):
            schema, required = dict(_FALCON[function.attr]), _keyword(node, "required") is True
            self._defaulted(schema, _keyword(node, "default") or _keyword(node, "default_value"))
            for ours, theirs in (("minimum", "min_value"), ("maximum", "max_value")):
                if isinstance(_keyword(node, theirs), (int, float)):
                    schema[ours] = _keyword(node, theirs)
            self._tell("query", _first(node), schema, methods, required=required)
        if function.attr in ("get_header", "get_header_value") and self._is_request(function.value):
            self._tell("header", _first(node), {}, methods, required=_keyword(node, "required") is True)
        if function.attr in ("get", "pop", *_MANY):
            place = self._place(function.value)
            schema = {"type": "array", "items": {"type": "string"}} if function.attr in _MANY else {}
            kind = next((k.value for k in node.keywords if k.arg == "type"), None)
            if isinstance(kind, ast.Name) and kind.id in _SCALARS:
                schema = {**schema, "items": _SCALARS[kind.id]} if schema else dict(_SCALARS[kind.id])
            default = _literal(node.args[1]) if len(node.args) > 1 else _keyword(node, "default")
            if function.attr in ("get", "pop"):
                self._defaulted(schema, default)
            self._tell(place, _first(node), schema, methods, required=False)

    def _converted(self, inner: ast.expr, schema: dict[str, Any], methods: frozenset[str], *, sure: bool) -> None:
        """`int(X["n"])`, `int(X.get("n", "10"))`: the type is the conversion's, and so is the default's."""
        if isinstance(inner, ast.Subscript):
            self._tell(self._place(inner.value), _text(inner.slice), dict(schema), methods, required=sure)
        elif isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and inner.func.attr == "get":
            made = dict(schema)
            default = _literal(inner.args[1]) if len(inner.args) > 1 else _keyword(inner, "default")
            try:
                convert: Any = {"integer": int, "number": float}.get(schema["type"], str)
                self._defaulted(made, None if default is None else convert(default))
            except (TypeError, ValueError):
                pass
            self._tell(self._place(inner.func.value), _first(inner), made, methods, required=False)

    def _defaulted(self, schema: dict[str, Any], default: Any) -> None:
        kinds = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
        kind = kinds.get(type(default))
        if kind is None:
            return
        schema.setdefault("type", kind)
        if schema["type"] == kind and default not in ("", [], {}):
            schema["default"] = default

    def _tell(
        self, place: str, name: str | None, schema: dict[str, Any], methods: frozenset[str], *, required: bool
    ) -> None:
        if name and place == "meta":
            place = "header" if name.startswith("HTTP_") else ""
            name = name.removeprefix("HTTP_").replace("_", "-").title()
        if not place or not name or (place == "header" and name.lower() in _UNSAID):
            return
        known = self.found.fields.get((place, name))
        if known is None:
            self.found.fields[place, name] = Field(schema, required, methods)
            return
        known.schema = {**schema, **known.schema}
        known.required = known.required or required
        known.methods = known.methods | methods

    def _whole(self, place: str, methods: frozenset[str]) -> None:
        self.found.whole[place] = self.found.whole.get(place, frozenset()) | methods

    def _is_request(self, node: ast.expr) -> bool:
        """Whether an expression is the request: `request`, `self.request`, `app.current_request`."""
        if isinstance(node, ast.Name):
            return node.id in self.requests
        return isinstance(node, ast.Attribute) and node.attr in ("request", "current_request", "current_event")

    def _place(self, node: Any) -> str:
        """Where an expression's value comes from; empty where it is none of the request's."""
        node = _bare(node)
        if isinstance(node, ast.Name):
            known = self.names.get(node.id, "")
            return "" if ":" in known else known
        if isinstance(node, ast.Attribute):
            if node.attr == "query" and isinstance(node.value, ast.Attribute) and node.value.attr in ("rel_url", "url"):
                return "query" if self._is_request(node.value.value) else ""
            if node.attr == "data" and self._is_request(node.value) and not self._is_flask():
                return "json"
            return _PLACES.get(node.attr, "") if self._is_request(node.value) else ""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if self._is_request(node.func.value):
                return _CALLS.get(node.func.attr, "")
            if node.func.attr == "loads" and node.args:  # json.loads(request.body)
                inner = _bare(node.args[0])
                inner = (
                    inner.func.value if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) else inner
                )
                inner = inner if isinstance(inner, ast.Attribute) else None
                if inner is not None and inner.attr in ("body", "data", "get_data") and self._is_request(inner.value):
                    return "json"
            if node.func.attr in ("copy", "dict", "to_dict", "multi_items", "items", "force_dict"):
                return self._place(node.func.value)
        return ""

    def _is_flask(self) -> bool:
        """Whether the request is one of a module (Flask: `request.data` are its bytes), not an argument."""
        arguments = {a.arg for a in self.tree.args.args}
        return not ({"request", "self"} & arguments)


def _is_request(argument: ast.arg) -> bool:
    hint = argument.annotation
    name = hint.attr if isinstance(hint, ast.Attribute) else hint.id if isinstance(hint, ast.Name) else ""
    return name.endswith("Request")


def _ends(body: list[ast.stmt]) -> bool:
    return bool(body) and isinstance(body[-1], (ast.Return, ast.Raise))


def _bare(node: Any) -> Any:
    """An expression without `await` and without what stands in for it (`… or {}`)."""
    while True:
        if isinstance(node, ast.Await):
            node = node.value
        elif isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
            node = node.values[0]
        else:
            return node


def _text(node: Any) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _first(node: ast.Call) -> str | None:
    """The name that a call asks for: its first argument."""
    if node.args:
        return _text(node.args[0])
    return next((_text(k.value) for k in node.keywords if k.arg in ("name", "key")), None)


def _literal(node: Any) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


def _keyword(node: ast.Call, name: str) -> Any:
    return next((_literal(k.value) for k in node.keywords if k.arg == name), None)
