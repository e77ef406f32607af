"""The documentation site: a page for every relief in both languages, links that lead somewhere, commands that run."""

from __future__ import annotations

import json
import posixpath
import re
import shlex

import pytest

from docs_site import pages, reliefs, sources
from helpers.command import ROOT, here
from helpers.shown import PAGES

SAMPLE = ("vat_exemption", "western_region")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^):\s]+)\)")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Every page but that of the commands, with no case assessed."""
    monkeypatch.setattr(reliefs, "example", lambda relief: None)
    return dict(pages.pages())


@pytest.mark.verify
def test_every_relief_has_a_page_in_both_languages_and_every_link_leads_to_a_page(made: dict[str, str]) -> None:
    assert set(sources.own_tables()) == set(sources.reliefs())
    for relief in sources.own_tables():
        for lang in sources.LANGS:
            text = made[f"{lang}/reliefs/{relief}.md"]
            assert text.startswith("# ")
            assert re.search(r"(?m)^### \d{4}-\d\d-\d\d – ", text), relief
    assert pages.names() == {*made, "zh/commands.md", "en/commands.md"}
    for path, text in made.items():
        for link in LINK.findall(re.sub(r"(?s)```.*?```|`[^`\n]*`", "", text)):
            target, _, anchor = link.partition("#")
            name = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            assert name in pages.names(), (path, link)
            assert not name.endswith("/facts.md") or not anchor or f"\n## {anchor}\n" in made[name], (path, link)


@pytest.mark.verify
@pytest.mark.parametrize("relief", SAMPLE)
def test_the_example_of_a_relief_saves_what_its_page_says(relief: str) -> None:
    case = sources.example(relief)
    assert case
    ran = here(*shlex.split(reliefs.command(case))[1:], "--format", "json")
    assert ran.code in (0, 1), ran.err
    for command in re.findall(r"(?m)^taxcalc (law \S+) ", reliefs.page(relief, "en")):
        assert here(*shlex.split(command)).code == 0
    saving = re.search(r"\*\*([\d.]+)\*\*", reliefs.page(relief, "en"))
    assert saving
    assert {item["id"]: item["saving"] for item in json.loads(ran.out)["items"]}[relief] == saving[1]


def test_every_guide_is_there_in_both_languages_and_its_commands_are_tested() -> None:
    for name in pages.GUIDES:
        for lang in sources.LANGS:
            assert ROOT / pages.guide(name, lang) in PAGES
