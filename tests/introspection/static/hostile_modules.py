"""Modules that try to have something of theirs run by whoever reads them, and what reading each of them touches.

`PWN` stands for an expression that leaves a file, written without quotes; a module is a text, or texts by file name.
`python -m tests.introspection.static.hostile_modules FOLDER` reads them all, each in a process of its own.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

PWN = "PWN"

_HEAD = """from __future__ import annotations
import collections, dataclasses, enum, functools, os, typing
from dataclasses import dataclass, field
from typing import *
import pydantic
from pydantic import BaseModel, ConfigDict, Field
import typing_extensions
"""
_USE = "\n\ndef f(a: C, b: 'C | None' = None) -> list[C]:\n    pass\n"

_CLASSES = {
    "model": "class C(BaseModel):\n    {}\n    x: int = 1",
    "dataclass": "@dataclass\nclass C:\n    {}\n    x: int = 1",
    "pydantic_dataclass": "@pydantic.dataclasses.dataclass\nclass C:\n    {}\n    x: int = 1",
    "typed_dict": "class C(TypedDict):\n    {}\n    x: int",
    "named_tuple": "class C(NamedTuple):\n    x: int = 1\n    {}",
    "enum": "class C(enum.Enum):\n    {}\n    X = 1",
    "error": "class C(ValueError):\n    {}\n    x: int = 1",
    "plain": "class C:\n    {}\n    x: int = 1",
}
_BODIES = {
    "annotations": "__annotations__ = {'a': \"PWN\"}",
    "annotated_annotations": "__annotations__: dict = {'a': \"PWN\"}",
    "class_getitem": "__class_getitem__ = 'PWN'",
    "inner_annotations": 'class __annotations__(dict):\n        a = "PWN"',
    "hint": 'y: "PWN" = None',
    "hint_in_list": 'y: list["PWN"] = None',
    "hint_call": "y: PWN = None",
    "default": "y: int = PWN",
}

MODULES: dict[str, str | dict[str, str]] = {
    f"{kind}_{how}": f"{_HEAD}{cls.format(body)}{_USE}"
    for kind, cls in _CLASSES.items()
    for how, body in _BODIES.items()
}

_PLAIN = {
    "file_and_stub": {
        "mod.py": "__file__ = 'other.py'\ndef f(x, y=__file__):\n    pass\n",
        "other.pyi": "import sys\nif PWN:\n    def f(x: PWN, y: int) -> int: ...\n",
        "other.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    class C(PWN): ...\n",
    },
    "stub_beside": {
        "mod.py": "def f(x, y=1):\n    pass\n",
        "mod.pyi": "if PWN:\n    pass\nclass C(PWN):\n    pass\ndef f(x: C, y: 'PWN') -> PWN: ...\n",
    },
    "stub_package": {
        "mod.py": "def f(x, y=1):\n    pass\n",
        "mod-stubs/__init__.pyi": "import sys\nif PWN:\n    def f(x: PWN, y: 'PWN') -> int: ...\n",
    },
    "type_checking_bases": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    class C(PWN): ...\n"
    "    D = PWN\ndef f(a: C, b: 'D', c: 'E') -> C:\n    pass\n",
    "builtins": "__builtins__ = {'int': 'PWN'}\ny = __builtins__\ndef f(x: int = y, z: 'int' = __builtins__):\n    pass\n",
    "package_names": "__path__ = ['.']\n__loader__ = 'PWN'\n__spec__ = 1\n__package__ = 'os'\n"
    "def f(a=__path__, b=__loader__, c=__spec__, d=__package__):\n    pass\n",
    "module_getattr": "def __getattr__(name):\n    PWN\ndef f(x: whatever) -> 'whatever.y':\n    pass\n",
    "default_calls": _HEAD + "def f(a=PWN, b=[PWN], c={PWN: 1}, d=(lambda: PWN)(), *, e=os.system('touch PWNED')):\n    pass\n",
    "decorators": _HEAD + "@PWN\n@os.system('touch PWNED')\n@functools.wraps(PWN)\ndef f(x: int) -> int:\n    pass\n",
    "type_parameters": _HEAD + "T = TypeVar('T', bound='PWN')\nU = TypeVar('U', 'PWN', int)\ndef f(a: T, b: list[U]) -> T:\n    pass\n",
    "forward_ref": _HEAD + "C = ForwardRef('PWN')\nD = typing.ForwardRef('PWN')\ndef f(a: C, b: list[D], c: typing.ForwardRef('PWN')):\n    pass\n",
    "get_type_hints": _HEAD + "X = typing.get_type_hints(f)\ndef f(a: 'PWN' = get_type_hints):\n    pass\n",
    "new_type": _HEAD + "C = NewType('C', 'PWN')\nD = NewType('D', list['PWN'])\ndef f(a: C, b: D):\n    pass\n",
    "alias_texts": _HEAD + "C = list['PWN']\nD = 'PWN'\nE: typing.TypeAlias = 'PWN | int'\ndef f(a: C, b: D, c: E, d: Optional['PWN']):\n    pass\n",
    "functional_typed_dict": _HEAD + "C = TypedDict('C', {'__annotations__': 'PWN', 'a=PWN': int, 'b': 'PWN'})" + _USE,
    "typed_dict_keys_as_code": _HEAD + "B = TypedDict('B', {'a=PWN': int})\n@dataclass\nclass C(B):\n    x: int" + _USE,
    "typed_dict_keys_as_code_2": _HEAD + "B = TypedDict('B', {'a=PWN': int})\n@pydantic.dataclasses.dataclass\nclass C(B):\n    x: int" + _USE,
    "typed_dict_in_model": _HEAD + "B = TypedDict('B', {'a': \"PWN\"})\nclass C(BaseModel):\n    b: B" + _USE,
    "functional_named_tuple": _HEAD + "C = NamedTuple('C', [('a', 'PWN'), ('b=PWN', int)])" + _USE,
    "namedtuple": _HEAD + "C = collections.namedtuple('C', 'a b', defaults=[PWN])\nD = collections.namedtuple('D', 'a=PWN')" + _USE,
    "make_dataclass": _HEAD + "C = dataclasses.make_dataclass('C', [('a', 'PWN')])" + _USE,
    "create_model": _HEAD + "C = pydantic.create_model('C', a=('PWN', 1))" + _USE,
    "functional_enum": _HEAD + "C = enum.Enum('C', {'__annotations__': {'a': 'PWN'}, 'x': 1})\nD = enum.Enum('D', 'a b', module='PWN', qualname='PWN')" + _USE,
    "field_info": _HEAD + "from pydantic.fields import FieldInfo\nclass C(BaseModel):\n    x: int = FieldInfo(annotation='PWN')\n"
    "    y: Annotated[int, FieldInfo(annotation='PWN', default_factory='PWN')] = 1\n    z: int = Field(annotation='PWN')" + _USE,
    "import_string": _HEAD + "class C(BaseModel):\n    x: pydantic.ImportString = 'evil'\n    model_config = ConfigDict(validate_default=True)"
    "\ndef g(a: pydantic.ImportString = 'evil.PWN'):\n    pass" + _USE,
    "schema_hooks": _HEAD + "class C(BaseModel):\n    x: int\n    @classmethod\n    def __get_pydantic_core_schema__(cls, *a):\n        PWN\n"
    "    @classmethod\n    def __get_pydantic_json_schema__(cls, *a):\n        PWN" + _USE,
    "schema_extra": _HEAD + "def g(s):\n    PWN\nclass C(BaseModel):\n    model_config = ConfigDict(json_schema_extra=g, alias_generator=g, title=PWN)\n"
    "    x: int = Field(default_factory=g, json_schema_extra=g)" + _USE,
    "validators": _HEAD + "def g(s):\n    PWN\nclass C(BaseModel):\n    x: Annotated[int, pydantic.AfterValidator(g), pydantic.BeforeValidator(os.system)] = 'touch PWNED'\n"
    "    model_config = ConfigDict(validate_default=True)" + _USE,
    "computed": _HEAD + "class C(BaseModel):\n    @pydantic.computed_field\n    @property\n    def x(self) -> 'PWN':\n        PWN\n"
    "    @pydantic.computed_field\n    @property\n    def __annotations__(self) -> 'PWN':\n        PWN" + _USE,
    "metaclass": _HEAD + "class M(type):\n    def __new__(*a):\n        PWN\n    def __getattr__(*a):\n        PWN\nclass C(metaclass=M):\n    x: int" + _USE,
    "init_subclass": _HEAD + "class B:\n    def __init_subclass__(cls, **k):\n        PWN\nclass C(B, a=PWN):\n    x: int" + _USE,
    "set_name": _HEAD + "class B:\n    def __set_name__(self, *a):\n        PWN\nclass C:\n    x = B()" + _USE,
    "mro_entries": _HEAD + "class B:\n    def __mro_entries__(self, bases):\n        PWN\nclass C(B()):\n    x: int" + _USE,
    "own_constructor": _HEAD + "@dataclass\nclass B:\n    x: int\n    def __post_init__(self):\n        PWN\nclass C(BaseModel):\n    b: B = B(1)" + _USE,
    "library_bases": _HEAD + "import threading, string, ctypes, subprocess, logging\nclass C(subprocess.Popen):\n    args = 'PWN'\n"
    "class D(string.Template):\n    pattern = 'PWN'\nclass E(ctypes.Structure):\n    _fields_ = [('a', 'PWN')]\ndef g(d: D, e: E):\n    pass" + _USE,
    "call_in_bases": _HEAD + "class C(PWN):\n    x: int\nclass D(type('X', (), {'a': PWN})):\n    x: int\ndef g(d: D):\n    pass" + _USE,
    "subscripted_bases": _HEAD + "class C(list['PWN']):\n    x: int\nclass D(Generic['PWN']):\n    x: int\ndef g(d: D):\n    pass" + _USE,
    "class_keywords": _HEAD + "class C(BaseModel, plugin_settings={'a': PWN}, title=PWN, json_schema_extra=os.system):\n    x: int" + _USE,
    "pydantic_config": _HEAD + "class C(TypedDict):\n    __pydantic_config__ = {'json_schema_extra': os.system, 'title': PWN}\n    x: int" + _USE,
    "pydantic_internals": _HEAD + "class C(BaseModel):\n    __pydantic_core_schema__ = 'PWN'\n    __pydantic_decorators__ = 'PWN'\n"
    "    __pydantic_fields__ = {'x': 'PWN'}\n    __signature__ = 'PWN'\n    x: int" + _USE,
    "model_names": _HEAD + "class C(BaseModel):\n    model_fields = {'x': 'PWN'}\n    model_rebuild = 'PWN'\n    model_post_init = 'PWN'\n    x: 'D'\nclass D(BaseModel):\n    c: 'C | PWN'" + _USE,
    "imports": _HEAD + "import antigravity, this, evil, __hello__, turtledemo.clock, idlelib.idle\nfrom evil import *\nfrom evil import C\n"
    "from os import system as s\nfrom lib2to3.__main__ import x\ndef g(a: s, b: antigravity.x, c: this, d: __hello__, e: idlelib.idle) -> evil.D:\n    pass" + _USE,
    "star_imports": {"mod.py": "from evil import *\nfrom os import *\ndef f(a: C, b: environ, c=system):\n    pass\n", "evil.py": "PWN\nclass C(PWN):\n    x: PWN\n"},
    "shadowing": {"mod.py": "from pydantic import BaseModel\nimport email_validator\nfrom pydantic import EmailStr\nclass C(BaseModel):\n    e: EmailStr = 'a@b.c'" + _USE, "email_validator.py": "PWN\n", "pydantic.py": "PWN\nclass BaseModel: pass\n", "typing.py": "PWN\n", "dataclasses.py": "PWN\n"},
    "conftest": {"mod.py": "def f(x: int):\n    pass\n", "sitecustomize.py": "PWN\n", "usercustomize.py": "PWN\n", "encodings.py": "PWN\n", "griffe.py": "PWN\n"},
    "encoding": "# -*- coding: evil -*-\ndef f(x: int):\n    pass\n",
    "docstrings": "def f(x, y):\n    '''Do.\n\n    Args:\n        x (PWN): It.\n        y (list[PWN]): It.\n\n    Returns:\n        PWN: It.\n\n    >>> f(PWN, 1)\n    PWN\n    '''\n",
    "class_docstring": _HEAD + "class C(BaseModel):\n    '''C.\n\n    Attributes:\n        x (PWN): It.\n    '''\n    x: int\n    'PWN'" + _USE,
    "overloads": _HEAD + "@overload\ndef f(a: 'PWN') -> int: ...\n@overload\ndef f(a: PWN) -> str: ...\ndef f(a):\n    pass\n",
    "partials": _HEAD + "def g(x, y):\n    pass\nf = functools.partial(g, PWN, y=PWN)\nh = functools.partial(os.system, 'touch PWNED')\nk = functools.partialmethod(PWN)\n",
    "app": "from apispec import App\napp = App(title=PWN)\n@app.endpoint(name=PWN, examples=[PWN], responses={404: {'model': ['PWN']}, 409: {'model': 'PWN'}}, summary='{{ PWN }}')\ndef f(x: int) -> int:\n    pass\napp.add(print)\napp.add(eval, name='e')\napp.add(__import__('os').system)\n",
    "app_options": "from apispec import App, File\nfrom apispec.introspection import isolated\nimport apispec.cli\napp = App('x', **PWN)\napp.run = PWN\n@app.endpoint(annotations={'a': PWN}, raises={404: PWN})\ndef f(x: File, y: isolated.introspect, z: apispec.cli.x) -> int:\n    pass\n",
    "arithmetic": "X = 10 ** 10 ** 10\nY = 'a' * 10 ** 10\nZ = '%s' % PWN\nW = f'{PWN}'\nV = ['a'] * 10 ** 9\nU = 1 << 10 ** 9\ndef f(a=X, b=Y, c=Z, d=W, e=V, g=U):\n    pass\n",
    "format_attributes": "X = '{0.__class__}'.format(1)\nY = (1).__class__.__base__.__subclasses__()\ndef f(a=X, b=Y, c=().__class__, d=f.__globals__):\n    pass\n",
    "literals": _HEAD + "def f(a: Literal[PWN], b: Literal['PWN'], c: Annotated[int, PWN], d: Annotated['PWN', Field(gt=PWN)]):\n    pass\n",
    "comprehensions": "X = [PWN for _ in range(1)]\nclass C:\n    y = [PWN for _ in range(1)]\ndef f(a=X, b: {PWN} = 1, c: [PWN for x in y] = 2):\n    pass\n",
    "if_and_try": "if PWN:\n    def f(x: int): pass\ntry:\n    PWN\nexcept PWN:\n    def g(x: int): pass\nwith PWN:\n    def h(x: int): pass\nwhile PWN:\n    pass\n",
    "default_class_calls": _HEAD + "import pathlib, decimal, uuid, datetime, threading, subprocess, socket\nclass C(BaseModel):\n    a: str = Field(default_factory=subprocess.Popen)\n"
    "    b: Any = pathlib.Path('PWNED').touch()\n    c: Any = threading.Thread(target=os.system, args=('touch PWNED',)).start()\n    d: Any = socket.socket()" + _USE,
    "descriptors": _HEAD + "class P(property):\n    def __get__(self, *a):\n        PWN\nclass C:\n    x = P()\n    y: int = x\nZ = C.x\ndef g(a=C.x, b=Z):\n    pass" + _USE,
    "hash_and_eq": _HEAD + "class K(str):\n    def __hash__(self):\n        PWN\n    def __eq__(self, o):\n        PWN\nX = {K('a'): 1}\nclass C(TypedDict):\n    x: Literal[K('a')]\ndef g(a=X, b: Literal[K('b')] = K('b')):\n    pass" + _USE,
    "enum_hooks": _HEAD + "class C(str, enum.Enum):\n    def __new__(cls, v):\n        PWN\n    def _generate_next_value_(*a):\n        PWN\n    _ignore_ = 'PWN'\n    A = 'a'\n    B = enum.auto()\n    @classmethod\n    def _missing_(cls, v):\n        PWN\nX = C('q')\ndef g(c: C = C('a'), d=C['B']):\n    pass" + _USE,
    "sequence_of_types": _HEAD + "class B:\n    @classmethod\n    def __class_getitem__(cls, x):\n        PWN\nC = B[int]" + _USE,
    "string_methods": "X = 'a'.join(['b'])\nY = str(PWN)\nZ = int('1', base=PWN)\nW = bytes(10 ** 10)\nV = list(range(10 ** 9))\ndef f(a=X, b=Y, c=Z, d=W, e=V):\n    pass\n",
    "syntax": _HEAD + "match PWN:\n    case _:\n        def f(x: int): pass\nasync def g(x: 'await PWN', y: 'lambda: PWN', z: '(yield)'):\n    async with PWN:\n        yield\n",
    "deep": "def f(x: " + "list[" * 90 + "PWN" + "]" * 90 + ", y: '" + "(" * 150 + "PWN" + ")" * 150 + "'):\n    pass\n",
    "walrus_and_lambdas": _HEAD + "X = (Y := PWN)\ndef f(a=(b := PWN), c=lambda: PWN, d=(lambda: PWN)(), e: 'Annotated[int, (z := PWN)]' = 1, *, g=[PWN for _ in 'a']):\n    pass\n",
    "match_binds": _HEAD + "match PWN:\n    case {'C': C, **rest} if PWN:\n        pass\n    case evil.C(x=C):\n        X = PWN" + _USE,
    "coding_utf_7": "# coding: utf_7\nX = 1\ndef f(x: int):\n    pass\n",
    "coding_raw_unicode": "# vim: set fileencoding=raw_unicode_escape :\ndef f(x: 'PWN'):\n    '\\u0041'\n",
    "own_codec": {"mod.py": "# coding: latin-1\nimport codecs\ncodecs.register(lambda n: PWN)\ndef f(x: int = codecs.decode('x', 'evil')):\n    pass\n", "encodings/__init__.py": "PWN\n", "encodings/evil.py": "PWN\n", "codecs.py": "PWN\n"},
    "pth_and_zip": {"mod.py": "import sys\nsys.path.insert(0, 'evil.zip')\n__path__ = ['evil.zip']\nfrom evil import C" + _USE, "evil.pth": "import os; PWN\n", "site-packages/x.pth": "import os; PWN\n", "pyvenv.cfg": "home = .\n", "evil.zip": "PWN\n", "pyproject.toml": "[build-system]\nbuild-backend = 'evil'\nbackend-path = ['.']\n", "setup.py": "PWN\n"},
    "package_stub": {"mod.py": "from pack import C\nfrom pack.sub import D" + _USE + "def g(d: D) -> D: ...\n", "pack/__init__.pyi": "import sys\nif PWN:\n    class C(PWN):\n        x: PWN\nclass C: ...\n", "pack/__init__.py": "PWN\nclass C: pass\n", "pack/sub/__init__.pyi": "D = PWN\n", "pack/sub.py": "PWN\n", "pack/py.typed": "PWN\n"},
    "namespace_package": {"mod.py": "from space.inner import C\nimport space.inner as s\ndef g(x: s.C, y: 'space.inner.C'): ...\n" + _USE, "space/inner.py": "PWN\n__path__ = PWN\nclass C(PWN):\n    x: 'PWN'\n"},
    "stubs_folder": {"mod.py": "from evil import C" + _USE, "evil-stubs/__init__.pyi": "C = PWN\n", "typings/evil.pyi": "C = PWN\n", "stubs/evil.pyi": "C = PWN\n"},
    "type_defaults": _HEAD + "T = typing_extensions.TypeVar('T', bound='PWN', default='PWN')\nP = typing_extensions.ParamSpec('P', default=[PWN])\nU = TypeVar('U', PWN, 'PWN')\nclass C(Generic[T]):\n    x: T" + _USE,
    "alias_types": _HEAD + "A = typing_extensions.TypeAliasType('A', 'PWN')\nB = typing_extensions.TypeAliasType('B', PWN, type_params=(PWN,))\nD: TypeAlias = 'PWN'\ndef f(a: A, b: B, c: D, d: 'A[PWN]'):\n    pass\n",
    "unpacked": _HEAD + "class K(TypedDict, total=PWN, closed='PWN', extra_items=PWN):\n    x: typing_extensions.Required['PWN']\n    y: typing_extensions.ReadOnly[PWN]\ndef f(*args: 'typing_extensions.Unpack[PWN]', **kw: typing_extensions.Unpack[K]):\n    pass\n",
    "guards": _HEAD + "def f(a: 'typing_extensions.TypeIs[PWN]', b: Callable[[PWN], 'PWN'], c: Concatenate['PWN', ...], d: Self, e: LiteralString, g: 'int if PWN else str', h: 'a.b.PWN', i: -PWN, j: f'{PWN}', k: b'PWN'):\n    pass\n",
    "class_syntax": _HEAD + "class M(type):\n    @classmethod\n    def __prepare__(m, *a, **k):\n        PWN\n    def __instancecheck__(c, o):\n        PWN\n    def __or__(c, o):\n        PWN\n    def __iter__(c):\n        PWN\nclass C(metaclass=M, **PWN):\n    __slots__ = PWN\n    __match_args__ = PWN\n    x: int = 1\ndef g(c: C | int, *d: *C):\n    pass" + _USE,
    "dunder_module": "__all__ = PWN\n__getattr__ = lambda n: PWN\n__dir__ = lambda: PWN\n__path__ = ['/']\n__spec__ = PWN\n__loader__ = PWN\n__builtins__ = {'int': PWN, '__import__': PWN}\n__annotations__ = {'x': 'PWN'}\n__annotate__ = lambda f: PWN\n__debug_x = PWN\ndef f(x: int, y=__loader__, z=__spec__):\n    pass\nf.__annotations__ = {'x': PWN}\nf.__signature__ = PWN\nf.__wrapped__ = PWN\nf.__defaults__ = (PWN,)\nf.__annotate__ = lambda f: PWN\n",
    "wrapped": _HEAD + "def deco(g):\n    PWN\n    return g\n@functools.wraps(PWN)\n@deco\n@functools.singledispatch\n@functools.lru_cache(maxsize=PWN)\n@typing.no_type_check\n@typing_extensions.deprecated(PWN)\ndef f(x: 'PWN', y: int = PWN):\n    pass\n@f.register\ndef _(x: PWN):\n    pass\n",
    "assignments": _HEAD + "globals()['C'] = PWN\nvars()['D'] = PWN\nsetattr(os, 'x', PWN)\nC, *D = PWN, PWN\n[E] = [PWN]\nfor G in PWN:\n    pass\nwith PWN as H:\n    pass\ndel os\ndef g(a=D, b=E, c=G, d=H):\n    pass" + _USE,
    "async_and_exec": _HEAD + "exec('PWN')\neval('PWN')\ncompile('PWN', '', 'exec')\nimport importlib\nC = importlib.import_module('evil').C\nD = __import__('evil').D\nE = typing.ForwardRef('PWN')._evaluate(globals(), {}, frozenset())\nasync def g(a: C, b: D, c: E, d=exec('PWN')):\n    yield PWN\n",
    "pickled": _HEAD + "import pickle, marshal, types, ctypes, yaml\nX = pickle.loads(b\"cos\\nsystem\\n(S'touch PWNED'\\ntR.\")\nY = types.FunctionType(compile('PWN', '', 'exec'), {})()\nclass C(BaseModel):\n    x: Any = pickle.loads(X)\n    def __reduce__(self):\n        return os.system, ('touch PWNED',)\ndef g(a=X, b=Y, c=ctypes.CDLL('evil.so')):\n    pass" + _USE,
    "generic_defs": _HEAD + "class C[T: PWN = PWN]:\n    x: T\ntype A[*Ts = *PWN] = PWN\ndef f[**P = [PWN]](a: A['PWN'], b: C[PWN]):\n    pass\n",
}  # fmt: skip
MODULES |= _PLAIN


def write(folder: Path) -> list[str]:
    """Write the modules, each into a folder of its own; their names."""
    for name, texts in MODULES.items():
        inside = folder / name
        mark = str(inside / "PWNED")
        expression = f"open(bytes({list(mark.encode())}).decode(), chr(119))"
        files = {"mod.py": texts} if isinstance(texts, str) else texts
        for file, text in {"evil.py": "PWN\nC = D = PWN\n", **files}.items():
            path = inside / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(
                text.replace("touch PWNED", f"touch {mark}").replace("PWNED", mark).replace(PWN, expression)
            )
    return list(MODULES)


def read_one(folder: Path) -> dict[str, Any]:
    """Read one module in this process, which is sealed by it: what it tried, and the names of its endpoints."""
    from apispec.introspection import Options
    from apispec.introspection.static import read, seal
    from apispec.introspection.target import resolve

    tried: list[str] = []

    class Noted(RuntimeError):
        def __init__(self, text: str) -> None:
            tried.append(text)
            super().__init__(text)

    opened: list[str] = []
    seal.SealedError = Noted  # type: ignore[misc]
    libraries = (sys.prefix, sys.base_prefix, *(p for p in sys.path if p))
    target = resolve(str(folder / "mod.py"))
    before = set(sys.modules)
    seal.seal()

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str):
            path = os.path.realpath(arguments[0])
            if not path.startswith((str(folder), *libraries)):
                opened.append(path)

    sys.addaudithook(watch)
    problem = ""
    names: list[str] = []
    try:
        names = [e.name for e in read(target, Options(static=True)).api.endpoints]
    except BaseException as error:
        problem = f"{type(error).__name__}: {error}"
    foreign = [
        name for name in set(sys.modules) - before
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(folder))
    ]  # fmt: skip
    return {"tried": tried, "opened": opened, "imported": foreign, "problem": problem, "names": names}


def main(folder: Path) -> None:
    """Read every module, each in a process of its own; print what each did, as JSON."""
    import apispec.introspection.endpoints
    import apispec.introspection.static  # noqa: F401 - before the forks, so that each costs little

    results = {}
    for name in write(folder):
        out, into = os.pipe()
        child = os.fork()
        if child == 0:
            os.chdir(folder / name)
            result = read_one(folder / name)
            os.write(into, json.dumps(result).encode())
            os._exit(0)
        os.close(into)
        with os.fdopen(out, "rb") as stream:
            results[name] = json.loads(stream.read() or b'{"problem": "no answer"}')
        os.waitpid(child, 0)
        results[name]["harmed"] = (folder / name / "PWNED").exists()
    sys.stdout.write(json.dumps(results))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
