"""The sitemap fits the schema, names pages that exist and want to be found, and robots.txt names it."""

import re
import subprocess
import xml.etree.ElementTree

from checks.site import Result

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ROOTS = {"http://www.sitemaps.org/schemas/sitemap/0.9 urlset", "http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"}


def urls(site, name):
    try:
        root = xml.etree.ElementTree.fromstring(site.bytes(name))
    except xml.etree.ElementTree.ParseError:  # xmllint tells
        return []
    return [(loc.text or "").strip() for loc in root.iter(NAMESPACE + "loc")]


def pages(site, roots):
    """The files that the sitemaps name, in their order."""
    found = []
    for name in (name for name, root in roots.items() if root in ROOTS):
        found += [page for url in urls(site, name) if (page := site.resolve(url, site.base_url)[0])]
    return [name for name in dict.fromkeys(found) if name.endswith(".html")]


def check(site, here, roots):
    result, count = Result("sitemap"), 0
    maps = [name for name, root in roots.items() if root in ROOTS]
    if "sitemap.xml" not in maps:
        result.add("sitemap.xml", "is missing, or no sitemap")
    for name in maps:
        command = ["xmllint", "--nonet", "--noout", "--schema", f"{here}/sitemap.xsd", site.path(name)]
        run = subprocess.run(command, text=True, capture_output=True, check=False)
        if run.returncode:
            lines = [line for line in run.stderr.splitlines() if "fails to validate" not in line]
            for line in lines or ["does not fit the schema"]:
                result.add(name, line.replace(site.root + "/", ""))
        for url in urls(site, name):
            count += 1
            page, problem = site.resolve(url, site.base_url)
            if problem or page is None:
                result.add(name, f"`{url}` {problem or 'is not of this site'}")
            elif page.endswith(".html") and (site.page(page).is_noindex or site.page(page).is_redirect):
                result.add(name, f"`{url}` is noindex or a redirect")
    robots = site.text("robots.txt") if site.has("robots.txt") else ""
    if not re.search(rf"(?im)^sitemap:\s*{re.escape(site.base_url)}sitemap\.xml\s*$", robots):
        result.add("robots.txt", f"does not name {site.base_url}sitemap.xml")
    result.looked_at = f"{len(maps)} files, {count} addresses"
    return result
