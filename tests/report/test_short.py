"""The report on one screen: its length, that it says what decides, and nothing that the whole report does not say."""

from __future__ import annotations

import io
import re
import shlex
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from helpers.businesses import some_assessment
from helpers.command import ROOT, here
from taxcalc import Assessment, assess
from taxcalc.assessment.model import shipped_book
from taxcalc.base.kinds import PURSES
from taxcalc.base.problem import Lang
from taxcalc.facts.files import read_source
from taxcalc.report.document import Command, Document, Paragraph, Remark, Table, statements, words_of
from taxcalc.report.markdown import as_markdown
from taxcalc.report.short import short_document
from taxcalc.report.single import document
from taxcalc.report.terminal import print_document
from taxcalc.report.words import Words

EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
LANGS: tuple[Lang, ...] = ("zh", "en")
THREE = "--year 2025 --revenue 1200000 --taxable-income 180000 --rd-expensed 50000"
AMOUNT = r"-?\d[\d,]*\.\d\d"


def printed(made: Document, width: int = 80) -> str:
    out = io.StringIO()
    print_document(made, Console(file=out, width=width, color_system=None))
    return out.getvalue()


def fen(text: str) -> int:
    return int(re.sub(r"[,.]", "", text))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("example", [*EXAMPLES, None], ids=lambda path: path.stem if path else "three-figures")
def test_a_report_fits_on_one_screen(example: Path | None, lang: Lang) -> None:
    given, most = ([f"examples/{example.name}"], 30) if example else (THREE.split(), 24)
    done = here("assess", *given, speaks={"LANG": "zh_CN.UTF-8" if lang == "zh" else "C.UTF-8", "COLUMNS": "80"})
    said = done.out.decode()
    assert done.code == 0
    assert len(said.splitlines()) <= most, said
    whole = here("assess", *given, "--full", "--lang", lang).out.decode()
    assert len(whole.splitlines()) > len(said.splitlines())


def check(assessment: Assessment, lang: Lang) -> None:
    """Compare the short report with the assessment and with the whole report."""
    book, words = shipped_book(), Words(assessment, shipped_book(), lang)
    short, full = short_document(assessment, book, lang), document(assessment, book, lang)
    said = [words for section, words in statements(short) if section != "ledger"]
    whole = "\n".join(words for section, words in statements(full) if section != "ledger")
    told = "\n".join(said)

    # nothing that the whole report does not say
    for amount in re.findall(AMOUNT, told):
        assert amount in whole, amount
    for option in re.findall(r"--[a-z-]{4,}", told):
        assert option in whole or option == "--full", option
    for line in (*short.headline, *(remark.text for remark in short.cautions)):
        assert words_of(line) in whole

    # every relief that saves, with its amount; lines add up
    table = next((b for section in short.sections for b in section.blocks if isinstance(b, Table)), None)
    counted = [item for item in assessment.items if item.kind in PURSES["cost"] and (item.saving or item.worth)]
    assert bool(table) == bool(counted)
    if table:
        lines = [(words_of(row.label), row.cells[0].text) for row in table.rows]
        assert [amount for _, amount in lines] == [words.money(item.saving) for item in counted]
        assert all(words.pick(item.label) in label for item, (label, _) in zip(counted, lines, strict=True))
        assert sum(fen(amount) for _, amount in lines) == fen(table.heads[1]) == assessment.saved.saving
    for item in assessment.items:
        if item.saving and item.kind not in PURSES["cost"]:
            assert f"{words.pick(item.label)} {words.range(item)}" in told

    # every levy with what is to pay, adding up to what the headline says
    levies = [v for v in assessment.levies if v.kind in PURSES["cost"] and v.status == "calculated"]
    section = short.section("levies")
    assert bool(section) == bool(levies)
    if section:
        (block,) = section.blocks
        assert isinstance(block, Paragraph)
        assert sum(map(fen, re.findall(AMOUNT, words_of(block.text)))) == assessment.saved.payable
        assert all(words.pick(levy.label) in words_of(block.text) for levy in levies)

    # what is not known and what is left out
    for id in assessment.saved.incomplete:
        assert words.levies([id]) in told
    for levy in assessment.levies:
        if levy.status == "needs_fact" and levy.kind in PURSES["cost"]:
            assert words.pick(levy.label) in told
    for question in assessment.questions:
        assert words.pick(question.label) in told or any(
            words.relief(id) in told for id in question.blocks if id in words.model.reliefs
        )
    for item in assessment.items:
        if item.status == "needs_fact" and item.at_stake and item.kind in PURSES["cost"]:
            assert words.pick(item.label) in told
            assert words.money(item.at_stake) in told


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_short_report_of_an_example_says_what_decides(example: Path, lang: Lang) -> None:
    check(assess(read_source(str(example))[1]), lang)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(LANGS))
