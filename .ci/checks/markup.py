"""What the Nu HTML checker and html-validate say of the HTML; Nu reads the CSS and SVG files too."""

import json
import os
import re
import subprocess
import tempfile

from checks.site import Result

# Nu's CSS grammar is behind the standards. What they define, and Nu takes for a mistake, is let through by
# name; take a name out as soon as Nu knows it.
UNKNOWN_TO_NU = re.compile(
    "Unrecognized at-rule “@(property|container|starting-style|view-transition)”"
    "|Property “(container|container-type|container-name|paint-order)” doesn't exist"
)


def batches(items, size=500):
    return (items[start : start + size] for start in range(0, len(items), size))


def check_nu(site, tools):
    result = Result("Nu HTML checker")
    names = [name for name in site.with_suffix(".html", ".css", ".svg")]
    command = ["java", "-Xss4m", "-jar", f"{tools}/node_modules/vnu-jar/build/dist/vnu.jar"]
    command += ["--errors-only", "--exit-zero-always", "--stdout", "--format", "json"]
    command += ["--also-check-css", "--also-check-svg"]
    for batch in batches(names):
        run = subprocess.run(command + [site.path(name) for name in batch], stdout=subprocess.PIPE, text=True, check=True)
        for message in json.loads(run.stdout)["messages"]:
            if not UNKNOWN_TO_NU.search(message["message"]):
                path = message.get("url", "").removeprefix("file:").removeprefix(site.root + "/")
                result.add(f"{path}:{message.get('lastLine', 1)}", message["message"])
    result.looked_at = f"{len(names)} files"
    return result


def check_html_validate(site, tools, here):
    result = Result("html-validate")
    command = ["node", f"{tools}/node_modules/html-validate/bin/html-validate.mjs"]
    command += ["--config", f"{here}/htmlvalidate.json", "--formatter", "json"]
    for batch in batches(site.html):
        # Into a file: it ends without waiting for a pipe to take all of a long report.
        with tempfile.TemporaryFile("w+") as output:
            arguments = command + [site.path(name) for name in batch]
            code = subprocess.run(arguments, cwd=tools, stdout=output, check=False).returncode
            output.seek(0)
            text = output.read()
        if code not in (0, 1) or not text:
            raise RuntimeError(f"html-validate could not run (exit {code})")
        for report in json.loads(text):
            name = os.path.relpath(os.path.join(tools, report["filePath"]), site.root)
            for message in report["messages"]:
                if message["severity"] == 2:
                    result.add(f"{name}:{message['line']}", f"{message['ruleId']}: {message['message']}")
    result.looked_at = f"{len(site.html)} pages"
    return result
