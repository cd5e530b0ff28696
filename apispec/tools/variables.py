"""The environment variables that calls of an Api's tools may read."""

from __future__ import annotations

from apispec.clients import VARIABLE
from apispec.model import Api, GradioCall
from apispec.requests import GRADIO_LOGIN, variables_of, ways
from apispec.tools.choosing import chosen
from apispec.tools.said import about, said_of

_CARRIED = ("apiKey", "http", "oauth2", "openIdConnect")


def needed(api: Api) -> list[str]:
    """Their names, in the order in which they come up: of credentials, of hidden parameters, of headers."""
    found: dict[str, None] = {}
    known = variables_of(api)
    of_scheme = {
        name: (*known.get(name, ()), *_client(scheme, known.get(name, ())))
        for name, scheme in api.security_schemes.items()
        if scheme.get("type") in _CARRIED
    }
    endpoints, _ = chosen(api, about(api, said_of(api, [])))
    for endpoint in endpoints:
        if isinstance(endpoint.call, GradioCall):
            found.update(dict.fromkeys(env.name for env in GRADIO_LOGIN) if endpoint.call.login else {})
            continue
        for way in ways(endpoint, api):
            found.update(dict.fromkeys(variable for name in way for variable in of_scheme.get(name, ())))
    tables = [*api.tooling.parameters.values()]
    tables += [p for operation in api.tooling.operations.values() for p in operation.get("parameters", {}).values()]
    found.update(dict.fromkeys(str(table["env"]) for table in tables if "env" in table))
    found.update(dict.fromkeys(v for _, text in api.tooling.headers for v in VARIABLE.findall(text)))
    return list(found)


def _client(scheme: dict[str, object], names: tuple[str, ...]) -> tuple[str, ...]:
    """The variables of an OAuth 2 client that fetches its tokens itself."""
    flows = scheme.get("flows")
    if not (isinstance(flows, dict) and "clientCredentials" in flows):
        return ()
    return tuple(f"{name}_CLIENT_{part}" for name in names for part in ("ID", "SECRET"))
