"""From arguments to one request: URL, query, headers, credentials and body, as OpenAPI says.

Here: parameter styles, bodies, XML, security. Not here: inventing arguments (`apispec.examples`), writing requests as
code (`apispec.snippets`), sending them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.requests.body_text import essence as essence
    from apispec.requests.body_text import is_written as is_written
    from apispec.requests.body_text import is_xml as is_xml
    from apispec.requests.body_text import is_yaml as is_yaml
    from apispec.requests.body_text import written as written
    from apispec.requests.call import GRADIO_LOGIN as GRADIO_LOGIN
    from apispec.requests.call import WHOLE_QUERY as WHOLE_QUERY
    from apispec.requests.call import argument_names as argument_names
    from apispec.requests.call import body_name as body_name
    from apispec.requests.call import request as request
    from apispec.requests.credentials import Credentials as Credentials
    from apispec.requests.credentials import of_schemes as of_schemes
    from apispec.requests.credentials import variables_of as variables_of
    from apispec.requests.credentials import ways as ways
    from apispec.requests.http_request import FORM_TYPE as FORM_TYPE
    from apispec.requests.http_request import BodyKind as BodyKind
    from apispec.requests.http_request import FilePart as FilePart
    from apispec.requests.http_request import Request as Request
    from apispec.requests.http_request import is_binary as is_binary
    from apispec.requests.http_request import is_json as is_json
    from apispec.requests.http_request import variables as variables
    from apispec.requests.sendable import COOKIE_NAME as COOKIE_NAME
    from apispec.requests.sendable import MEDIA_TYPE as MEDIA_TYPE
    from apispec.requests.sendable import PART_NAME as PART_NAME
    from apispec.requests.sendable import TOKEN as TOKEN
    from apispec.requests.servers import DEFAULT_BASE_URL as DEFAULT_BASE_URL
    from apispec.requests.servers import absolute as absolute
    from apispec.requests.servers import base_url as base_url
    from apispec.requests.servers import has_address as has_address
    from apispec.requests.servers import is_relative as is_relative
    from apispec.requests.servers import server_url as server_url
    from apispec.requests.styles import STYLES as STYLES
    from apispec.requests.xml_reader import NoXmlError as NoXmlError
    from apispec.requests.xml_reader import load_xml as load_xml
else:
    __all__, __getattr__ = exports(
        __name__,
        body_text="essence is_written is_xml is_yaml written",
        call="GRADIO_LOGIN WHOLE_QUERY argument_names body_name request",
        credentials="Credentials of_schemes variables_of ways",
        http_request="BodyKind FORM_TYPE FilePart Request is_binary is_json variables",
        sendable="COOKIE_NAME MEDIA_TYPE PART_NAME TOKEN",
        servers="DEFAULT_BASE_URL absolute base_url has_address is_relative server_url",
        styles="STYLES",
        xml_reader="NoXmlError load_xml",
    )
