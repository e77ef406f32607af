"""Reports: what is printed is read back and added, and comes to what is printed below the line, in every format."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from helpers.batches import as_bytes, mixture, summary
from helpers.businesses import some_assessment
from taxcalc import Assessment, assess
from taxcalc.assessment.model import shipped_book
from taxcalc.base.problem import Lang
from taxcalc.firms.answers import LACKING
from taxcalc.firms.columns.arrays import Arrays
from taxcalc.firms.columns.lists import Lists
from taxcalc.firms.wanted import TOTALS
from taxcalc.firms.write import totals
from taxcalc.report import csv as csv_report
from taxcalc.report import json as json_report
from taxcalc.report.labels import LABELS
from taxcalc.report.markdown import as_markdown
from taxcalc.report.names import NOT_IN
from taxcalc.report.single import document as document_of
from taxcalc.report.terminal import print_document

AMOUNT = r"(?:-?[\d,]+(?:\.\d\d)?|—)"
"""A printed amount; a dash where it is not known, which adds nothing to a sum."""
ITEMS, LEVIES = ("before", "saving", "after", "worth"), ("baseline", "saving", "payable")
seeds = st.integers(0, 10**9)
langs: st.SearchStrategy[Lang] = st.sampled_from(["zh", "en"])
several = settings(max_examples=10, deadline=None)


def fen(text: str) -> int:
    """Fen of a printed amount, or a number of businesses."""
    assert re.fullmatch(AMOUNT, text), text
    return 0 if text == "—" else int(text.replace(",", "").replace(".", ""))


def word(key: str, lang: Lang) -> str:
    """A fixed word of reports."""
    return LABELS[key][0 if lang == "zh" else 1]


class Printed(NamedTuple):
    """A table as it was printed: the amounts of each line by column, and those below the line."""

    lines: list[list[int]]
    total: list[int]


def read_back(text: str, words: list[str], lang: Lang) -> Printed:
    """The figures of one table of the terminal with these headings, beside each other or stacked."""
    total = word("total", lang)
    rows = text.splitlines()
    if any(row.startswith("─") for row in rows[:4]):  # below a heading, of several lines where it is long
        place = next(i for i, row in enumerate(rows) if row.split()[:1] == [total])
        ends = [row.split()[-len(words) :] for row in rows[:place]]
        lines = [[fen(cell) for cell in end] for end in ends if all(re.fullmatch(AMOUNT, cell) for cell in end)]
        return Printed([line for line in lines if len(line) == len(words)], [*map(fen, rows[place].split()[1:])])
    place = next(i for i, row in enumerate(rows) if row.strip() == total)
    found = [re.fullmatch(rf" +(?:{'|'.join(map(re.escape, words))}) +({AMOUNT}) *", row) for row in rows]
    figures = [fen(one[1]) for one in found[:place] if one]
    below = [one and fen(one[1]) for one in found[place + 1 :]]
    return Printed(
        [figures[i : i + len(words)] for i in range(0, len(figures), len(words))],
        [amount for amount in itertools.takewhile(lambda amount: amount is not None, below) if amount is not None],
    )


def section(text: str, key: str, lang: Lang) -> str:
    """What stands below a heading of the report, up to the next one."""
    _, found, rest = text.partition(f"\n{word(key, lang)} ─")
    return re.split(r"\n\S[^\n]* ──+\n", rest.partition("\n")[2])[0] if found else ""


def terminal(assessment: Assessment, lang: Lang, width: int) -> str:
    """The report as it is printed."""
    out = io.StringIO()
    made = document_of(assessment, shipped_book(), lang)
    print_document(made, Console(file=out, width=width, color_system=None))
    return out.getvalue()


@several
@given(seeds, langs)
def test_printed_lines_sum_to_printed_totals_on_a_terminal(seed: int, lang: Lang) -> None:
    assessment = some_assessment(seed)
    counted = [i for i in assessment.items if i.kind in ("tax", "fee") and (i.saving or i.worth)]
    shown = [v for v in assessment.levies if v.kind in ("tax", "fee") and v.status == "calculated"]
    for width in (40, 60, 80, 100, 160):
        text = terminal(assessment, lang, width)
        saved = 0
        if counted:
            items = read_back(section(text, "items", lang), [word(head, lang) for head in ITEMS], lang)
            assert items.lines == [[i.before, i.saving, i.after, i.worth] for i in counted], width
            saved = sum(line[1] for line in items.lines)
            assert items.total == [saved]
        if shown:
            levies = read_back(section(text, "levies", lang), [word(head, lang) for head in LEVIES], lang)
            assert levies.lines == [[v.baseline, v.saving, v.payable] for v in shown], width
            sums = [sum(column) for column in zip(*levies.lines, strict=True)]
            assert levies.total == sums
            assert (sums[0] - sums[1], sums[1]) == (sums[2], saved)
            headline = "".join(text.split(f"{word('levies', lang)} ─")[0].split())
            assert all(f"{amount // 100:,}.{amount % 100:02}" in headline for amount in sums if amount or saved)


@several
@given(seeds, langs)
def test_every_format_says_the_same_and_adds_up(seed: int, lang: Lang) -> None:
    assessment = some_assessment(seed)
    document = json.loads(json_report.as_json(assessment, shipped_book(), lang))
    items = [i for i in document["items"] if i["kind"] in ("tax", "fee")]
    levies = [v for v in document["levies"].values() if v["kind"] in ("tax", "fee") and v["payable"] is not None]
    stated = document["totals"]["taxes_and_fees"]
    total = {key: fen(stated[key] or "0.00") for key in LEVIES}
    calculated = [levy for levy in levies if levy["status"] == "calculated"]
    assert (stated["saving"] is None) == (not calculated and bool(stated["incomplete"]))
    assert sum(fen(item["saving"] or "0.00") for item in items) == total["saving"]
    assert {key: sum(fen(levy[key]) for levy in levies) for key in total} == total
    assert total["baseline"] - total["saving"] == total["payable"]
    for item in document["items"]:
        if item["saving"] is not None:
            assert sum(map(fen, item["by_levy"].values())) == fen(item["saving"])
            assert fen(item["before"]) - fen(item["saving"]) == fen(item["after"])

    rows = {
        row["id"]: row
        for row in csv.DictReader(
            io.StringIO(csv_report.as_csv(document_of(assessment, shipped_book(), lang), shipped_book()))
        )
    }
    names = {key: word(key, lang) for key in ITEMS}
    for item in document["items"]:
        assert {key: rows[item["id"]][name] or None for key, name in names.items()} == {key: item[key] for key in names}

    tables = markdown_tables(as_markdown(document_of(assessment, shipped_book(), lang)))
    printed = [fen(i["saving"]) for i in items if i["saving"] and (fen(i["saving"]) or fen(i["worth"]))]
    savings = [line[2] for line in tables[0][:-1]] if printed else []
    assert savings == [f"{amount // 100:,}.{amount % 100:02}" for amount in printed]
    others = {i["kind"] for i in document["items"] if i["kind"] not in ("tax", "fee") and fen(i["saving"] or "0.00")}
    assert len(tables) == bool(printed) + bool(calculated) + len(others)
    for lines in tables[: len(tables) - len(others)]:
        *above, below = lines
        for place, amount in enumerate(below[1:], 1):
            if amount:
                assert sum(fen(line[place]) for line in above) == fen(amount)


def markdown_tables(text: str) -> list[list[list[str]]]:
    """The cells of each table, without its heading."""
    blocks = [block.splitlines()[2:] for block in text.split("\n\n") if block.startswith("| ")]
    return [[[cell.strip(" *") for cell in line.strip("|").split("|")] for line in block] for block in blocks]


@settings(max_examples=6, deadline=None)
@given(seeds, langs, st.sampled_from([Lists, Arrays]), st.sampled_from([40, 80, 160]))
def test_totals_of_a_batch_add_up_in_every_format(seed: int, lang: Lang, engine: type, width: int) -> None:
    headings, rows, _ = mixture(seed, 20, bad=0.1)
    sink = summary(as_bytes(headings, rows), engine, ["name"], lang=lang)
    out = io.StringIO()
    totals.print_table(sink, lang, Console(file=out, width=width, color_system=None))
    reliefs, groups = out.getvalue().rsplit("\n\n", 1) if width < 80 else out.getvalue().split("\n\n")
    document = json.loads(totals.as_json(sink))
    assert (document["saving"] is None) == all(group["saving"] is None for group in document["groups"] or [document])
    saved = sum(fen(relief["saving"] or "0.00") for relief in document["reliefs"].values())
    assert saved == fen(document["saving"] or "0.00")
    printed = read_back(reliefs, [word("businesses", lang), word("saving", lang)], lang)
    assert sum(line[1] for line in printed.lines) == printed.total[1] == saved
    printed = read_back(groups, [word(key, lang) for key in ("businesses", *TOTALS)], lang)
    assert [sum(column) for column in zip([0] * 4, *printed.lines, strict=True)] == printed.total
    assert printed.total == [document["businesses"], *(fen(document[key] or "—") for key in TOTALS)]
    for key in TOTALS:
        assert sum(fen(group[key] or "—") for group in document["groups"]) == fen(document[key] or "—")
    assert sum(group["businesses"] for group in document["groups"]) == document["businesses"]
    long = list(csv.DictReader(io.StringIO(totals.as_csv(sink))))
    for key in TOTALS:
        lines = [fen(row[word("amount", lang)] or "—") for row in long if row[word("item", lang)] == word(key, lang)]
        assert sum(lines) == fen(document[key] or "—")
    for what in ("total", "income_tax"):
        title = sink.columns.title(f"due_now.{what}")
        lines = [fen(row[word("amount", lang)] or "—") for row in long if row[word("item", lang)] == title]
        assert sum(lines) == fen(document["due_now"][what] or "—")
        assert fen(document["due_now"][what] or "—") == sum(fen(g["due_now"][what] or "—") for g in document["groups"])
    for kind in LACKING:
        before = f"{NOT_IN[kind][0 if lang == 'zh' else 1]}{'：' if lang == 'zh' else ': '}"
        for id, businesses in lacks(document, kind).items():
            name = f"{before}{sink.columns.levies([id])[id]}"
            counted = [int(row[word("businesses", lang)]) for row in long if row[word("item", lang)] == name]
            assert sum(counted) == businesses == sum(lacks(group, kind).get(id, 0) for group in document["groups"])


def lacks(part: dict[str, Any], kind: str) -> dict[str, int]:
    """Of a group of the JSON, or of all: the businesses whose sums lack a levy."""
    found: dict[str, int] = (part if kind == "incomplete" else part["due_now"])["incomplete"]
    return found


@pytest.mark.parametrize("width", [40, 160])
def test_the_reader_of_these_tests_sees_both_shapes(width: int) -> None:
    facts = {"year": 2023, "revenue": "1_200_000", "taxable_income": "3_440_000", "rd_expensed": "1_000_000"}
    text = terminal(assess({**facts, "employees": 80, "assets": "20_000_000"}), "en", width)
    printed = read_back(section(text, "levies", "en"), [word(head, "en") for head in LEVIES], "en")
    assert [86_000_000, 73_800_000, 12_200_000] in printed.lines
    assert printed.total == [90_032_000, 77_832_000, 12_200_000]
