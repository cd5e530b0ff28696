"""Values for names that are met everywhere. A name is split into its words: the whole of it counts, then its last two
words, then its last; what is ambiguous by its last word alone counts as a whole only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CHUNKS = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def _table(*rows: tuple[str, str]) -> dict[str, str]:
    return {key: value for value, keys in rows for key in keys.split()}


_ENDS = _table(
    ("ada@example.com", "email mail e_mail email_address mail_address emails"),
    ("https://example.com/", "url uri link href website webhook homepage web_address site_url"),
    ("https://example.com/image.png", "image_url photo_url avatar_url icon_url logo_url thumbnail_url picture_url "
     "image_uri avatar photo thumbnail"),
    ("Ada", "first_name given_name forename firstname middle_name preferred_name"),
    ("Lovelace", "last_name family_name surname lastname"),
    ("Ada Lovelace", "full_name display_name fullname author_name owner_name customer_name contact_name"),
    ("ada", "username user_name login nickname screen_name author owner assignee user created_by updated_by "
     "modified_by"),
    ("Example Ltd", "company company_name organization_name organisation_name employer vendor manufacturer"),
    ("A title", "title subtitle headline caption"),
    ("Engineer", "job_title"),
    ("Paris", "city town locality"),
    ("France", "country country_name"),
    ("FR", "country_code"),
    ("75001", "zip zip_code zipcode postal_code postalcode postcode post_code plz"),
    ("1 Main Street", "street street_address street_name address_line_1 address_line1 address_line address_1 address1 "
     "line_1 line1 home_address billing_address shipping_address postal_address mailing_address delivery_address"),
    ("+12025550123", "phone phone_number mobile mobile_number telephone tel fax cell msisdn"),
    ("EUR", "currency currency_code"),
    ("9.99", "price amount cost"),
    ("DE89370400440532013000", "iban"),
    ("DEUTDEFF", "bic swift"),
    ("en", "language lang language_code accept_language"),
    ("en-US", "locale locale_code"),
    ("Europe/Paris", "timezone time_zone tz"),
    ("2026-01-15", "date birthday dob birthdate day_of_birth"),
    ("2026-01-15T09:30:00Z", "at timestamp date_time datetime start_time end_time created_time updated_time "
     "expiration_time expiry_time creation_time update_time create_time modified_time publish_time "
     "last_modified last_updated date_created date_modified date_updated date_added"),
    ("4b825dc642cb6eb9a060e54bf8d69288fbee4904", "sha sha1 commit commit_id commit_hash"),
    ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "sha256 sha_256"),
    ("d41d8cd98f00b204e9800998ecf8427e", "hash checksum digest md5 fingerprint thumbprint"),
    ("main", "branch branch_name default_branch git_ref"),
    ("1.0.0", "version version_name version_number"),
    ("v1.0.0", "tag_name release_name git_tag"),
    ("#3366cc", "color colour"),
    ("text/plain", "mime mime_type content_type media_type mimetype"),
    ("file.txt", "filename file_name file"),
    ("folder/file.txt", "path file_path filepath"),
    ("folder", "dir directory folder folder_name"),
    ("example", "slug handle subdomain permalink org organization organisation repo repository repo_name "
     "repository_name alias bucket bucket_name namespace "
     "friendly_name short_name unique_name common_name internal_name public_name new_name old_name original_name"),
    ("example.com", "domain domain_name hostname host host_name fqdn"),
    ("192.0.2.1", "ip ip_address ip_addr ipaddress ipv4"),
    ("2001:db8::1", "ipv6 ipv6_address"),
    ("192.0.2.0/24", "cidr subnet cidr_block"),
    ("00:00:5e:00:53:01", "mac mac_address"),
    ("Mozilla/5.0", "user_agent"),
    ("3fa85f64-5717-4562-b3fc-2c963f66afa6", "uuid guid"),
    ("abc123", "cursor page_token next_page_token next_token skip_token continuation_token pagination_token sync_token "
     "resume_token marker page_cursor"),
    ("correct horse", "password passphrase"),
    ("hello", "query q search search_term search_text keyword keywords"),
    ("name", "sort_by order_by orderby group_by sort_field sort_key fields"),
    ("asc", "sort_order sort_dir sort_direction order_direction"),
    ("1", "page page_number page_no page_num per_page page_size count quantity max_results page_limit"),
    ("10", "limit"),
    ("2026", "year"),
    ("123456", "number"),
    ("4111111111111111", "card_number"),
    ("ABC-123", "sku"),
    ("48.8566", "lat latitude geo_lat"),
    ("2.3522", "lon lng longitude geo_long geo_lon"),
    ("48.8566,2.3522", "lat_lng latlng lat_lon lat_long coordinates"),
    ("arn:aws:s3:::example", "arn"),
    ("<p>Hello</p>", "html html_content html_body"),
    ("Hello", "text message prompt comment question greeting"),
    ("SELECT 1", "sql sql_query"),
    ("[a-z]+", "regex regexp"),
    ("0 9 * * 1", "cron cron_expression"),
    ("9780306406157", "isbn"),
)  # fmt: skip
"""By the end of a name."""

_WHOLES = _table(
    ("Ada", "name"),
    ("main", "ref base head"),
    ("asc", "order direction"),
    ("name", "sort field select"),
    ("json", "format"),
    ("1 Main Street", "address"),
    ("https://example.com/", "endpoint"),
    ("0", "offset skip"),
    ("1", "top size total month day number"),
    ("8080", "port"),
    ("2026-01-15T09:30:00Z", "created updated modified since until expires"),
    ("09:30", "time"),
    ("Hello", "body subject content note notes"),
)  # fmt: skip
"""By the whole of a name, which says less at the end of a longer one."""

_NUMBERS: dict[str, float] = {
    "lat": 48.8566, "latitude": 48.8566, "lon": 2.3522, "lng": 2.3522, "longitude": 2.3522, "geo_long": 2.3522,
    "year": 2026, "port": 8080, "timestamp": 1768469400, "at": 1768469400, "epoch": 1768469400, "status_code": 200,
    "http_status": 200, "percent": 50, "percentage": 50, "age": 36, "price": 9.99,
    "zip": 75001, "postal_code": 75001, "zip_code": 75001,
}  # fmt: skip
"""By the end of a name; a whole number is one for integers too."""

_COUNTED = frozenset((
    "id", "ids", "count", "counts", "page", "pages", "size", "limit", "offset", "index", "number", "quantity",
    "results", "order", "rank", "week", "month", "day", "total", "no", "skip", "top", "items", "position", "sequence",
    "version",
))  # fmt: skip
"""Ends of names of what is a whole number, whatever its type is called."""


def words(name: str) -> list[str]:
    """The words of a name, in lower case: `petId`, `pet_id` and `pet-id` are the same."""
    return [word.lower() for chunk in _CHUNKS.findall(name) for word in _CAMEL.split(chunk)]


def texts_for(name: str) -> Iterator[str]:
    """Telling texts for a name, the most telling first; none where the name itself says more."""
    parts = words(name)
    whole = "_".join(parts)
    if whole in _WHOLES:
        yield _WHOLES[whole]
    for size in range(min(len(parts), 3), 0, -1):
        found = _ENDS.get("_".join(parts[-size:]))
        if found is not None:
            yield found
            return
    if parts and parts[-1] in ("id", "uid", "identifier"):
        yield f"{'-'.join(parts[:-1])}-1" if len(parts) > 1 else "abc123"
    elif len(parts) > 1 and parts[-1] == "no":
        yield "123456"
    elif len(parts) > 1 and parts[-1] == "name" and parts[-2] not in ("or", "and", "of", "by"):
        yield "-".join(parts[:-1])


def numbers_for(name: str, kind: str) -> Iterator[int | float]:
    """Telling numbers for a name.

    Args:
        name: Of a parameter or property.
        kind: `integer` or `number`.
    """
    parts = words(name)
    for size in (2, 1):
        found = _NUMBERS.get("_".join(parts[-size:])) if size <= len(parts) else None
        if found is not None and (kind == "number" or found == int(found)):
            yield int(found) if found == int(found) else found
            return
    if parts and (parts[-1] in _COUNTED or parts[:2] == ["number", "of"]):
        yield 1
