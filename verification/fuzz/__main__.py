"""Runs one target under atheris, or all of them one after the other, and says how many inputs were tried."""

from __future__ import annotations

import argparse
import importlib
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from verification import ROOT
from verification.fuzz import CORPUS, TARGETS

_FOUND = ROOT / "build" / "fuzz"
"""What is found goes here; crashes too."""
_OPTIONS = ("-timeout=20", "-rss_limit_mb=2048", "-max_len=20000", "-print_final_stats=1", "-verbosity=0")


def main() -> int:
    """Each target in a process of its own; a crash ends it and leaves its input behind."""
    parser = argparse.ArgumentParser(prog="python -m verification.fuzz", description=__doc__)
    parser.add_argument("target", nargs="*", choices=[*TARGETS, []], help="all by default")
    parser.add_argument("-s", "--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--page", type=Path, help="write what was tried to this page")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        _fuzz(given.target[0], given.seconds)
    crashed = 0
    rows = []
    for name in given.target or TARGETS:
        command = [sys.executable, "-m", "verification.fuzz", name, "--here", "-s", str(given.seconds)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        said = done.stdout.decode("utf-8", "replace")
        found = re.search(r"number_of_executed_units: (\d+)", said)
        tried = int(found[1]) if found else 0
        print(f"{name:11} {given.seconds} s, {tried:,} inputs, exit {done.returncode}", flush=True)
        rows.append(f"| {name} | {given.seconds} | {tried:,} | {'a crash' if done.returncode else 'none'} |")
        if done.returncode:
            crashed += 1
            print(said)
    if given.page:
        day = date.today().isoformat()
        given.page.write_text(_PAGE.format(day=day) + "\n".join(rows) + "\n", encoding="utf-8")
    return 1 if crashed else 0


_PAGE = """# What a fuzzer tried

Written by `make fuzz` on {day}. Each reader of the program is fed what a coverage-guided fuzzer invents, from the seeds in
`verification/fuzz/corpus/`; a crash, a hang of 20 s or 2 GB of memory ends a target. What was found before is a test in `tests/firms/test_attack.py`.

| reader | seconds | inputs | found |
| --- | ---: | ---: | --- |
"""


def _fuzz(name: str, seconds: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["taxcalc", "tomllib", "json", "openpyxl.worksheet._reader"]):
        one = importlib.import_module(f"verification.fuzz.{name}").one
    found = _FOUND / name
    found.mkdir(parents=True, exist_ok=True)
    folders = [str(found), str(CORPUS / name)]
    options = [*_OPTIONS, f"-max_total_time={seconds}", f"-artifact_prefix={_relative(_FOUND)}/{name}-"]
    atheris.Setup([sys.argv[0], *options, *folders], one)
    atheris.Fuzz()


def _relative(path: Path) -> Path:
    return path.relative_to(ROOT)


if __name__ == "__main__":
    raise SystemExit(main())
