"""The worked cases of tests/cases, by the file and the id of each."""

from __future__ import annotations

import tomllib

from helpers.command import ROOT

CASES = {
    f"{file.stem}/{case['id']}": case
    for file in sorted((ROOT / "tests" / "cases").glob("*.toml"))
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
}
