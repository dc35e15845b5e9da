"""Opens a choice of pages in headless Chromium, served with the site's own headers: the policy is there
and strict, nothing breaks it, nothing leaves the site, nothing overflows, and axe has no complaint. The search page
is used as well: its keys, its filters, its results."""

import json
import shutil
import subprocess

from checks import serve
from checks.site import Result

MAX_PAGES = 24
SEARCH = "search/index.html"
# One page with each of these is looked at, wherever it stands: they are what breaks a narrow screen.
TELLING = ["table", "pre", "figure", "svg", "img", "details", "form", "blockquote", "dl", "video", "math"]


def find_browser():
    names = ["chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if (path := shutil.which(name))), None) or exit("no Chromium found")


def choose_pages(site, from_sitemap):
    """Home, then the first listing and the first deeper page of each top folder, then one of each telling
    element; the sitemap's pages first, in its order."""
    rest = [name for name in site.html if name not in from_sitemap and name != "404.html"]
    candidates = [name for name in from_sitemap + rest if not site.page(name).is_redirect]
    kinds = {}
    for name in candidates:
        folders = name.removesuffix("index.html").split("/")[:-1]
        depth = "page" if len(folders) > 1 else "listing"
        kinds.setdefault((folders[0], depth) if folders else "home", name)
    chosen = list(kinds.values())
    if len(chosen) > MAX_PAGES:  # many top folders: pages within one say more than a lone page
        chosen.sort(key=lambda name: -name.count("/"))
    chosen.sort(key=lambda name: name != "index.html")
    chosen = chosen[:MAX_PAGES]
    for element in TELLING:
        if not any(element in site.page(name).elements for name in chosen):
            chosen += [name for name in candidates if element in site.page(name).elements][:1]
    longest = max(candidates, key=lambda name: len(site.bytes(name)), default=None)
    return list(dict.fromkeys([*chosen, *([longest] if longest else [])]))


def check_policy(policy):
    """What is weak in a Content-Security-Policy."""
    directives = {}
    for part in policy.split(";"):
        if part.strip():
            name, *values = part.split()
            directives.setdefault(name.lower(), values)
    if "default-src" not in directives:
        yield "has no default-src"
    for kind in ("script-src", "object-src", "style-src", "connect-src"):
        values = directives.get(kind, directives.get("default-src", ["*"]))
        for loose in {"*", "http:", "https:", "data:", "'unsafe-eval'", "'unsafe-inline'"} & set(values):
            if kind == "script-src" or loose in ("*", "http:"):
                yield f"{kind} allows {loose}"
    for kind in ("base-uri", "frame-ancestors"):  # those that default-src does not stand in for
        if kind not in directives:
            yield f"has no {kind}"


def run_browser(script, site, tools, here, job):
    """Runs one of the .mjs scripts beside this file against the served site, and gives what it prints."""
    with serve.serving(site) as port:
        job = {**job, "tools": tools, "browser": find_browser(), "origin": site.origin, "port": port}
        command = ["node", f"{here}/checks/{script}"]
        run = subprocess.run(command, input=json.dumps(job), stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f"{script} could not run (exit {run.returncode})")
    return json.loads(run.stdout)


def tell_once(where, message):
    """What was wrong the first time only is no finding, and is not kept quiet either."""
    print(f"seen once[browser] {where}: {message}", flush=True)


def use_search(site, tools, here):
    """What is wrong with the search page, asked for the title of the newest page in its index."""
    pages = "search/pages-0.json"
    if not (site.has(SEARCH) and site.has(pages)):
        return []
    title = json.loads(site.bytes(pages))[0][0]
    job = {"path": site.url_path(SEARCH), "title": title}
    found = run_browser("search.mjs", site, tools, here, job)
    again = run_browser("search.mjs", site, tools, here, job) if found else []
    for message in found:
        if message not in again:
            tell_once(SEARCH, message)
    return [message for message in found if message in again]


def check(site, tools, here, from_sitemap):
    result = Result("browser")
    pages = choose_pages(site, from_sitemap)
    visits = [{"name": name, "path": site.url_path(name), "status": 200} for name in pages]
    if site.has("404.html"):
        # As a reader meets it: at any depth, under an address that does not exist.
        visits.append({"name": "404.html", "path": f"{site.prefix}/no/such/page/", "status": 404})
    else:
        result.add("404.html", "is missing")
    report = run_browser("browser.mjs", site, tools, here, {"pages": visits})
    for message in use_search(site, tools, here):
        result.add(SEARCH, message)
    for found in report["once"]:
        tell_once(found["page"], found["message"])
    for found in report["findings"]:
        result.add(found["page"], found["message"])
    for name, policy in report["policies"].items():
        if not policy:
            result.add(name, "is served without a Content-Security-Policy (see _headers)")
    for policy in sorted({policy for policy in report["policies"].values() if policy}):
        for weakness in check_policy(policy):
            result.add("_headers", f"Content-Security-Policy {weakness}")
    result.looked_at = f"{len(visits)} pages, light and dark, 1280, 375 and 320 px; {report['versions']}"
    return result
