"""Whether a request carries credentials of the kind that an endpoint asks for; whose they are is not judged."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request

from apispec.model import Api, Endpoint
from apispec.runtime import Problem


def check(request: Request, endpoint: Endpoint, api: Api) -> None:
    """Refuse a request without the credentials of any of the alternatives.

    Raises:
        Problem: 401.
    """
    wanted = api.security if endpoint.security is None else endpoint.security
    if not wanted or any(all(_is_there(request, api.security_schemes.get(n, {})) for n in one) for one in wanted):
        return
    names = " or ".join(" and ".join(one) for one in wanted)
    challenges = [_challenge(api.security_schemes.get(name, {})) for one in wanted for name in one]
    headers = {"WWW-Authenticate": next((c for c in challenges if c), "")}
    raise Problem(
        401, f"The request carries no credentials for {names}.", headers={k: v for k, v in headers.items() if v}
    )


def _is_there(request: Request, scheme: Mapping[str, object]) -> bool:
    kind, place = scheme.get("type"), str(scheme.get("in", ""))
    name = str(scheme.get("name", ""))
    if kind == "apiKey":
        where = {"header": request.headers, "query": request.query_params, "cookie": request.cookies}.get(place, {})
        return bool(where.get(name))
    given = request.headers.get("authorization", "").partition(" ")[0].lower()
    if kind == "http":
        return given == str(scheme.get("scheme", "")).lower()
    if kind in ("oauth2", "openIdConnect"):
        return given == "bearer"
    return True  # mutual TLS ends before this server


def _challenge(scheme: Mapping[str, object]) -> str:
    if scheme.get("type") == "http":
        kind = str(scheme.get("scheme", "")).lower()
        return {"basic": 'Basic realm="mock"', "bearer": "Bearer", "digest": 'Digest realm="mock", nonce="mock"'}.get(
            kind, ""
        )
    return "Bearer" if scheme.get("type") in ("oauth2", "openIdConnect") else ""
