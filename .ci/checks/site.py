"""A built site as the checks see it: its files, its base URL, its parsed pages, and findings about them."""

import html.parser
import json
import os
import re
import urllib.parse
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, order=True)
class Finding:
    """One error: `where` is a file of the site, with a line if there is one."""

    where: str
    message: str


@dataclass
class Result:
    """What one check found. `looked_at` counts its subjects: a check that saw nothing proves nothing."""

    name: str
    looked_at: str = ""
    findings: list = field(default_factory=list)

    def add(self, where, message):
        finding = Finding(str(where), " ".join(str(message).split()))
        if finding not in self.findings:
            self.findings.append(finding)


@dataclass(frozen=True)
class Link:
    """A URL in an HTML page: where it stands, and how it must resolve."""

    line: int
    tag: str
    attribute: str
    url: str


class Page(html.parser.HTMLParser):
    """What the checks need to know of one HTML page."""

    URL_ATTRIBUTES = {
        "href", "src", "poster", "data", "action", "formaction", "cite", "background", "xlink:href", "manifest",
    }  # fmt: skip
    URL_METAS = {"og:image", "og:url", "og:image:secure_url", "twitter:image", "og:video", "og:audio"}

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.ids = set()
        self.links = []
        self.elements = set()
        self.canonical = None
        self.is_redirect = False
        self.is_noindex = False
        self.feeds = []  # (line, type, url) of <link rel="alternate">
        self._in_style = False
        self.feed(text)
        self.close()

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_starttag(self, tag, attrs):
        line, attrs = self.getpos()[0], {name: value or "" for name, value in attrs}
        rel = attrs.get("rel", "").lower().split()
        self.elements.add(tag)
        self._in_style = tag == "style"
        if "id" in attrs:
            self.ids.add(attrs["id"])
        if tag == "a" and "name" in attrs:
            self.ids.add(attrs["name"])
        for name in self.URL_ATTRIBUTES & attrs.keys():
            if not (tag == "link" and {"preconnect", "dns-prefetch"} & set(rel)):
                self.links.append(Link(line, tag, name, attrs[name]))
        for name in {"srcset", "imagesrcset"} & attrs.keys():
            for url in srcset_urls(attrs[name]):
                self.links.append(Link(line, tag, name, url))
        for url in css_urls(attrs.get("style", "")):
            self.links.append(Link(line, tag, "style", url))
        if tag == "link" and "canonical" in rel:
            self.canonical = attrs.get("href")
        if tag == "link" and "alternate" in rel and attrs.get("type"):
            self.feeds.append((line, attrs["type"], attrs.get("href", "")))
        if tag == "meta":
            self._meta(line, attrs)

    def _meta(self, line, attrs):
        name = (attrs.get("property") or attrs.get("name") or "").lower()
        content = attrs.get("content", "")
        if name in self.URL_METAS:
            self.links.append(Link(line, "meta", name, content))
        if name == "robots" and "noindex" in content.lower():
            self.is_noindex = True
        if attrs.get("http-equiv", "").lower() == "refresh":
            self.is_redirect = True
            if target := re.search(r"url\s*=\s*['\"]?([^'\"]+)", content, re.I):
                self.links.append(Link(line, "meta", "refresh", target[1].strip()))

    def handle_data(self, data):
        if self._in_style:
            self.links += [Link(self.getpos()[0], "style", "url()", url) for url in css_urls(data)]

    def handle_endtag(self, tag):
        self._in_style = False


def srcset_urls(value):
    """The URLs of a `srcset`: candidates are apart by commas, but a URL may hold commas too."""
    return [candidate.strip().split()[0] for candidate in re.split(r",\s+|,$", value) if candidate.strip()]


def css_urls(text):
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    imports = re.findall(r"@import\s+['\"]([^'\"]+)['\"]", text)
    return imports + [m[1].strip() for m in re.finditer(r"url\(\s*(['\"]?)(.*?)\1\s*\)", text) for m in [(0, m[2])]]


class Site:
    def __init__(self, root, base_url=None):
        self.root = os.path.abspath(root)
        self.files = sorted(
            os.path.relpath(os.path.join(folder, name), self.root).replace(os.sep, "/")
            for folder, _, names in os.walk(self.root)
            for name in names
        )
        self._file_set = set(self.files)
        self._ids = {}
        self._pages = {}
        base_url = base_url or self._guess_base_url()
        parts = urllib.parse.urlsplit(base_url)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.prefix = parts.path.rstrip("/")
        self.base_url = self.origin + self.prefix + "/"

    def _guess_base_url(self):
        """The home page's canonical URL is the base URL."""
        if "index.html" in self._file_set and (url := self.page("index.html").canonical):
            return url
        raise SystemExit("no base URL: pass --base-url, or give index.html a <link rel=canonical>")

    def path(self, name):
        return os.path.join(self.root, name)

    def bytes(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def text(self, name):
        return self.bytes(name).decode("utf-8", errors="replace")

    def has(self, name):
        return name in self._file_set

    def with_suffix(self, *suffixes):
        return [name for name in self.files if name.endswith(suffixes)]

    @cached_property
    def html(self):
        return self.with_suffix(".html")

    @cached_property
    def json_feeds(self):
        """JSON files that call themselves a JSON Feed, whatever their name."""
        feeds = []
        for name in self.with_suffix(".json"):
            try:
                value = json.loads(self.bytes(name))
            except ValueError:
                continue
            if isinstance(value, dict) and str(value.get("version", "")).startswith("https://jsonfeed.org/"):
                feeds.append(name)
        return feeds

    def page(self, name):
        if name not in self._pages:
            self._pages[name] = Page(self.text(name))
        return self._pages[name]

    def ids(self, name):
        """The anchors of a file, or None if a fragment of it cannot be judged."""
        if name.endswith(".html"):
            return self.page(name).ids
        if name.endswith(".svg"):
            if name not in self._ids:
                self._ids[name] = set(re.findall(r"\bid=[\"']([^\"']+)", self.text(name)))
            return self._ids[name]
        return None

    def url_path(self, name):
        """The path a file is served under, e.g. `/base/insights/` for `insights/index.html`."""
        path = name[: -len("index.html")] if name == "index.html" or name.endswith("/index.html") else name
        return self.prefix + "/" + urllib.parse.quote(path)

    def url(self, name):
        return self.origin + self.url_path(name)

    def resolve(self, url, base):
        """Looks up a URL found in the page served at `base`: (file, problem), both None if it leaves the site."""
        try:
            parts = urllib.parse.urlsplit(urllib.parse.urljoin(base, url.strip()))
        except ValueError as error:
            return None, f"is no URL ({error})"
        if parts.scheme not in ("http", "https"):
            return None, "runs a script" if parts.scheme == "javascript" else None
        if not parts.netloc:
            return None, "names no host"
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            return None, "has the site's host but another scheme" if f"://{parts.netloc}" in self.origin else None
        path = urllib.parse.unquote(parts.path) or "/"
        if path != self.prefix and not path.startswith(self.prefix + "/"):
            return None, f"leaves the base path {self.prefix}/"
        name = path[len(self.prefix) :].lstrip("/")
        if name == "" or name.endswith("/"):
            name += "index.html"
        elif not self.has(name) and self.has(name + "/index.html"):
            return None, "lacks its trailing slash"
        if not self.has(name):
            return None, "is broken"
        fragment = urllib.parse.unquote(parts.fragment.partition(":~:")[0])
        ids = self.ids(name)
        if fragment and ids is not None and fragment not in ids | {"top"}:
            return name, f"names an anchor that {name} does not have"
        return name, None