def test_the_short_report_of_any_business_says_what_decides(seed: int, lang: Lang) -> None:
    check(some_assessment(seed), lang)


def three_figures() -> Assessment:
    return assess({"year": 2025, "revenue": 1_200_000, "taxable_income": 180_000, "rd_expensed": 50_000})


def test_alternatives_are_not_added_up() -> None:
    """Of regimes that exclude each other the largest is promised, and the others stand beside it."""
    assessment = three_figures()
    short = short_document(assessment, shipped_book(), "en")
    open_ = {item.id: item.at_stake for item in assessment.items if item.status == "needs_fact" and item.at_stake}
    assert len(open_) > 1
    words = Words(assessment, shipped_book(), "en")
    assert words_of(short.headline[-1]).startswith(f"Up to {words.money(max(open_.values()))} yuan more")
    assert words.money(sum(open_.values())) not in printed(short)


@pytest.mark.parametrize("lang", LANGS)
def test_the_limit_to_pass_is_told(lang: Lang) -> None:
    said = re.sub(r"\s+", " ", printed(short_document(three_figures(), shipped_book(), lang)))
    assert "≤ 300" in said
    assert "≤ 50,000,000.00" in said
    assert "≥ 60%" in said


@pytest.mark.parametrize("width", ["60", "80", "140"])
def test_the_command_to_copy_saves_what_was_promised(width: str) -> None:
    """What a shell makes of the printed command, with the facts filled in, is the same business and saves that much."""
    first = here("assess", *THREE.split(), speaks={"LANG": "C.UTF-8", "COLUMNS": width}).out.decode()
    lines = first.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("  taxcalc assess"))
    end = next(i for i in range(start, len(lines)) if not lines[i].endswith("\\"))
    typed = shlex.split("\n".join(lines[start : end + 1]).replace("\\\n", ""))
    assert typed[:2] == ["taxcalc", "assess"]
    assert typed[-4:] == ["--employees", "…", "--assets", "…"]
    filled = [*typed[1:-4], "--employees", "80", "--assets", "20_000_000"]
    second = here(*filled, speaks={"LANG": "C.UTF-8", "COLUMNS": width}).out.decode()
    before, after = (fen(re.search(rf"You save ({AMOUNT})", said)[1]) for said in (first, second))  # type: ignore[index]
    promised = re.search(rf"Up to ({AMOUNT}) yuan more", first)
    assert promised
    assert after - before == fen(promised[1])


def test_a_file_with_a_blank_in_its_name_is_quoted(tmp_path: Path) -> None:
    file = tmp_path / "a firm's.toml"
    file.write_text("year = 2025\nrevenue = 1_200_000\ntaxable_income = 180_000\n", encoding="utf-8")
    said = here("assess", str(file), "--format", "markdown").out.decode()
    command = re.search(r"```sh\n(.*)\n```", said)
    assert command
    assert shlex.split(command[1])[:3] == ["taxcalc", "assess", str(file)]


