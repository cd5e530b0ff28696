"""Kinds of changes of request bodies."""

from __future__ import annotations

from apispec.changes.kind import Level, pair, symmetric

BREAKING, RISKY, SAFE = Level.BREAKING, Level.RISKY, Level.SAFE

pair(
    ("required-body-added", BREAKING, "An operation needs a request body now.", "Calls without one are refused."),
    ("required-body-removed", RISKY, "An operation takes no request body any more.", "What callers send is ignored."),
    "post: {}",
    "post: {requestBody: {required: true, content: {application/json: {schema: {type: string}}}}}",
)
pair(
    ("body-added", SAFE, "An operation takes a request body now.", "It may be left out."),
    ("body-removed", RISKY, "An operation takes no request body any more.", "What callers send is ignored."),
    "post: {}",
    "post: {requestBody: {content: {application/json: {schema: {type: string}}}}}",
)
pair(
    (
        "body-became-required",
        BREAKING,
        "A request body that was optional is required.",
        "Calls without one are refused.",
    ),
    ("body-became-optional", SAFE, "A request body that was required is optional.", "Callers may go on sending it."),
    "post: {requestBody: {content: {application/json: {schema: {type: string}}}}}",
    "post: {requestBody: {required: true, content: {application/json: {schema: {type: string}}}}}",
)
pair(
    (
        "request-media-type-removed",
        BREAKING,
        "A request body may not be of a media type any more.",
        "Callers that send it are refused (415).",
    ),
    ("request-media-type-added", SAFE, "A request body may be of one more media type.", "Callers may go on as before."),
    "post: {requestBody: {content: {application/json: {}, application/xml: {}}}}",
    "post: {requestBody: {content: {application/json: {}}}}",
)
pair(
    (
        "request-media-range-narrowed",
        BREAKING,
        "A request body may be of fewer media types.",
        "Callers that send another one are refused (415).",
    ),
    ("request-media-range-widened", SAFE, "A request body may be of more media types.", "Callers may go on as before."),
    'post: {requestBody: {content: {"image/*": {}}}}',
    "post: {requestBody: {content: {image/png: {}}}}",
)
_FORM = "post: {requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}}}"
pair(
    (
        "encoding-narrowed",
        BREAKING,
        "A field of a form may be of fewer media types.",
        "Callers that send another one are refused.",
    ),
    ("encoding-widened", SAFE, "A field of a form may be of more media types.", "Callers may go on as before."),
    _FORM + ', encoding: {f: {contentType: "image/png, image/jpeg"}}}}}}',
    _FORM + ", encoding: {f: {contentType: image/png}}}}}}",
)
pair(
    (
        "part-header-became-required",
        BREAKING,
        "The part of a form must have a header.",
        "Callers that send the part without it are refused.",
    ),
    ("part-header-became-optional", SAFE, "The part of a form need not have a header.", "Callers may go on as before."),
    _FORM + "}}}}",
    _FORM + ", encoding: {f: {headers: {X-Hash: {required: true, schema: {type: string}}}}}}}}}",
)
symmetric(
    "encoding-style-changed",
    BREAKING,
    "A field of a form is written in another way.",
    "Lists and objects are sent in a form that the server does not read any more.",
    _FORM + ", encoding: {f: {style: form, explode: true}}}}}}",
    _FORM + ", encoding: {f: {style: form, explode: false}}}}}}",
)
