"""Frames of polars, pandas and pyarrow: the same figures as the batch of CSV, in the same kind of frame."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import taxcalc
from helpers.batch_command import batch
from helpers.batches import as_bytes, mixture
from helpers.command import ROOT
from taxcalc import InputError, assess, assess_table, to_html

HEADINGS, ROWS, _ = mixture(4, 40)
GOOD = [[cell.strip("=-＝'") or "x" if i == 1 else cell for i, cell in enumerate(row)] for row in ROWS]
WIDTH = len(HEADINGS)
TEXTS = pl.DataFrame([[*row, *[""] * WIDTH][:WIDTH] for row in GOOD], schema=HEADINGS, orient="row").with_columns(
    pl.all().replace("", None)
)
KINDS = {
    "polars": lambda frame: frame,
    "pandas": lambda frame: pd.DataFrame(frame.to_dict(as_series=False), dtype=object),
    "pyarrow": lambda frame: frame.to_arrow().cast(pa.schema([(name, pa.string()) for name in frame.columns])),
}


def as_polars(frame: Any) -> pl.DataFrame:
    """A frame as the one kind that tests compare."""
    if isinstance(frame, pl.DataFrame):
        return frame
    rows = frame.to_pylist() if isinstance(frame, pa.Table) else frame.to_dict("records")
    names = frame.column_names if isinstance(frame, pa.Table) else list(frame.columns)
    columns = {str(n): [None if pd.isna(row[n]) else row[n] for row in rows] for n in names}
    return pl.DataFrame(columns, strict=False)


def as_csv(frame: Any) -> str:
    return as_polars(frame).write_csv()


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_gives_the_bytes_of_its_csv(kind: str) -> None:
    """Good and bad rows; and what is rejected is the same, by the same reasons."""
    frame = KINDS[kind](TEXTS)
    answers, rejects = assess_table(frame, lang="en", facts={"place": "county"})
    assert type(answers) is type(rejects) is type(frame)
    done = batch(TEXTS.write_csv(), "--names", "id", "--set", "place=county", "--lang", "en")
    assert as_csv(answers) == done.out.decode()
    said = {int(row): problem for row, problem in re.findall(r"row (\d+) \([^)]*\): (.*)", done.err)}
    found = as_polars(rejects)
    assert said
    assert {row + 2 for row in found["row"]} >= said.keys()
    assert set(said.values()) <= set(found["problem"])
    assert sorted({*found["row"], *map(int, (name[1:] for name in as_polars(answers)["id"]))}) == list(
        range(len(TEXTS))
    )


def test_money_of_every_type_is_read_alike() -> None:
    stated = {"name": ["a", "b"], "year": [2025, 2025], "place": ["city", "city"], "filing": ["quarterly", "quarterly"]}
    amounts = {
        "text": pl.Series(["1234.50", None]),
        "float": pl.Series([1234.5, float("nan")]),
        "decimal": pl.Series([Decimal("1234.50"), None]),
    }
    found = [assess_table(pl.DataFrame(stated).with_columns(one.alias("revenue"))) for one in amounts.values()]
    assert all(one.answers.drop("revenue").equals(found[0].answers.drop("revenue")) for one in found)
    assert found[0].answers["vat.payable"].to_list()[1] is None  # not stated, and not nought


@pytest.mark.parametrize(
    ("value", "read"),
    [(0.1, True), (0.1 + 0.2, False), (1.005, False), (2.0**45 + 0.25, False), (35_184_372_088.83, True), (1e16, False),
     (-0.0, True), (float("inf"), False), (3e-7, False), (9_007_199_254_740_993.0, False)],
)  # fmt: skip
def test_a_float_counts_where_it_stands_for_one_amount(value: float, read: bool) -> None:
    answers, rejects = assess_table(pl.DataFrame({"name": ["a"], "year": [2025], "property_tax_due": [value]}))
    assert (len(answers), len(rejects)) == (read, not read)
    assert read or rejects["column"].to_list() == ["property_tax_due"]


def test_a_frame_of_pandas_keeps_its_index_and_types() -> None:
    frame = pd.DataFrame(
        {"name": ["a", None, "合计", "d"], "year": [2025, 2025, None, 2025], "revenue": [1.5, 1, 2.5, 0.1 + 0.2], 7: 1},
        index=list("wxyz"),
    )
    answers, rejects = assess_table(frame, select="7,revenue,total.payable", lang="en", facts={"place": "city"})
    assert list(answers.index) == ["w"]
    assert list(answers.columns) == [7, "revenue", "total.payable"]
    assert answers["revenue"].dtype == frame["revenue"].dtype
    assert rejects["row"].to_list() == [1, 2, 3]


def test_names_that_are_taken_and_rows_that_are_none() -> None:
    frame = pl.DataFrame({"name": ["a", ""], "year": ["2025", ""], "revenue": ["5", ""], "vat.payable": ["mine", ""]})
    answers, rejects = assess_table(frame, columns="items")
    assert answers["vat.payable"].to_list() == ["mine"]
    assert len({*answers.columns}) == len(answers.columns)
    assert rejects["row"].to_list() == [1]
    nobody, none = assess_table(frame[:0])
    assert (len(nobody), len(none), nobody.columns) == (0, 0, assess_table(frame).answers.columns)


@pytest.mark.parametrize(
    "wrong", [{"period": "2025Q7"}, {"facts": {"planet": 1}}, {"select": "planet"}, {"map": {"name": "planet"}}]
)
def test_what_cannot_be_meant_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        assess_table(pl.DataFrame({"name": ["a"], "year": ["2025"], "revenue": ["5"]}), **wrong)


def test_a_notebook_shows_the_page_without_a_style_that_reaches_further() -> None:
    answer: Any = assess({"name": "<b>&", "year": 2023, "revenue": "1_200_000", "place": "city"})
    page = answer._repr_html_()
    assert page == to_html(answer)
    assert "&lt;b&gt;&amp;" in page
    assert "<b>" not in page
    assert page.startswith('<div class="taxcalc" lang="zh-CN"><style>@scope (.taxcalc){')
    assert "body{" not in page
    assert answer._replace(tables="0" * 64)._repr_html_() is None


def test_the_page_of_the_public_names_has_them_all_and_its_code_says_what_it_claims() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    named = re.findall(r"`(\w+)", "".join(line.split("|")[1] for line in page.splitlines() if line.startswith("| `")))
    assert sorted(named) == sorted(taxcalc.__all__)
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    said = io.StringIO()
    exec(code.replace("print(", "tell("), {"tell": lambda value: print(value, file=said)})
    assert said.getvalue().splitlines() == re.findall(r"print\(.*\)  # (.*)", code)


def test_the_csv_of_the_frame_is_the_table() -> None:
    assert as_bytes(HEADINGS, []).decode() == TEXTS[:0].write_csv()
