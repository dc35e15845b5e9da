"""Serves a built site on 127.0.0.1 the way a static host does: directories by their index.html, 404.html
for what is not there, and the headers of `_headers` (Netlify's syntax, also read by Cloudflare Pages)."""

import contextlib
import http.server
import re
import threading
import urllib.parse

TYPES = {
    "atom": "application/atom+xml",
    "avif": "image/avif",
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "ics": "text/calendar; charset=utf-8",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
}


def parse_headers(text):
    """The rules of a `_headers` file: (pattern of the path, [(name, value)])."""
    rules = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line[0].isspace():
            pattern = re.sub(r"\\\*", ".*", re.escape(line.strip()))
            rules.append((re.compile(re.sub(r":\w+", "[^/]+", pattern)), []))
        elif rules and ":" in line:
            name, _, value = line.strip().partition(":")
            rules[-1][1].append((name.strip(), value.strip()))
    return rules


def headers_for(rules, path):
    """All rules that match apply; a name that several give is one header, the values joined by commas."""
    found = {}
    for pattern, headers in rules:
        if pattern.fullmatch(path):
            for name, value in headers:
                found.setdefault(name.lower(), []).append(value)
    return {name: ", ".join(values) for name, values in found.items()}


def answer(site, rules, url_path):
    """(status, headers, body) for a path below the site's base path."""
    path = urllib.parse.unquote(urllib.parse.urlsplit(url_path).path)
    inside = path.startswith(site.prefix + "/")
    name = path[len(site.prefix) + 1 :] if inside else None
    if inside and not name.endswith("/") and site.has(f"{name}/index.html"):
        return 301, {"location": urllib.parse.quote(path) + "/"}, b""
    if inside and (name == "" or name.endswith("/")):
        name += "index.html"
    status = 200 if inside and site.has(name) else 404
    if status == 404:
        name = "404.html"
    body = site.bytes(name) if site.has(name) else b"not found"
    kind = TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    # Hosts match `_headers` against the path of the request; a site in a sub-folder may write either.
    headers = headers_for(rules, path) or headers_for(rules, path.removeprefix(site.prefix))
    return status, {"content-type": kind, **headers}, body


@contextlib.contextmanager
def serving(site):
    """Gives the port; the server ends with the block."""
    rules = parse_headers(site.text("_headers")) if site.has("_headers") else []

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            status, headers, body = answer(site, rules, self.path)
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 256  # a page may ask for a hundred images at once

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
