"""Pages that are many and alike: operations, components. The theme is rendered once for all of them that stand at one
place of the navigation, and filled for each, so that a site of thousands of pages is built in seconds.

What it is rendered for are three specimens. The middle one's page is the form: the first and the last are what is
around it in the navigation and in the footer, so that it is seen how a page that is not shown is named, and what comes
before and after. Pages that the theme makes itself name the specimens where these stand; there, too, the real ones are
put in.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from apispec.errors import BuildError
from apispec.site import frames
from apispec.site.blocks import words_of

if TYPE_CHECKING:
    from apispec.rendering import Entry

FOLDER = "api-leaf"
"""Where the specimens are: in folders of that name with the branch's number behind it, two folders deeper, so that each
link from there to another page of the site begins with `ROOT`."""
ROOT = "../../.."
AROUND = 40
"""So many of its neighbours a page shows in the navigation where there are more; the script shows the others."""
AROUND_MANY = 8
"""So many of those of a thousand and more."""
FEW = 20
"""So many are shown where the theme opens their part of the navigation on every page."""

_MANY = 1_000
_LI = r'<li class="md-nav__item[^"]*">(?:(?!<li\b).)*?{}.*?</li>'
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_HEADING = re.compile(r"<h1\b.*?</h1>", re.DOTALL)
_ID = re.compile(r'<h1\b[^>]* id="([^"]*)"')


class Branch:
    """Alike pages that stand below one other page.

    Args:
        number: Which branch of the site it is.
        parent: The path of the page that they are below.
        leaves: The pages, in order.
        directory_urls: Whether links end in `/`; False = in `/index.html`.
    """

    def __init__(self, number: int, parent: str, leaves: Sequence[Entry], *, directory_urls: bool) -> None:
        self.number = number
        self.parent = parent
        self.leaves = leaves
        self.tail = "" if directory_urls else "index.html"
        self._forms: dict[int, list[str]] = {}
        """The form in pieces, by the depth of the pages that it is for."""

    def specimens(self) -> dict[str, str]:
        """The pages to build, by path."""
        return {
            f"{self._folder(which)}index.md": (
                f'---\ntitle: "{self._title(which)}"\ndescription: "api-leaf-words"\nabout: "api-leaf-about"\n'
                f"hide:\n  - toc\n---\n\n# api-leaf-heading {{#api-leaf-id}}\n"
            )
            for which in "abc"
        }

    def entries(self) -> list[tuple[str, str]]:
        """The specimens in the navigation."""
        return [(self._title(which), f"{self._folder(which)}index.md") for which in "abc"]

    def take(self, built: dict[str, str]) -> None:
        """Take the specimens' pages out of what was built.

        Raises:
            BuildError: A theme has been changed so that they can't be recognised.
        """
        first, form, last = (built.pop(f"{self._folder(which)}index.html") for which in "abc")
        self._other, self._own = self._li(form, "a"), self._li(form, "b")
        run = rf"{re.escape(self._other)}\s*{re.escape(self._own)}\s*{re.escape(self._li(form, 'c'))}"
        form, found = _cut(form, run, "\0nav\0")
        if not found:
            raise self._unknown()
        self._footer: list[str] = []
        for which in ("prev", "next"):
            form, sample = _cut(form, _footer(which), f"\0{which}\0")
            form, _ = _cut(form, _rel(which), f"\0rel-{which}\0")
            self._footer.append(sample)
        self._first = _found(first, _footer("prev")), _found(first, _rel("prev"))
        self._last = _found(last, _footer("next")), _found(last, _rel("next"))
        self._form = compact(_HEADING.sub("\0article\0", form, count=1))
        self._framed = False
        self._other, self._own = compact(self._other), compact(self._own)
        self._footer = [compact(sample) for sample in self._footer]

    def show_others(self, others: Sequence[Branch]) -> None:
        """Show the leaves of other branches where the navigation of this one's pages has them."""
        for other in others:
            if other is not self:
                self._form = other.show(self._form, f"{self._folder('b')}index.html")

    def frame(self) -> dict[str, str]:
        """Give the pages their frame by scripts, where the theme is known: those, by path."""
        footer = [frames.unarrowed(link) for link in self._footer]
        made = frames.frame(
            self._form,
            root=ROOT,
            nav="\0nav\0",
            item=self._other.replace(f'href="../a/{self.tail}"', 'href="\0href\0"').replace(
                self._title("a"), "\0name\0"
            ),
            own=self._own.replace(self._title("b"), "\0name\0"),
            title=self._title("b"),
            arrows=dict(zip(("prev", "next"), (arrow for _, arrow in footer), strict=True)),
        )
        if made is None:
            return {}
        self._form, self._framed = made.form, True
        self._footer = [link for link, _ in footer]
        leaves = [(leaf.title, _folder(leaf.path) + self.tail, leaf.method, leaf.deprecated) for leaf in self.leaves]
        parts = [leaves[start : start + frames.RUN] for start in range(0, len(leaves), frames.RUN)]
        if len(parts) == 1:
            return {frames.path(self.number): frames.run(parts[0]) + made.text}
        found = {frames.path(self.number, at): frames.run(part) for at, part in enumerate(parts)}
        return {**found, frames.path(self.number): made.text}

    def show(self, html: str, path: str) -> str:
        """A page that the theme made, with the real pages in the place of the specimens.

        Args:
            html: The page.
            path: Where it is.
        """
        if self._folder("") not in html:
            return html
        first, last = (_LI.format(re.escape(self._title(which))) for which in "ac")
        run = re.search(f"{first}.*{last}", html, re.DOTALL)
        if run is not None:  # the navigation is open here
            sample, url = self._li(html, "a"), self._url("a", html)
            root = url.partition(self._folder("a"))[0]
            below = path == self.parent.removesuffix(".md") + ".html"
            shown = self.leaves[:AROUND] if below or len(self.leaves) <= FEW else ()
            html = html.replace(run.group(), "\n".join(self._item(leaf, sample, root, url) for leaf in shown))
        for which, leaf in (("a", self.leaves[0]), ("c", self.leaves[-1])):
            html = html.replace(self._folder(which), _folder(leaf.path))
            html = html.replace(self._title(which), escape(leaf.title))
        return html

    def fill(self, texts: Mapping[str, str], html: Callable[[str], str]) -> Iterator[tuple[str, str]]:
        """Each page, as path and HTML.

        Args:
            texts: The pages' Markdown by path.
            html: Makes HTML of Markdown.
        """
        for number, leaf in enumerate(self.leaves):
            text = texts[leaf.path]
            front = _FRONT.match(text)
            meta = _meta(front.group(1)) if front else {}
            body = html(text[front.end() :] if front else text)
            anchor = _ID.search(body)
            filled = self._filled(number, meta, body, anchor.group(1) if anchor else "")
            yield leaf.path.removesuffix(".md") + ".html", filled

    def _filled(self, number: int, meta: Mapping[str, str], body: str, anchor: str) -> str:
        leaf = self.leaves[number]
        depth = leaf.path.count("/")
        root = "../" * depth
        values = {
            "\0article\0": body,
            "\0nav\0": "" if self._framed else self._nav(number, root),
            frames.RUN_PLACE: frames.tags(root, self.number, number, len(self.leaves)),
            self._title("b"): meta.get("title", escape(leaf.title)),
            "api-leaf-words": meta.get("description", ""),
            "api-leaf-about": meta.get("about", "{}"),
            self._folder("b"): _folder(leaf.path),
            "#api-leaf-id": f"#{anchor}",
        }
        beside = [("prev", "a", number - 1, self._first), ("next", "c", number + 1, self._last)]
        for (name, which, other, outside), sample in zip(beside, self._footer, strict=True):
            if 0 <= other < len(self.leaves):
                values[f"\0{name}\0"] = self._link(sample, which, self.leaves[other], root)
                values[f"\0rel-{name}\0"] = f'<link rel="{name}" href="{self._href(self.leaves[other], root)}">'
            else:
                values[f"\0{name}\0"], values[f"\0rel-{name}\0"] = (_at(part, depth) for part in outside)
        return "".join(values.get(part, part) for part in self._parts(depth))

    def _parts(self, depth: int) -> list[str]:
        if depth not in self._forms:
            places = [f"\0{name}\0" for name in ("article", "nav", "prev", "next", "rel-prev", "rel-next")]
            places += [self._title("b"), "api-leaf-words", "api-leaf-about", self._folder("b"), "#api-leaf-id"]
            places.append(frames.RUN_PLACE)
            self._forms[depth] = re.split("(" + "|".join(map(re.escape, places)) + ")", _at(self._form, depth))
        return self._forms[depth]

    def _nav(self, number: int, root: str) -> str:
        """The page and those around it in the navigation."""
        shown = AROUND if len(self.leaves) < _MANY else AROUND_MANY
        start = max(0, min(number - shown // 2, len(self.leaves) - shown))
        around = list(enumerate(self.leaves[start : start + shown], start))
        own = self._own.replace(self._title("b"), _named(self.leaves[number]))
        url = f"../a/{self.tail}"
        return "\n".join(own if at == number else self._item(leaf, self._other, root, url) for at, leaf in around)

    def _item(self, leaf: Entry, sample: str, root: str, url: str) -> str:
        made = sample.replace(f'href="{url}"', f'href="{self._href(leaf, root)}"')
        return made.replace(self._title("a"), _named(leaf))

    def _link(self, sample: str, which: str, leaf: Entry, root: str) -> str:
        made = sample.replace(f'href="../{which}/{self.tail}"', f'href="{self._href(leaf, root)}"')
        return made.replace(self._title(which), escape(leaf.title))

    def _href(self, leaf: Entry, root: str) -> str:
        return f"{root}{_folder(leaf.path)}{self.tail}"

    def _folder(self, which: str) -> str:
        return f"{FOLDER}-{self.number}/x/{which}/" if which else f"{FOLDER}-{self.number}/x/"

    def _title(self, which: str) -> str:
        return f"api-leaf-title-{self.number}-{which}"

    def _li(self, html: str, which: str) -> str:
        found = re.search(_LI.format(rf"<span[^>]*>\s*{re.escape(self._title(which))}"), html, re.DOTALL)
        if found is None:
            raise self._unknown()
        return found.group()

    def _url(self, which: str, html: str) -> str:
        found = re.search(rf'href="([^"]*{re.escape(self._folder(which))}[^"]*)"', html)
        return found.group(1) if found else ""

    @staticmethod
    def _unknown() -> BuildError:
        return BuildError("the theme's navigation is not known to apispec", hint="does a template replace nav.html?")


def sitemap(xml: str, branches: Sequence[Branch]) -> str:
    """The sitemap with the real pages in the place of the specimens."""
    for branch in branches:
        place = re.compile(rf"\s*<url><loc>([^<]*?){FOLDER}-{branch.number}/x/[abc]/[^<]*</loc></url>")
        found = place.search(xml)
        if found is None:
            continue
        row = "\n    <url><loc>{}{}{}</loc></url>"
        urls = "".join(row.format(found.group(1), _folder(leaf.path), branch.tail) for leaf in branch.leaves)
        xml = place.sub("", xml[: found.start()] + urls + xml[found.end() :])
    return xml


def indexed(index: str | bytes, branches: Sequence[Branch], texts: Mapping[str, str]) -> str:
    """The theme's search index with the real pages in the place of the specimens.

    Args:
        index: The index, JSON.
        branches: What is to be put in.
        texts: The pages' Markdown by path.
    """
    data = json.loads(index)
    kept = [doc for doc in data["docs"] if not doc["location"].startswith(f"{FOLDER}-")]
    for branch in branches:
        for leaf in branch.leaves:
            words = f"<p>{escape(words_of(texts[leaf.path]), quote=False)}</p>"
            kept.append({"location": _folder(leaf.path) + branch.tail, "title": escape(leaf.title), "text": words})
    return json.dumps({**data, "docs": kept}, separators=(",", ":"))


_KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL)
_LINES = re.compile(r"[ \t\r]*\n\s*")


def compact(html: str) -> str:
    """The same page without empty lines and indentation, which are most of what the theme writes for a navigation."""
    pieces = _KEPT.split(html)
    return "".join(_LINES.sub("\n", piece) if at % 3 == 0 else piece for at, piece in enumerate(pieces) if at % 3 < 2)


def _folder(path: str) -> str:
    return posixpath.dirname(path) + "/"


def _at(html: str, depth: int) -> str:
    """HTML of a specimen, for a page of another depth."""
    return html.replace(ROOT, "/".join([".."] * depth))


def _footer(which: str) -> str:
    return rf'<a href="[^"]*" class="md-footer__link md-footer__link--{which}".*?</a>'


def _rel(which: str) -> str:
    return rf'<link rel="{which}"[^>]*>'


def _cut(html: str, pattern: str, place: str) -> tuple[str, str]:
    """The HTML with a place for what the pattern finds, and that."""
    found = re.search(pattern, html, re.DOTALL)
    return (html.replace(found.group(), place, 1), found.group()) if found else (html, "")


def _found(html: str, pattern: str) -> str:
    found = re.search(pattern, html, re.DOTALL)
    return found.group() if found else ""


def _named(leaf: Entry) -> str:
    """A page as the navigation shows it."""
    title = escape(leaf.title)
    words = f'<span class="api-deprecated">{title}</span>' if leaf.deprecated else title
    if not leaf.method:
        return f'<span title="{title}">{words}</span>'
    badge = f'<span class="api-method api-method-{escape(leaf.method.lower())}">{escape(leaf.method)}</span>'
    return f'<span class="md-typeset" title="{title}">{badge} <span class="api-nav-words">{words}</span></span>'


def _meta(front: str) -> dict[str, str]:
    """What the theme prints of the front matter, each a JSON string of HTML."""
    lines = (line.partition(": ") for line in front.splitlines())
    return {key: str(json.loads(value)) for key, _, value in lines if value.startswith('"')}
