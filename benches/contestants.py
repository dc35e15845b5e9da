"""Who is compared: the binary of each generator, and its site with the generated corpus in it.

Hugo and Zola are looked up on PATH, or in BENCH_HUGO and BENCH_ZOLA. Sowhat is built from this
repository unless BENCH_SOWHAT names a binary.
"""

import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True
import corpus  # noqa: E402


def layout_of(name):
    """`zola-fast` is Zola in another manner: the same binary, the same corpus."""
    return name.split("-")[0]


def binary_of(name):
    """The path of a generator's program, or None if it is not here."""
    layout = layout_of(name)
    named = os.environ.get(f"BENCH_{layout.upper()}")
    if layout != "sowhat":
        return named or shutil.which(layout)
    if named is None:
        subprocess.run(["cargo", "build", "--release", "--quiet", "--manifest-path", HERE.parent / "Cargo.toml"], check=True)
        named = str(HERE.parent / "target/release/sowhat")
    return named


def binaries_of(names):
    """The binaries of those that are here, by name; says which are not."""
    found = {}
    for name in names:
        binary = binary_of(name)
        if binary is None:
            print(f"{name} is not here; name its binary in BENCH_{layout_of(name).upper()}", file=sys.stderr)
        else:
            found[name] = str(pathlib.Path(binary).resolve())
    return found


def prepare(layout, n, site):
    """Makes the site of a layout with n pieces, unless it has been made."""
    if (site / ".complete").exists():
        return
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(HERE / "peers" / layout, site)
    corpus.write(layout, n, site)
    (site / ".complete").touch()