def test_a_command_longer_than_a_line_is_printed_whole(tmp_path: Path) -> None:
    file = tmp_path / ("a-very-long-name" * 12 + ".toml")
    file.write_text("year = 2025\nrevenue = 1_200_000\ntaxable_income = 180_000\n", encoding="utf-8")
    said = here("assess", str(file), speaks={"LANG": "C.UTF-8", "COLUMNS": "60"}).out.decode()
    command = said[said.index("  taxcalc assess") :].replace("\\\n", "").splitlines()[0]
    assert shlex.split(command) == ["taxcalc", "assess", str(file), "--employees", "…", "--assets", "…"]


def test_an_even_split_that_decides_is_a_caution() -> None:
    assert "spread evenly over 4 quarters, which decides here" in printed(
        short_document(three_figures(), shipped_book(), "en")
    )
    quarters = {"year": 2025, "revenue": [300_000] * 4, "taxable_income": 180_000}
    assert "spread evenly" not in printed(short_document(assess(quarters), shipped_book(), "en"))


def test_markdown_says_the_same() -> None:
    for lang in LANGS:
        made = short_document(three_figures(), shipped_book(), lang, ("taxcalc assess",))
        page = re.sub(r"\\([\\`*_{}\[\]<>|~#+>.)-])", r"\1", as_markdown(made).replace("**", ""))
        for section, words in statements(made):
            assert section == "ledger" or words in page, words


@pytest.mark.parametrize("option", ["--full", "--explain"])
def test_what_asks_for_more_gets_all(option: str) -> None:
    assert "Assumed ──" in here("assess", *THREE.split(), option).out.decode()


def test_what_is_due_now_stands_where_it_is_not_all_that_is_to_pay() -> None:
    """3,500 + 210 of the quarter and 9,000 − 3,000 of the half-year; of a year of which nothing prepaid is told, nothing."""
    quarter = {"period": "2026Q2", "place": "city", "revenue": 350_000, "taxable_income": 180_000}
    quarter |= {"employees": 12, "assets": "150万", "income_tax_prepaid": 3_000}
    assert "9,710.00 due for the period in all" in printed(short_document(assess(quarter), shipped_book(), "en"))
    assert "due for the year" not in printed(short_document(three_figures(), shipped_book(), "en"))


def test_commands_stand_once() -> None:
    made = short_document(three_figures(), shipped_book(), "en", ("taxcalc assess", "--year 2025"))
    blocks = [b for section in made.sections for b in section.blocks]
    assert [b.words for b in blocks if isinstance(b, Command)] == [
        ("taxcalc assess", "--year 2025", "--employees …", "--assets …")
    ]
    assert not any("taxcalc assess" in words_of(b.text) for b in blocks if isinstance(b, Remark))


@pytest.mark.parametrize(("width", "beside"), [(80, False), (99, False), (100, True), (140, True)])
def test_from_100_columns_on_a_base_stands_beside_its_relief(width: int, beside: bool) -> None:
    lines = printed(document(three_figures(), shipped_book(), "en"), width).splitlines()
    line = next(line for line in lines if "exempt sales 1,200,000.00" in line)
    assert ("VAT exemption" in line) is beside
    assert ("40,320.00" in line) is beside


def test_green_is_what_is_saved_in_taxes_and_fees() -> None:
    """Grants, what is put off and what is open have no green."""
    assessment = assess(read_source(str(ROOT / "examples" / "equipment-maker.toml"))[1])
    for made in (short_document(assessment, shipped_book(), "zh"), document(assessment, shipped_book(), "zh")):
        out = io.StringIO()
        print_document(made, Console(file=out, width=100, force_terminal=True, color_system="standard", no_color=False))
        green = " ".join(re.findall(r"\x1b\[(?:1;)?32m([^\x1b]*)", out.getvalue()))
        assert "1,020,300.00" in green
        assert not [
            amount for amount in ("881,000.00", "24,000.00", "54,000.00", "80,000.00") if amount in green.split()
        ]
