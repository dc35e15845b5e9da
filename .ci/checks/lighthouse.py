"""Lighthouse's four scores on the home page, a listing and a piece: 100 each."""

import json
import os
import subprocess

from checks import browser, serve
from checks.site import Result

# A loaded machine costs time, never quality: the speed is taken from the best of so many runs.
RUNS = 3


def choose(site, pages):
    """Home, the first listing, the first piece."""

    def holds_others(page):
        return any(other.startswith(page.removesuffix("index.html")) for other in pages if other != page)

    tests = {
        "home": lambda page: page == "index.html",
        "listing": lambda page: page.count("/") == 1 and holds_others(page),
        "piece": lambda page: os.path.exists(site.path(os.path.join(os.path.dirname(page), "index.md"))),
    }
    found = (next(filter(test, pages), None) for test in tests.values())
    return [page for page in found if page]


def check(site, tools, here, from_sitemap):
    result = Result("Lighthouse")
    wanted = choose(site, from_sitemap or site.html)
    best, failed = {}, {}
    with serve.serving(site) as port:
        for _ in range(RUNS):
            open_pages = [page for page in wanted if set(best.get(page, {"": 0}).values()) != {100}]
            if not open_pages:
                break
            pages = [{"name": page, "url": f"http://127.0.0.1:{port}{site.url_path(page)}"} for page in open_pages]
            job = {"pages": pages, "tools": tools, "browser": browser.find_browser()}
            command = ["node", f"{here}/checks/lighthouse.mjs"]
            run = subprocess.run(command, input=json.dumps(job), stdout=subprocess.PIPE, text=True, check=False)
            if run.returncode:
                raise RuntimeError(f"lighthouse.mjs could not run (exit {run.returncode})")
            for page in json.loads(run.stdout)["pages"]:
                scores = best.setdefault(page["name"], {})
                for name, score in page["scores"].items():
                    scores[name] = max(score, scores.get(name, 0))
                failed[page["name"]] = page["failed"]
    for page, scores in best.items():
        for name, score in scores.items():
            if score < 100:
                result.add(page, f"{name} {score} of 100: {'; '.join(failed[page])}")
    shown = (f"{page} {'/'.join(str(score) for score in scores.values())}" for page, scores in best.items())
    result.looked_at = ", ".join(shown)
    return result
