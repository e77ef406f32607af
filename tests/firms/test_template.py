"""The template: a table that is read as it is written, and says to a person what goes in."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from helpers.businesses import CATALOGUE
from helpers.command import here
from taxcalc.base.problem import Lang, Problem
from taxcalc.facts.identifiers import doubt
from taxcalc.facts.values import read_value
from taxcalc.firms.read.heading import read_header
from taxcalc.firms.template import OPTIONAL, REQUIRED, columns, is_sample

LANGS: tuple[Lang, ...] = ("zh", "en")
COLUMNS = {"zh": "32 列全部识别", "en": "all 32 columns are facts"}


def made(folder: Path, lang: Lang, *more: str) -> Worksheet:
    path = folder / "客户.xlsx"
    assert here("template", str(path), *more, lang=lang).code == 0
    sheet: Worksheet = load_workbook(path).worksheets[0]
    return sheet


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["客户.csv", "客户.xlsx", "my clients.xlsx"])
def test_a_template_is_read_whole(tmp_path: Path, name: str, lang: Lang) -> None:
    path = tmp_path / name
    said = here("template", str(path), lang=lang)
    called = f'"{path}"' if " " in name else str(path)
    assert (said.code, said.out) == (0, b"")
    assert said.err.index(f"taxcalc check {called}") < said.err.index(f"taxcalc batch {called}")
    done = here("batch", str(path), lang=lang)
    assert done.code == 0
    assert COLUMNS[lang] in done.err


@pytest.mark.parametrize("monthly", [False, True])
@pytest.mark.parametrize("lang", LANGS)
def test_every_heading_names_its_fact_and_every_example_is_a_value_of_it(lang: Lang, monthly: bool) -> None:
    template = columns(CATALOGUE, lang, lang, monthly=monthly)
    header = read_header([column.title for column in template], CATALOGUE, "x")
    assert [column.slot for column in header.columns] == [column.slot for column in template]
    assert len(template) == len({*REQUIRED, *OPTIONAL}) + (11 if monthly else 3)
    for column in template:
        assert column.required == (column.slot.fact.name in REQUIRED)
        assert not column.example or not isinstance(read_value(column.slot.fact, column.example), Problem)
        assert column.example or not column.required
        if lang == "zh":
            assert column.title.endswith("（元）") == (column.slot.fact.type == "money")
            assert ("不含税" in column.title) == (column.slot.fact.name == "revenue")


@pytest.mark.parametrize("lang", LANGS)
def test_the_sheet_says_and_holds_what_may_be_entered(tmp_path: Path, lang: Lang) -> None:
    sheet = made(tmp_path, lang)
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    for place, column in enumerate(columns(CATALOGUE, lang, lang), 1):
        fact, letter, cell = column.slot.fact, get_column_letter(place), sheet.cell(1, place)
        assert cell.comment is not None
        assert column.how in cell.comment.text
        assert column.meaning in cell.comment.text
        style = sheet.column_dimensions[letter].number_format
        assert style == {"money": "#,##0.00", "average": "#,##0.##", "count": "0", "rate": "0.00%"}.get(fact.type, "@")
        if fact.unit in ("choice", "flag"):
            entries = lists[f"{letter}2:{letter}2000"].strip('"').split(",")
            found = [read_value(fact, entry) for entry in entries]
            assert sorted(map(int, found)) == list(range(len(fact.options) or 2))  # type: ignore[arg-type]
    shown = {cell.fill.fgColor.rgb for cell in sheet[1][:14]}, {cell.fill.fgColor.rgb for cell in sheet[1][14:]}
    assert [len(colours) for colours in shown] == [1, 1]
    assert shown[0] != shown[1]


@pytest.mark.parametrize("lang", LANGS)
def test_the_other_sheet_explains_and_is_no_table_of_businesses(tmp_path: Path, lang: Lang) -> None:
    made(tmp_path, lang)
    notes = load_workbook(tmp_path / "客户.xlsx").worksheets[1]
    rows = [[str(cell) for cell in row if cell] for row in notes.iter_rows(values_only=True)]
    text = "\n".join(" ".join(row) for row in rows)
    assert f"taxcalc check {tmp_path}" in text
    assert {"zh": "空白表示“未知”", "en": "An empty cell is unknown"}[lang] in text
    for column in columns(CATALOGUE, lang, lang):
        assert column.title in text
        assert column.meaning in text


def test_nothing_is_replaced_without_being_told_to(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine", encoding="utf-8")
    refused = here("template", str(path), lang="en")
    assert (refused.code, path.read_text(encoding="utf-8")) == (2, "mine")
    assert "--force" in refused.err
    assert here("template", str(path), "--force").code == 0
    assert path.read_text(encoding="utf-8") != "mine"


def test_sales_by_month(tmp_path: Path) -> None:
    titles = [cell.value for cell in made(tmp_path, "zh", "--monthly")[1]]
    assert [f"{month}月不含税销售额（元）" in titles for month in range(1, 13)] == [True] * 12
    assert not any("季度" in str(title) for title in titles)


@pytest.mark.parametrize("monthly", [[], ["--monthly"]])
@pytest.mark.parametrize("lang", LANGS)
def test_the_sample_is_known_and_no_business_is_taken_for_it(lang: Lang, monthly: list[str]) -> None:
    text = here("template", *monthly, lang=lang).out.decode("utf-8-sig")
    id, name = list(csv.reader(io.StringIO(text)))[1][:2]
    assert doubt(id) is None
    for written in (id, f" {id.lower()} ", "91620602MA00000001"):
        assert is_sample(written, name)
    assert not is_sample(id, "凉州饮食有限公司")
    assert not is_sample("91350100M000100Y43", name)
    assert not is_sample("", "")
