"""What pages say to search engines and to those who share them: JSON-LD and Open Graph, on every page."""

import html.parser
import json
import os
import re
from datetime import datetime

from checks.site import Result

# What a type must say; a node without it should have been left out.
REQUIRED = {
    "Article": {"headline", "datePublished", "mainEntityOfPage", "isAccessibleForFree", "inLanguage"},
    "Report": {"headline", "datePublished", "mainEntityOfPage", "isAccessibleForFree", "inLanguage"},
    "BreadcrumbList": {"itemListElement"},
    "CollectionPage": {"url", "name", "isPartOf"},
    "Dataset": {"name", "description", "distribution"},
    "ItemList": {"itemListElement"},
    "ListItem": {"position", "name"},
    "Organization": {"name"},
    "Person": {"name"},
    "ProfilePage": {"url", "name", "mainEntity"},
    "WebPage": {"url", "name", "isPartOf"},
    "WebSite": {"url", "name"},
}
URLS = {"url", "item", "contentUrl", "image"}
DATES = {"datePublished", "dateModified"}
OPEN_GRAPH = ("og:title", "og:type", "og:url", "og:site_name")
CARDS = {"summary", "summary_large_image", "app", "player"}


class Head(html.parser.HTMLParser):
    """The JSON-LD blocks and the metas of a page."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.blocks, self.metas, self._in_block = [], {}, False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = {name: value or "" for name, value in attrs}
        self._in_block = tag == "script" and attrs.get("type") == "application/ld+json"
        if self._in_block:
            self.blocks.append("")
        if tag == "meta" and (name := attrs.get("property") or attrs.get("name")):
            self.metas.setdefault(name, attrs.get("content", ""))

    def handle_data(self, data):
        if self._in_block:
            self.blocks[-1] += data

    def handle_endtag(self, tag):
        self._in_block = False


def is_absolute(url):
    return isinstance(url, str) and re.match(r"https?://[^/]+/", url)


def is_date(text):
    try:
        datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        return bool(re.fullmatch(r"\d{4}(-\d{2})?", str(text)))
    return True


def walk(node):
    """Every object of a graph."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def check_graph(graph, base):
    """What is wrong with one block."""
    if graph.get("@context") != "https://schema.org" or not isinstance(graph.get("@graph"), list):
        yield "is no @graph in the context https://schema.org"
        return
    ids = [node.get("@id") for node in graph["@graph"]]
    for node, own in zip(graph["@graph"], ids):
        if not own or not node.get("@type"):
            yield f"has a node without @id or @type: {json.dumps(node)[:80]}"
    for own in {own for own in ids if ids.count(own) > 1}:
        yield f"has two nodes {own}"
    for node in walk(graph["@graph"]):
        if set(node) == {"@id"}:
            elsewhere = node["@id"].startswith(base) and node["@id"].split("#")[0] not in {i.split("#")[0] for i in ids if i}
            if node["@id"] not in ids and not elsewhere:
                yield f"refers to {node['@id']}, which is not in it"
            continue
        kind = node.get("@type", "")
        for missing in sorted(REQUIRED.get(kind, set()) - node.keys()):
            yield f"{kind} has no {missing}"
        for key in sorted(URLS & node.keys()):
            if not is_absolute(node[key]):
                yield f"{kind}.{key} is not an absolute URL: {node[key]}"
        for key in sorted(DATES & node.keys()):
            if kind != "CreativeWork" and not is_date(node[key]):
                yield f"{kind}.{key} is not a date: {node[key]}"
        if kind == "Dataset" and not 50 <= len(node.get("description", "")) <= 5000:
            yield "Dataset.description is not of 50 to 5000 characters"
        if kind in ("BreadcrumbList", "ItemList"):
            positions = [item.get("position") for item in node.get("itemListElement", [])]
            if positions != list(range(1, len(positions) + 1)):
                yield f"{kind} does not count 1, 2, 3 …: {positions}"


def check_open_graph(metas, canonical):
    for name in OPEN_GRAPH:
        if not metas.get(name):
            yield f"has no {name}"
    if canonical and metas.get("og:url") != canonical:
        yield f"og:url is {metas.get('og:url')}, the canonical address {canonical}"
    if "og:image" in metas and not is_absolute(metas["og:image"]):
        yield f"og:image is not an absolute URL: {metas['og:image']}"
    if metas.get("twitter:card") not in CARDS:
        yield f"twitter:card is {metas.get('twitter:card')}"
    if metas.get("twitter:card") == "summary_large_image" and "og:image" not in metas:
        yield "promises a large picture and has no og:image"
    for name in ("article:published_time", "article:modified_time"):
        if name in metas and not is_date(metas[name]):
            yield f"{name} is not a date: {metas[name]}"


def check(site):
    result = Result("JSON-LD, Open Graph")
    kinds, looked_at = set(), 0
    for name in site.html:
        page = site.page(name)
        head = Head(site.bytes(name).decode("utf-8", "replace"))
        is_piece = os.path.exists(site.path(os.path.join(os.path.dirname(name), "index.md")))
        if not (head.blocks or is_piece or any(meta.startswith("og:") for meta in head.metas)) or page.is_redirect:
            continue
        looked_at += 1
        if is_piece and not head.blocks:
            result.add(name, "is a piece without JSON-LD")
        for block in head.blocks:
            try:
                graph = json.loads(block)
            except json.JSONDecodeError as error:
                result.add(name, f"JSON-LD is no JSON: {error}")
                continue
            kinds |= {node.get("@type") for node in graph.get("@graph", []) if isinstance(node, dict)}
            for message in check_graph(graph, site.base_url):
                result.add(name, f"JSON-LD {message}")
        if name != "404.html":
            for message in check_open_graph(head.metas, page.canonical):
                result.add(name, message)
    result.looked_at = f"{looked_at} pages; {', '.join(sorted(kind for kind in kinds if kind)) or 'no nodes'}"
    return result
