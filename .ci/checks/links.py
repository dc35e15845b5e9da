"""Every internal link, asset, srcset candidate and #anchor of the HTML, CSS and `_redirects` resolves."""

import re

from checks.site import Result, css_urls


def check(site):
    result, seen = Result("links and anchors"), 0

    def resolve(where, what, url, base):
        nonlocal seen
        seen += 1
        _, problem = site.resolve(url, base)
        if problem:
            result.add(where, f"{what} `{url}` {problem}")

    for name in site.html:
        page, base = site.page(name), site.url(name)
        for link in page.links:
            if link.tag == "form" and not link.url:
                continue
            if not link.url.strip() and link.attribute != "href":
                result.add(f"{name}:{link.line}", f"{link.tag} {link.attribute} is empty")
                continue
            resolve(f"{name}:{link.line}", f"{link.tag} {link.attribute}", link.url, base)
    for name in site.with_suffix(".css"):
        for url in css_urls(site.text(name)):
            resolve(name, "url()", url, site.url(name))
    if site.has("_redirects"):
        for number, line in enumerate(site.text("_redirects").splitlines(), 1):
            fields = line.split("#")[0].split()
            if len(fields) >= 2 and ":" not in fields[1].removeprefix(site.origin) and "*" not in line:
                resolve(f"_redirects:{number}", "target", fields[1], site.base_url)
    if site.has("llms.txt"):
        for number, line in enumerate(site.text("llms.txt").splitlines(), 1):
            for url in re.findall(r"\]\(([^)\s]+)\)", line):
                resolve(f"llms.txt:{number}", "link", url, site.base_url)
    result.looked_at = f"{seen} links on {len(site.html)} pages"
    if not site.html:
        result.add(".", "the site has no HTML page")
    return result
