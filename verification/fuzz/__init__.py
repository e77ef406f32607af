"""Coverage-guided fuzzing: one small module for each reader, with a function `one` that is given any bytes.

    make fuzz                                     every target for FUZZ_SECONDS (60)
    python -m verification.fuzz csv_table -s 600  one target for ten minutes

`one` returns when the bytes are read or refused as the program promises, and raises when it is anything else.
Seeds are in `corpus`; the tests run each target over them, without the fuzzer.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from taxcalc.base.problem import Problem

TARGETS = ("csv_table", "json_facts", "law_tables", "one_value", "toml_facts", "xlsx_table")
CORPUS = Path(__file__).parent / "corpus"


def check_said(problems: Iterable[Problem]) -> None:
    """Every problem is a sentence in both languages, fit for a terminal."""
    for found in problems:
        for said in (found.text("zh"), found.text("en")):
            assert said.isprintable(), said
