"""Untrusted text: it must come out as the text it is, and as nothing else."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from apispec.literals import json_text
from apispec.rendering.pages.code import _coloured, _lexer, highlight
from apispec.rendering.pages.descriptions import _PLAIN, _parser, inline, is_safe_link, markdown
from apispec.rendering.pages.text import escape, heading, one_line, slug, visible
from tests.pages.samples import NASTY

ALLOWED = {
    "p": {"class"}, "a": {"href", "rel"}, "div": {"class"}, "span": {"class"}, "th": {"class"}, "td": {"class"}, "ol": {"start"},
    **{name: set() for name in ["em", "strong", "s", "code", "pre", "ul", "li", "blockquote", "table", "thead", "tbody", "tr", "hr", "br"]},
}  # fmt: skip
NO_EXTENSION = re.compile(r"[{}`~]|^--8<--|<!--", re.MULTILINE)


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""
        self.feed(str(html))
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        for name, value in attributes:
            assert name in ALLOWED[tag], (tag, name)
            assert name != "href" or is_safe_link(value or "")
        if tag not in ("hr", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError("a declaration")


nasty_text = st.one_of(
    st.text(), st.sampled_from(NASTY), st.lists(st.sampled_from([*NASTY, "\n", "- ", "> ", "# ", "    "])).map("".join)
)


@given(nasty_text)
def test_escaped_text_reads_as_it_was(text: str) -> None:
    assert unescape(escape(text)) == visible(text)
    assert not re.search(r"[<>\"'{}`~]", escape(text))


def test_escape_passes_markup_through_and_takes_anything() -> None:
    assert escape(Markup("<b>")) == "<b>"
    assert escape(3) == "3"


def test_control_characters_become_pictures() -> None:
    assert visible("a\x00\x1b\x7f\x85\r\nb\rc\u2028d\ud800\t") == "a\u2400\u241b\u2421\ufffd\nb\nc\nd\ufffd\t"


@given(nasty_text)
def test_everything_that_is_shown_can_be_written_as_utf8(text: str) -> None:
    for html in (escape(text), markdown(text), inline(text), heading(text), highlight(text, "python")):
        html.encode("utf-8")


@given(nasty_text)
def test_descriptions_hold_harmless_elements_only(text: str) -> None:
    html = markdown(text)
    Elements(html)
    assert not NO_EXTENSION.search(html)
    Elements(inline(text))
    assert "\n" not in inline(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>"),
        ("<b onclick=x>", "<p>&lt;b onclick=x&gt;</p>"),
        ("[a](https://a.example)", '<p><a href="https://a.example" rel="nofollow noopener">a</a></p>'),
        ("[a](../other/#x)", '<p><a href="../other/#x" rel="nofollow noopener">a</a></p>'),
        ("[a](javascript:x)", "<p>[a](javascript:x)</p>"),
        ("[a](file:///etc/passwd)", "<p>[a](file:///etc/passwd)</p>"),
        ("![a](https://a.example/i.png)", '<p><a href="https://a.example/i.png" rel="nofollow noopener">a</a></p>'),
        ("![](i.png)", '<p><a href="i.png" rel="nofollow noopener">image</a></p>'),
        ("# a", '<p class="api-subheading">a</p>'),
        ("{{ a }} {% b %}", "<p>&#123;&#123; a &#125;&#125; &#123;% b %&#125;</p>"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_descriptions(text: str, html: str) -> None:
    assert markdown(text) == html


def test_tables_are_aligned_without_inline_styles() -> None:
    html = markdown("| a | b | c | d |\n|---|--:|:-:|:--|\n| 1 | 2 | 3 | 4 |")
    assert (
        '<td>1</td>\n<td class="api-right">2</td>\n<td class="api-center">3</td>\n<td class="api-left">4</td>' in html
    )
    assert "style" not in html


@given(st.from_regex(_PLAIN, fullmatch=True, alphabet=st.characters(max_codepoint=0x7E)))
def test_plain_lines_are_what_commonmark_makes_of_them(text: str) -> None:
    assert markdown(text) == _parser().render(text).strip()
    assert inline(text) == _parser().renderInline(one_line(text))


def test_code_in_descriptions_is_coloured() -> None:
    assert '<div class="language-python highlight">' in markdown("```python\nx = 1\n```")
    assert '<div class="language-pycon highlight">' in markdown("    >>> f()\n    1")
    assert '<div class="language-text highlight">' in markdown("    plain")
    assert '<div class="language-text highlight">' in markdown("```no-such\nx\n```")


@given(nasty_text, st.sampled_from(["python", "javascript", "bash", "json", "toml", "", "nonsense"]))
def test_code_reads_as_it_was(text: str, language: str) -> None:
    html = highlight(text, language)
    assert Elements(html).text.strip("\n") == visible(text).strip("\n")
    assert not NO_EXTENSION.search(html)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | nasty_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(nasty_text, inner, max_size=3),
    max_leaves=8,
)


@given(json_values, st.sampled_from([None, 2]))
def test_json_has_the_colours_that_pygments_gives_it(value: object, indent: int | None) -> None:
    text = visible(json_text(value, indent)).strip("\n") + "\n"
    lexer = _lexer("json")
    assert lexer is not None
    assert f"<code>{_coloured(text, lexer)}</code>" in highlight(text, "json")


def test_long_code_is_plain() -> None:
    html = highlight("x = 1\n" * 10_000, "python")
    assert html.count("<span") == 1


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<p>One <b>bold</b></p><p>Two</p>", "<p>One <strong>bold</strong></p>\n<p>Two</p>"),
        ("Set <code>a&lt;b</code>, <em>now</em>", "<p>Set <code>a&lt;b</code>, <em>now</em></p>"),
        (
            '<strong>See <a class="x" href="https://e.example/x">the docs</a></strong>',
            '<p><strong>See <a href="https://e.example/x" rel="nofollow noopener">the docs</a></strong></p>',
        ),
        ("One<br>two <b>x</b>", "<p>One<br />\ntwo <strong>x</strong></p>"),
        ("<ul><li>one</li><li>two</li></ul>", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("It wraps words in <p> and </b>", "<p>It wraps words in &lt;p&gt; and &lt;/b&gt;</p>"),
        ("`<b>x</b>` is <b>bold</b>", "<p><code>&lt;b&gt;x&lt;/b&gt;</code> is &lt;b&gt;bold&lt;/b&gt;</p>"),
        ('<a href="javascript:alert(1)">x</a>', "<p>[x](javascript:alert(1))</p>"),
        ("<b onclick=x()>x</b><u>y</u>", "<p>&lt;b onclick=x()&gt;x&lt;/b&gt;&lt;u&gt;y&lt;/u&gt;</p>"),
    ],
)
def test_html_that_says_what_markdown_says_is_read(text: str, html: str) -> None:
    assert markdown(text) == html


@given(nasty_text)
def test_headings_mean_nothing_to_markdown(text: str) -> None:
    written = heading(text)
    assert unescape(written) == one_line(text)
    assert re.fullmatch(r"(?:[^\x00-\x7f]|[A-Za-z0-9 ]|&#\d+;)*", written)


@given(nasty_text)
def test_slugs_are_safe(text: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]+", slug(text))
    assert not slug(text).startswith("__")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("add_expense", "add_expense"),
        ("Pets & co.", "Pets-co"),
        ("__search", "x__search"),
        ("日本", "x65e5-672c"),
        ("a/b", "a-b"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize("kind", ["NOTE", "Tip", "important", "WARNING", "CAUTION"])
def test_alerts_read_as_they_do_on_github(kind: str) -> None:
    start = f'<div class="api-alert api-alert-{kind.lower()}"><p class="api-alert-title">{kind.title()}</p>'
    made = markdown(f"Before.\n\n> [!{kind}]\n> Be **careful** <b>now\n>\n> - a\n\nAfter.")
    assert start in made and "<strong>careful</strong> &lt;b&gt;now" in made and "<li>a</li>\n</ul>\n</div>" in made
    assert start in markdown(f"> [!{kind}]\n>\n> Later.")


@pytest.mark.parametrize(
    "text",
    [
        "> [!NOTE]",
        "> [!NOTE] on the same line\n> x",
        "> first\n> [!NOTE]\n> x",
        "> [!OTHER]\n> x",
        "- > [!NOTE]\n  > x",
    ],
)
def test_what_github_takes_for_a_quotation_is_one(text: str) -> None:
    assert "<blockquote>" in markdown(text) and "api-alert" not in markdown(text)


def test_task_lists() -> None:
    made = markdown("- [ ] open\n- [x] done\n- [y] neither\n- [x](https://example.com) a link\n")
    assert '<span role="img" aria-label="open">☐</span> open' in made
    assert '<span role="img" aria-label="done">☑</span> done' in made
    assert made.count("api-task") == 2 and "<li>[y] neither</li>" in made and ">x</a>" in made


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Y800: bad name<br>Y801: bad length<BR/>", "<p>Y800: bad name<br />\nY801: bad length</p>"),
        ("a<br>`b<br>c`<br />d", "<p>a<br />\n<code>b&lt;br&gt;c</code><br />\nd</p>"),
        (r"\<br> and <break>", "<p>&lt;br&gt; and &lt;break&gt;</p>"),
    ],
)
def test_line_breaks_of_html(text: str, html: str) -> None:
    assert markdown(text) == html
    assert "\n" not in inline(text)
