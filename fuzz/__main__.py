"""Runs one target under atheris, or all of them one after the other, and says how many inputs were tried."""

from __future__ import annotations

import argparse
import importlib
import re
import subprocess
import sys
from pathlib import Path

from fuzz import CORPUS, TARGETS

_ROOT = CORPUS.parent.parent
_FOUND = _ROOT / "build" / "fuzz"
"""What is found goes here; crashes too."""
_OPTIONS = ("-timeout=20", "-rss_limit_mb=2048", "-max_len=20000", "-print_final_stats=1", "-verbosity=0")


def main() -> int:
    """Each target in a process of its own; a crash ends it and leaves its input behind."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("target", nargs="*", choices=[*TARGETS, []], help="all by default")
    parser.add_argument("-s", "--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        _fuzz(given.target[0], given.seconds)
    crashed = 0
    for name in given.target or TARGETS:
        command = [sys.executable, "-m", "fuzz", name, "--here", "-s", str(given.seconds)]
        done = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        said = done.stdout.decode("utf-8", "replace")
        tried = re.search(r"number_of_executed_units: (\d+)", said)
        print(
            f"{name:11} {given.seconds} s, {int(tried[1]) if tried else 0:,} inputs, exit {done.returncode}", flush=True
        )
        if done.returncode:
            crashed += 1
            print(said)
    return 1 if crashed else 0


def _fuzz(name: str, seconds: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["taxcalc", "tomllib", "json", "openpyxl.worksheet._reader"]):
        one = importlib.import_module(f"fuzz.{name}").one
    found = _FOUND / name
    found.mkdir(parents=True, exist_ok=True)
    folders = [str(found), str(CORPUS / name)]
    options = [*_OPTIONS, f"-max_total_time={seconds}", f"-artifact_prefix={_relative(_FOUND)}/{name}-"]
    atheris.Setup([sys.argv[0], *options, *folders], one)
    atheris.Fuzz()


def _relative(path: Path) -> Path:
    return path.relative_to(_ROOT)


if __name__ == "__main__":
    raise SystemExit(main())
