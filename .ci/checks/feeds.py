"""XML is strictly well-formed; Atom and RSS feeds parse without a complaint and are complete; JSON Feeds
fit the schema; what pages announce as a feed is one."""

import html.parser
import json
import re
import subprocess
import urllib.parse
import xml.parsers.expat

import feedparser
from checks.site import Result

# The checks want what is in the file, not what a reader would make of it.
feedparser.SANITIZE_HTML = 0
feedparser.RESOLVE_RELATIVE_URIS = 0

XML = (".xml", ".atom", ".rss", ".svg", ".xsl", ".opml")
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ATOM, RSS = "http://www.w3.org/2005/Atom feed", "rss"
FEED_TYPES = {"application/atom+xml": ATOM, "application/rss+xml": RSS, "application/feed+json": "json"}


def check_xml(site):
    """Gives the result, and the root element of each file, as `namespace name`."""
    result, roots = Result("XML well-formed"), {}
    names = site.with_suffix(*XML)
    for name in names:
        data = site.bytes(name)
        parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = lambda root, _, name=name: roots.setdefault(name, root)
        try:
            text = data.decode("utf-8")
            if bad := NOT_XML.search(text):
                line = text.count("\n", 0, bad.start()) + 1
                result.add(f"{name}:{line}", f"U+{ord(bad[0]):04X} may not stand in XML")
            parser.Parse(data, True)
        except UnicodeDecodeError as error:
            result.add(name, f"is not UTF-8: {error.reason} at byte {error.start}")
        except xml.parsers.expat.ExpatError as error:
            result.add(f"{name}:{error.lineno}", f"is not well-formed: {error}")
    result.looked_at = f"{len(names)} files"
    return result, roots


class _Urls(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found += [value or "" for name, value in attrs if name in ("href", "src", "poster")]


def check_content(site, result, where, text):
    """A reader shows an entry far from the site: its links and images must say where they lead."""
    for url in _Urls(text).found:
        if not urllib.parse.urlsplit(url).scheme:
            result.add(where, f"content has the relative URL `{url}`")
        elif problem := site.resolve(url, site.base_url)[1]:
            result.add(where, f"content: `{url}` {problem}")
    if re.search(r"<(script|iframe|form)\b", text, re.I):
        result.add(where, "content has an element that readers strip (script, iframe or form)")


def check_feed(site, result, name, kind):
    feed = feedparser.parse(site.bytes(name))
    if feed.bozo:
        result.add(name, f"feedparser: {feed.bozo_exception}")
    for key in ("title", "link") + (("id", "updated") if kind == ATOM else ("subtitle",)):
        if not feed.feed.get(key):
            result.add(name, f"the feed has no {key}")
    own = [link.href for link in feed.feed.get("links", []) if link.get("rel") == "self"]
    if own != [site.url(name)]:
        result.add(name, f"its self link is {own}, its address {site.url(name)}")
    ids = [entry.get("id") for entry in feed.entries]
    for entry_id in sorted({i for i in ids if i and ids.count(i) > 1}):
        result.add(name, f"two entries have the id `{entry_id}`")
    for number, entry in enumerate(feed.entries, 1):
        where = f"{name} entry {number}"
        for key in ("id", "link", "title"):
            if not (entry.get(key) or "").strip():
                result.add(where, f"has no {key}")
        # RSS has one date, which feedparser calls `published`.
        when = "updated" if kind == ATOM else "published"
        if not entry.get(f"{when}_parsed"):
            result.add(where, f"has no readable {when} date")
        contents = [content.get("value", "") for content in entry.get("content", [])]
        if not any(content.strip() for content in contents):
            result.add(where, "has no content")
        for content in contents:
            check_content(site, result, where, content)
        if entry.get("link") and (problem := site.resolve(entry.link, site.base_url)[1]):
            result.add(where, f"link `{entry.link}` {problem}")
    return len(feed.entries)


def check_json_feeds(site, tools, here, result):
    """The schema's verdict comes from ajv, the rest is as for the other feeds."""
    names = site.json_feeds
    command = ["node", f"{here}/checks/jsonfeed.mjs", tools, f"{here}/jsonfeed-1.1.schema.json"]
    run = subprocess.run(command, input="\n".join(map(site.path, names)), text=True, stdout=subprocess.PIPE, check=True)
    for name, errors in zip(names, json.loads(run.stdout), strict=True):
        for error in errors:
            result.add(name, error)
    entries = 0
    for name in names:
        feed = json.loads(site.bytes(name))
        if feed.get("feed_url") != site.url(name):
            result.add(name, f"its feed_url is {feed.get('feed_url')}, its address {site.url(name)}")
        for number, item in enumerate(feed.get("items", []), 1):
            entries += 1
            where = f"{name} entry {number}"
            for key in ("title", "url", "date_published"):
                if not item.get(key):
                    result.add(where, f"has no {key}")
            check_content(site, result, where, item.get("content_html", ""))
            if item.get("url") and (problem := site.resolve(item["url"], site.base_url)[1]):
                result.add(where, f"url `{item['url']}` {problem}")
    return entries


def check(site, tools, here, roots):
    result, entries = Result("feeds"), 0
    feeds = {name: root for name, root in roots.items() if root in (ATOM, RSS)}
    for name, kind in feeds.items():
        entries += check_feed(site, result, name, kind)
    entries += check_json_feeds(site, tools, here, result)
    for page in site.html:
        for line, mime, url in site.page(page).feeds:
            name, problem = site.resolve(url, site.url(page))
            if mime in FEED_TYPES and name and not problem:
                if FEED_TYPES[mime] != ("json" if name in site.json_feeds else feeds.get(name)):
                    result.add(f"{page}:{line}", f"announces {name} as {mime}, which it is not")
    kinds = list(feeds.values())
    result.looked_at = (
        f"{kinds.count(ATOM)} Atom, {kinds.count(RSS)} RSS, {len(site.json_feeds)} JSON, {entries} entries"
    )
    if not (ATOM in kinds and RSS in kinds and site.json_feeds):
        result.add(".", "an Atom, an RSS and a JSON feed are expected, one is missing")
    return result
