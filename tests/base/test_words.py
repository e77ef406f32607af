"""Words: both languages say everything, and say it with the same values."""

from __future__ import annotations

import re
import string

import pytest

from helpers.command import ROOT
from taxcalc.base.messages import MESSAGES
from taxcalc.report.labels import LABELS
from taxcalc.rules import CHECKS, LEVIES, RELIEFS


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", [*MESSAGES, *LABELS])
def test_both_languages_name_the_same_values(key: str) -> None:
    zh, en = (MESSAGES | LABELS)[key]
    assert zh.strip()
    assert en.strip()
    assert zh != en or not zh.isalpha()
    assert fields(zh) == fields(en)


def test_every_check_has_its_message() -> None:
    assert {check.id for check in CHECKS} <= set(MESSAGES)


@pytest.mark.parametrize(("folder", "all_of"), [("base/messages", MESSAGES), ("report/labels", LABELS)])
def test_a_text_has_one_theme(folder: str, all_of: dict[str, tuple[str, str]]) -> None:
    pages = [path for path in ROOT.glob(f"taxcalc/{folder}/*.py") if path.stem != "terms"]
    keys = [key for path in pages for key in re.findall(r'^    "(\w+)": ', path.read_text(encoding="utf-8"), re.M)]
    assert sorted(keys) == sorted(all_of)


def test_every_message_is_used() -> None:

    code = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("taxcalc/**/*.py"))
    for key in [*MESSAGES, *LABELS]:
        assert (
            len(re.findall(f"[\"']{key}[\"']", code)) >= 2
            or key.startswith(("status_", "kind_", "row_", "high", "medium", "low"))
            or key in {c.id for c in CHECKS}
        ), key


def test_ids_are_unique() -> None:
    for things in (LEVIES, RELIEFS, CHECKS):
        ids = [thing.id for thing in things]
        assert len(ids) == len(set(ids))
