"""What looks like a credential in a text: URLs with a password, tokens and keys of well-known formats.

Each format has a fixed part, which is looked for first: large texts without one cost next to nothing.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable
from typing import Final

HIDDEN = "**********"
"""What is shown of a secret that stands in the source, as pydantic shows it."""

_FORMATS: Final[tuple[tuple[tuple[str, ...], str, str], ...]] = (
    (("://",), "a URL with a password",
     r"(?P<before>[A-Za-z][\w+.-]*://[^\s:/@\"'<>\\`]*:)(?P<secret>[^\s@/\"'<>\\`]+)(?=@)"),
    (("AKIA", "ASIA", "ABIA", "ACCA"), "an AWS access key", r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b"),
    (("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), "a GitHub token", r"\bgh[pousr]_[A-Za-z0-9]{30,}"),
    (("github_pat_",), "a GitHub token", r"\bgithub_pat_\w{20,}"),
    (("glpat-",), "a GitLab token", r"\bglpat-[\w-]{16,}"),
    (("xox", "xapp-"), "a Slack token", r"\b(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,}"),
    (("hooks.slack.com",), "a Slack web hook", r"hooks\.slack\.com/services/[A-Za-z0-9/]{20,}"),
    (("k_live_", "k_test_"), "a Stripe key", r"\b[prs]k_(?:live|test)_[A-Za-z0-9]{8,}"),
    (("whsec_",), "a Stripe web hook's secret", r"\bwhsec_[A-Za-z0-9+/=]{16,}"),
    (("sk-",), "an API key",
     r"\bsk-(?:live|test|prod|proj|ant|or|svcacct|admin|lf)[-_][\w-]{6,}|\bsk-[A-Za-z0-9]{20,}"),
    (("AIza",), "a Google API key", r"\bAIza[\w-]{30,}"),
    (("ya29.",), "a Google token", r"\bya29\.[\w-]{20,}"),
    (("GOCSPX-",), "a Google client secret", r"\bGOCSPX-[\w-]{20,}"),
    (("npm_",), "an npm token", r"\bnpm_[A-Za-z0-9]{30,}"),
    (("pypi-",), "a PyPI token", r"\bpypi-[\w-]{40,}"),
    (("hf_",), "a Hugging Face token", r"\bhf_[A-Za-z0-9]{20,}"),
    (("SG.",), "a SendGrid key", r"\bSG\.[\w-]{16,}\.[\w-]{16,}"),
    (("dop_v1_", "doo_v1_", "dor_v1_"), "a DigitalOcean token", r"\bdo[opr]_v1_[a-f0-9]{40,}"),
    (("shpat_", "shpss_", "shpca_", "shppa_"), "a Shopify token", r"\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{30,}"),
    (("eyJ",), "a JSON Web Token", r"\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+"),
    (("PRIVATE KEY",), "a private key",
     r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?:(?!-----END)[^\"])*(?:-----END [A-Z ]*PRIVATE KEY-----)?"),
    (("AccountKey=",), "an Azure storage key", r"(?P<before>AccountKey=)(?P<secret>[A-Za-z0-9+/=]{20,})"),
    (("assword", "PASSWORD", "wd", "WD"), "a connection string with a password",
     r"(?P<before>(?:;|(?:^|(?<=\"))(?=[^;\"]+;[^;\"=]+=))\s*(?i:password|pwd)\s*=\s*)(?P<secret>[^;\s\"'<>\\]+)(?=\s*(?:;|$|\"))"),
    (("assword=",), "a connection string with a password",
     r"(?P<before>\b(?:host|hostaddr|port|user|dbname|server)=[^\s=;\"']+\s+(?:\w+=[^\s;\"']*\s+)*password=)(?P<secret>[^\s;\"'<>\\]+)"),
    (("dapi",), "a Databricks token", r"\bdapi[0-9a-f]{30,}"),
    (("hvs.", "hvb."), "a Vault token", r"\bhv[bs]\.[\w-]{20,}"),
    (("lin_api_",), "a Linear key", r"\blin_api_\w{20,}"),
    (("AGE-SECRET-KEY-",), "an age key", r"\bAGE-SECRET-KEY-[0-9A-Z]{20,}"),
    ((":AA",), "a Telegram token", r"\b\d{8,10}:AA[\w-]{30,}"),
    (("Bearer ", "bearer "), "a bearer token",
     r"(?P<before>\b[Bb]earer )(?P<secret>(?=[^\s\"']*\d)[A-Za-z0-9._~+/-]{20,}=*)"),
)  # fmt: skip
"""What a text must hold, what it is then, and where in the text."""

_COMPILED: Final = tuple((anchors, what, re.compile(pattern)) for anchors, what, pattern in _FORMATS)
_ANY: Final = re.compile("|".join(re.escape(anchor) for anchors, _, _ in _FORMATS for anchor in anchors))
_ANCHORS: Final = tuple(anchor for anchors, _, _ in _FORMATS for anchor in anchors)
_LONG: Final = 2_000
"""From this length on, looking for each anchor by itself costs less than for all of them at every place."""
_PLACEHOLDER = re.compile(
    r"(?i)pass(?:word|wd)?|pwd|user|my[-_]?password|[x*.#•]+|<.*>|\$.*|\{.*\}|%.*|\[.*\]|\.\.\.|…"
    r"|(?:your|my|the|some)[-_ ].*"
)
_EXAMPLE = re.compile(r"EXAMPLE|xxxx|\.\.\.|…|0000000000|1234567890abcdef", re.IGNORECASE)
_SECRET_PARAMETER = re.compile(
    r"(?:^|_)(?:password|passwd|pwd|passphrase|secret|token|api_?key|access_?key|private_?key|secret_?key|credentials?)$",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(?:^|_)(?:auth|login|credentials?)$", re.IGNORECASE)
"""Names of what is a user and a password."""
_NAMED_KEYS = tuple(
    f'{end}":' for end in ("password", "passwd", "pwd", "phrase", "secret", "token", "key", "credential", "credentials")
)
"""How the keys of JSON end that name secrets."""
_HARMLESS = frozenset({
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "SHELL", "TERM", "PWD", "OLDPWD", "TZ", "EDITOR", "HOSTNAME",
    "VIRTUAL_ENV", "PYTHONPATH", "PYTHONHASHSEED", "SHLVL", "CI", "DEBUG", "COLUMNS", "LINES", "PS1", "NAME", "MODE",
    "HOST", "PORT", "ENV", "_",
})  # fmt: skip
_SHORTEST = 8


def hide(text: str, allowed: Iterable[str] = ()) -> str:
    """A text with its credentials masked."""
    if not (any(anchor in text for anchor in _ANCHORS) if len(text) > _LONG else _ANY.search(text)):
        return text
    for anchors, _, pattern in _COMPILED:
        if any(anchor in text for anchor in anchors):
            text = pattern.sub(_masked(allowed), text)
    return text


def kind(text: str, allowed: Iterable[str] = ()) -> str:
    """What credential a text holds, such as `a GitHub token`; empty where it holds none."""
    if len(text) < _SHORTEST or not _ANY.search(text):
        return ""
    for anchors, what, pattern in _COMPILED:
        if any(anchor in text for anchor in anchors):
            if any(_counts(match, allowed) for match in pattern.finditer(text)):
                return what
    return ""


def is_named(parameter: str, default: str) -> bool:
    """Whether a parameter's name says that its default is a secret, and it is no placeholder or plain word."""
    if not _SECRET_PARAMETER.search(parameter) or len(default) < 6 or any(c.isspace() for c in default):
        return False
    if _PLACEHOLDER.fullmatch(default) or re.fullmatch(r"(?i)change[-_]?me|none|null|default|auto|true|false", default):
        return False
    return any(c.isdigit() for c in default) or len(default) >= 16


