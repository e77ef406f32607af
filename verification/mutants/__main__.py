"""Change the code around the rules in thousands of small ways, and count which changes the tests notice.

    make mutants                                  every module
    make mutants MUTANTS="money formula_guard"    some of them

mutmut makes the changes, in a copy of the project and an environment of its own. What each module's survivors are is kept in
results.json, why they may live in reasons.toml; docs/mutation.md is written from both. Exit code 1 if one
that nobody explained survives.
"""

from __future__ import annotations

import datetime
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from verification import DOCS, ROOT
from verification.mutants.page import page

HERE = Path(__file__).parent
RESULTS, REASONS, PAGE = HERE / "results.json", HERE / "reasons.toml", DOCS / "mutation.md"
READERS = ["facts/test_readers.py", "base/test_properties_money.py"]
LAW = [f"law/test_{name}_tables.py" for name in ("strict", "city", "broken")] + ["law/test_tables.py"]
TESTS = {
    "base/money": READERS,
    "facts/values": READERS,
    "facts/statement": ["facts/test_facts.py"],
    "law/strict": LAW,
    "law/figures": LAW,
    "law/tables": LAW,
    "law/registers": LAW,
    "law/measures": [*LAW, "law/test_measures.py"],
    "law/compile": LAW,
    "law/folder": ["law/test_tables.py"],
    "base/formula_guard": ["firms/test_batch_records.py"],
    "firms/read/careful": ["firms/test_batch_records.py"],
    "firms/read/heading": ["firms/test_batch_columns.py"],
    "firms/read/cells": ["firms/test_batch_columns.py"],
    "firms/write/rejects": ["firms/test_batch_columns.py"],
    "firms/read/source": ["firms/test_source_units.py"],
    "base/atomic_file": ["firms/test_source_units.py"],
    "firms/read/digits": ["engines/test_arrays.py"],
    "firms/read/parse": ["firms/test_batch_chunks.py"],
    "firms/read/fast": ["firms/test_batch_chunks.py", "engines/test_arrays.py"],
}
"""The tests that are asked about each module: quick ones, since thousands of mutants are tried."""
THREADED = ("firms/read/parse", "firms/read/fast", "firms/read/digits")
"""Their tests use Polars, whose threads do not survive a fork."""
COPIED = ("taxcalc", "tables", "tests", "examples", "benchmarks", "pyproject.toml")
CAUGHT = {1: "caught", 3: "caught", 24: "too long", -24: "too long", 36: "too long", 152: "too long", 255: "too long"}
"""By the exit code of the tests; a change that makes them run for ever is noticed too."""
MEMORY = 4 << 30
"""Bytes of address space."""
SETTINGS = """[mutmut]
source_paths = taxcalc
only_mutate = taxcalc/{module}.py
also_copy =
    tables
    examples
    benchmarks
pytest_add_cli_args =
    -p
    no:cacheprovider
    --assert=plain
    --hypothesis-profile=mutants
pytest_add_cli_args_test_selection =
{tests}
process_isolation = {isolation}
timeout_multiplier = 2
timeout_constant = 10
"""


class Change(NamedTuple):
    """One mutant that survived: where, and the line before and after."""

    function: str
    old: str
    new: str


def main() -> int:
    """Try the modules that are named, or all, and write the page."""
    known = {name.rpartition("/")[2]: name for name in TESTS}
    unknown = set(sys.argv[1:]) - known.keys()
    if unknown:
        sys.exit(f"{', '.join(sorted(unknown))}: known are {', '.join(known)}")
    asked = [known[name] for name in sys.argv[1:] or known]
    results: dict[str, Any] = {}
    for module in asked:
        with tempfile.TemporaryDirectory() as folder:
            found = tried(module, Path(folder))
        results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
        results[module] = found
        text = json.dumps({name: results[name] for name in TESTS if name in results}, ensure_ascii=False, indent=1)
        RESULTS.write_text(text + "\n", encoding="utf-8")
        print(module, {key: value for key, value in results[module].items() if key != "survivors"}, flush=True)
    text, unexplained = page(results, REASONS)
    PAGE.write_text(text, encoding="utf-8")
    for line in unexplained:
        print(line)
    return 1 if unexplained else 0


def tried(module: str, folder: Path) -> dict[str, Any]:
    """Run mutmut on one module in a copy of the project."""
    for part in COPIED:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, folder / part)
    tests = "\n".join(f"    tests/{name}" for name in TESTS[module])
    (folder / "setup.cfg").write_text(
        SETTINGS.format(module=module, tests=tests, isolation="forkserver" if module in THREADED else "fork"),
        encoding="utf-8",
    )
    started = time.monotonic()
    mutmut = str(Path(sys.executable).with_name("mutmut"))
    command = [mutmut, "run", "--max-children", "3"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, preexec_fn=_within_memory)
    kept = folder / f"mutants/taxcalc/{module}.py.meta"
    if not kept.exists():
        sys.exit(f"{module}: mutmut did not run\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    codes: dict[str, int | None] = json.loads(kept.read_text(encoding="utf-8"))["exit_code_by_key"]
    if any(code is None for code in codes.values()):
        sys.exit(f"{module}: mutmut stopped early\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    counts = Counter(CAUGHT.get(code or 0, "not reached" if code == 33 else "survived") for code in codes.values())
    left = [name for name, code in codes.items() if code not in CAUGHT]
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "tool": f"mutmut {version('mutmut')}",
        "seconds": round(time.monotonic() - started),
        "mutants": len(codes),
        **dict(sorted(counts.items())),
        "survivors": sorted(change(mutmut, name, folder) for name in left),
    }


def _within_memory() -> None:
    """A mutant that collects without end must not take the machine with it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def change(mutmut: str, name: str, folder: Path) -> Change:
    """What a mutant changes."""
    diff = subprocess.run([mutmut, "show", name], cwd=folder, capture_output=True, text=True, check=True).stdout
    lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++"))]
    old, new = (" ".join(line[1:].strip() for line in lines if line[:1] == sign) for sign in "-+")
    mangled = re.sub(r"__mutmut_\d+$", "", name.rpartition(".")[2])
    return Change(mangled.removeprefix("x_").removeprefix("xǁ").replace("ǁ", "."), old, new)


if __name__ == "__main__":
    sys.exit(main())
