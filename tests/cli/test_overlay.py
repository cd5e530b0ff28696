"""What configuration says, put over what was read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from apispec.config import Config
from apispec.errors import ConfigError
from apispec.introspection.configured import overlay
from apispec.model import Api, Contact, Endpoint, License, Server, ServerVariable, Tag

READ = Api(
    title="Read", version="1", endpoints=(Endpoint(name="a"), Endpoint(name="b", callable=False)), tags=(Tag(name="t"),)
)


def test_nothing_said_changes_nothing() -> None:
    assert overlay(READ, Config()) is READ


def test_everything_can_be_said() -> None:
    config = Config(
        title="Said",
        api_version="2",
        summary="One line.",
        description="More.",
        servers=(
            "https://a.test",
            {"url": "https://{x}.test", "variables": {"x": {"default": "b", "enum": ["b", "c"]}}},
        ),
        tags=("one", {"name": "two", "description": "Second."}),
        contact={"name": "Us", "email": "us@example.com"},
        license={"name": "MIT", "identifier": "MIT"},
        terms_of_service="https://a.test/terms",
        external_docs={"url": "https://a.test/more"},
        security_schemes={"key": {"type": "http", "scheme": "bearer"}},
        security=("key", {"key": ["read"]}),
        leave_out_uncallable=True,
    )
    assert overlay(READ, config) == Api(
        title="Said",
        version="2",
        summary="One line.",
        description="More.",
        servers=(
            Server(url="https://a.test"),
            Server(url="https://{x}.test", variables={"x": ServerVariable(default="b", enum=("b", "c"))}),
        ),
        tags=(Tag(name="one"), Tag(name="two", description="Second.")),
        contact=Contact(name="Us", email="us@example.com"),
        license=License(name="MIT", identifier="MIT"),
        terms_of_service="https://a.test/terms",
        external_docs={"url": "https://a.test/more"},
        security_schemes={"key": {"type": "http", "scheme": "bearer"}},
        security=({"key": []}, {"key": ["read"]}),
        endpoints=(Endpoint(name="a"),),
    )


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (Config(contact={"nam": "Us"}), "contact.nam: there is no such key"),
        (Config(servers=({"uri": "https://a.test"},)), "servers.uri: there is no such key"),
        (Config(license={"identifier": "MIT"}), "license.name: "),
        (Config(tags=({"name": 3},)), "tags.name: "),
        (Config(security=("key",)), "security: there is no security scheme 'key'"),
        (Config(servers=("example.com",)), "servers: this is not a server's URL: 'example.com'"),
        (Config(security_schemes={"key": "bearer"}), "security-schemes.key: "),
    ],
)
def test_mistakes_are_named(config: Config, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        overlay(READ, config)
    assert str(caught.value).startswith(message)


def test_security_that_a_source_names_must_be_declared_but_a_documents_is_judged_by_rules() -> None:
    with pytest.raises(ConfigError, match="there is no security scheme 'key'\n  hint: there are none; declare"):
        overlay(Api(title="T", security=({"key": []},)), Config())
    document = Api(title="T", security=({"key": []},), source="openapi")
    assert overlay(document, Config()) is document


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://h.test", "https://h.test/v1"),
        ("https://h.test/", "https://h.test/"),
        ("https://h.test/v2", "https://h.test/v2"),
        ("https://{x}.test", "https://{x}.test"),
    ],
)
def test_a_host_alone_keeps_the_path_of_a_documents_server(given: str, expected: str) -> None:
    read = replace(READ, servers=(Server(url="/v1"),), document={})
    assert overlay(read, Config(servers=(given,))).servers == (Server(url=expected),)
    elsewhere = replace(read, servers=(Server(url="https://there.test/v1"),))
    assert overlay(elsewhere, Config(servers=(given,))).servers == (Server(url=given),)