def is_named_inside(name: str, value: object, depth: int = 0) -> bool:
    """Whether a value holds a secret by the name of a key or a field inside, or is a user and a password.

    Args:
        name: Of the value itself.
        value: A default; dicts, lists, tuples, dataclasses and models are looked into.
        depth: How deep in another one it is.
    """
    if depth > 8:
        return False
    if isinstance(value, str):
        return depth > 0 and is_named(name, value)
    if isinstance(value, (list, tuple)):
        if len(value) == 2 and _PAIR.search(name) and all(isinstance(one, str) for one in value):
            return is_named("password", value[1])
        return any(is_named_inside(name, one, depth + 1) for one in value[:1000])
    fields = value if isinstance(value, dict) else _fields(value)
    return any(is_named_inside(str(key), one, depth + 1) for key, one in list(fields.items())[:1000])


def _fields(value: object) -> dict[str, object]:
    known = getattr(type(value), "__dataclass_fields__", None) or getattr(type(value), "model_fields", None)
    held = getattr(value, "__dict__", None)
    return held if isinstance(known, dict) and isinstance(held, dict) else {}


def environment_values(source: str) -> frozenset[str]:
    """Values of the environment variables that a source names, in whichever case: what settings are read from."""
    lowered = source.lower()
    return frozenset(
        value
        for name, value in os.environ.items()
        if len(value) >= _SHORTEST and name not in _HARMLESS and len(name) > 3 and name.lower() in lowered
        and not value.replace(".", "").isdigit()
    )  # fmt: skip


def hide_in_json(data: bytes, allowed: Iterable[str] = ()) -> bytes:
    """JSON with the credentials in its texts masked, and defaults of what is named as a secret.

    The same bytes where there are none.
    """
    text = data.decode("utf-8", "surrogatepass")
    lowered = text.lower()
    if hide(text, allowed) == text and not any(end in lowered for end in _NAMED_KEYS):
        return data
    found = json.loads(text)
    masked = _walk(found, tuple(allowed))
    return data if masked == found else json.dumps(masked).encode()


def _walk(value: object, allowed: tuple[str, ...], in_default: bool = False) -> object:
    if isinstance(value, str):
        return hide(value, allowed)
    if isinstance(value, list):
        return [_walk(item, allowed, in_default) for item in value]
    if not isinstance(value, dict):
        return value
    out: dict[str, object] = {}
    for key, inner in value.items():
        if in_default and isinstance(inner, str) and inner not in allowed and is_named(key, inner):
            out[key] = HIDDEN
            continue
        within = inner
        if key == "properties" and isinstance(inner, dict) and not in_default:
            within = {name: _without_default(name, schema, allowed) for name, schema in inner.items()}
        out[key] = _walk(within, allowed, in_default or key == "default")
    return out


def _without_default(name: str, schema: object, allowed: tuple[str, ...]) -> object:
    """A property's schema, its default masked where the property's name says that it is a secret."""
    default = schema.get("default") if isinstance(schema, dict) else None
    if isinstance(default, str) and default not in allowed and is_named(name, default):
        return {**schema, "default": HIDDEN}  # type: ignore[dict-item]
    return schema


def _masked(allowed: Iterable[str]) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        if not _counts(match, allowed):
            return match[0]
        return f"{match['before']}{HIDDEN}" if "before" in match.re.groupindex else HIDDEN

    return replace


def _counts(match: re.Match[str], allowed: Iterable[str]) -> bool:
    secret = match["secret"] if "secret" in match.re.groupindex else match[0]
    if (
        HIDDEN in secret
        or secret in allowed
        or _EXAMPLE.search(secret)
        or any(one in match.string for one in allowed if one and match[0] in one)
    ):
        return False
    return not ("secret" in match.re.groupindex and _PLACEHOLDER.fullmatch(secret))
