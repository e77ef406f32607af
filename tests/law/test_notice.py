"""Each figure of a table that cites the notice of Wuwei is one that the cited measure states.

`tests/notice/figures.json` is the index, made from the notice's text by `tests/notice/index_figures.py`. A table
is checked as soon as it cites the notice: nothing is listed here but what the notice does not say.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

from notice.index_figures import INDEX, MEASURES, figures, plain, split_measures
from taxcalc.law.book import Bands, LawBook, Quantity, Value, Version
from taxcalc.law.folder import load_tables, shipped_tables
from taxcalc.law.schema import VersionEntry

NOTICE = "wuwei-2023-18"
STATED: dict[str, list[str]] = json.loads(INDEX.read_text(encoding="utf-8"))["measures"]
GENERAL_END = STATED["0"]

NOT_IN_THE_NOTICE = {
    (
        "cit.small_low_profit",
        "employees",
        "300 persons",
    ): "the notice names the enterprises; the national text says who they are",
    ("cit.small_low_profit", "assets", "50000000 yuan"): "the same definition",
    ("cit.rd", "fourth_quarter", "0%"): "a rate of 2022 only",
    ("vehicle.new_energy", "share", "100%"): "the notice says exempt",
    ("labour.work_injury", "share", "0%"): "national: the notice gives no share",
    ("labour.work_injury", "share", "20%"): "national: the notice gives no share",
    ("labour.work_injury", "share", "50%"): "national: the notice gives no share",
    ("labour.work_injury", "below", "18 months"): "national: the notice gives no share",
    ("labour.work_injury", "below", "24 months"): "national: the notice gives no share",
    (
        "vat.exemption",
        "quarterly",
        "300000 yuan",
    ): "three months of the monthly threshold, which is what the notice states",
}
"""(table, parameter, figure): why a version that cites the notice states more than the notice does."""


class Stated(NamedTuple):
    """A figure of a version, in the ways in which an index may hold it; the first is its name."""

    path: str
    parameter: str
    measure: str
    ways: tuple[str, ...]


def figures_of(book: LawBook, version: Version) -> Iterator[Stated]:
    """Every figure of a version that cites measures of the notice, with the measure it must be in."""
    for measure in measures_of(version):
        for parameter, quantity in quantities(book.stated(version)):
            ways = ways_to_say(*quantity, book.unit(version.path, parameter))
            yield Stated(version.path, parameter, measure, ways)
        if version.cites[0][0] == NOTICE:  # a national text may go on for longer
            yield Stated(version.path, "until", measure, (version.until.isoformat(),))


def measures_of(version: Version) -> list[str]:
    """The measures that a version cites."""
    clauses = [clause for document, clause in version.cites if document == NOTICE]
    found = [match[1] for clause in clauses if (match := re.match(r"measure (\d+)\b", clause))]
    assert len(found) == len(clauses), f"{version.path}: {clauses}: cite the notice as 'measure 12'"
    return found


def quantities(values: Mapping[str, Value | Bands]) -> Iterator[tuple[str, Quantity]]:
    """The quantities of a version, those of its bands too, each with its parameter."""
    for key, value in values.items():
        if isinstance(value, Quantity):
            yield key, value
        elif isinstance(value, list):
            for band in value:
                yield from quantities({**band})


def ways_to_say(kind: str, numerator: int, denominator: int, unit: str) -> tuple[str, ...]:
    """How a figure may stand in the index: 2.5% as points, half as five tenths, three months as a quarter."""
    value = Fraction(numerator, denominator)
    if kind == "money":
        return (f"{plain(value / 100)} yuan",)
    if kind == "rate":
        percent = plain(value * 100)
        return f"{percent}%", f"{percent} points", str(value), f"{plain(value * 10)} tenths"
    if unit == "months":
        return f"{plain(value)} months", f"{plain(value / 3)} quarter", f"{plain(value / 12)} years"
    if unit == "years":
        return f"{plain(value)} years", f"{plain(value * 12)} months"
    return (f"{plain(value)} {unit}",)


def strangers(book: LawBook) -> list[Stated]:
    """Figures that neither the cited measure states nor the list above explains."""
    return [
        stated
        for path in book.paths()
        for version in book.table(path).versions
        for stated in figures_of(book, version)
        if not is_stated(stated) and (path, stated.parameter, stated.ways[0]) not in NOT_IN_THE_NOTICE
    ]


def is_stated(stated: Stated) -> bool:
    """Does the measure state it (or, of an end, the closing paragraph)?"""
    said = STATED[stated.measure] + (GENERAL_END if stated.parameter == "until" else [])
    return not set(said).isdisjoint(stated.ways)


def test_every_figure_is_stated_by_the_measure_that_is_cited() -> None:
    assert strangers(LawBook(load_tables())) == []


def test_the_days_of_the_notice_are_those_it_states() -> None:
    book = LawBook(load_tables())
    seen = 0
    for table in map(book.table, book.paths()):
        if table.notice_until is not None:
            assert table.measure is not None, table.path
            assert table.notice_until.isoformat() in STATED[str(table.measure)] + GENERAL_END, table.path
            seen += 1
    assert seen >= 7


def test_a_measure_of_a_table_is_one_that_its_versions_cite() -> None:
    """`measure` and the citations do not contradict each other."""
    book = LawBook(load_tables())
    for table in map(book.table, book.paths()):
        cited = {measure for version in table.versions for measure in measures_of(version)}
        assert not cited or table.measure is None or str(table.measure) in cited, table.path


def test_the_list_of_other_figures_holds_nothing_idle() -> None:
    book = LawBook(load_tables())
    found = [stated for path in book.paths() for v in book.table(path).versions for stated in figures_of(book, v)]
    needed = {(stated.path, stated.parameter, stated.ways[0]) for stated in found if not is_stated(stated)}
    assert set(NOT_IN_THE_NOTICE) <= needed


def test_a_typo_in_any_figure_is_noticed() -> None:
    """Each figure that is checked, changed by a little, is a stranger."""
    content = load_tables()
    book = LawBook(content)
    checked = 0
    for path in book.paths():
        for number, version in enumerate(book.table(path).versions):
            if not measures_of(version):
                continue
            for place, (_, quantity) in enumerate(quantities(book.stated(version))):
                changed = copy.deepcopy(content)
                values = list(_compiled(changed["tables"][path]["versions"][number]))
                assert tuple(values[place]) == quantity
                values[place][1] = quantity.numerator * 1009 + 1009  # no figure is that of another
                assert strangers(LawBook(changed)), (path, quantity)
                checked += 1
    assert checked >= 10


LOCAL = """
[made_up]
zh = "补贴"
en = "subsidy"
measure = 43
parameters.share = ["比例", "share"]
parameters.months = ["期限", "how long"]
parameters.amount = ["金额", "amount"]
parameters.least = ["最低", "at least"]

[[made_up.version]]
from = 2023-01-01
until = 2023-12-31
document = "wuwei-2023-18"
clause = "measure 43"
evidence = "read"
share = "2/3"
months = "24 months"
least = "1_200 yuan"
bands = [{ amount = "1_350 yuan" }]
"""


@pytest.mark.parametrize(
    ("right", "wrong", "parameter"),
    [
        ("", "", None),
        ('"2/3"', '"1/3"', "share"),
        ('"24 months"', '"24 years"', "months"),
        ('"1_350 yuan"', '"1_530 yuan"', "amount"),
        ("until = 2023-12-31", "until = 2024-12-31", "until"),
    ],
)
def test_a_new_table_is_checked_as_soon_as_it_cites(
    tmp_path: Path, right: str, wrong: str, parameter: str | None
) -> None:
    for file in shipped_tables().glob("*.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "made_up.toml").write_text(LOCAL.replace(right, wrong, 1) if right else LOCAL, encoding="utf-8")
    found = strangers(LawBook(load_tables(tmp_path)))
    assert [stated.parameter for stated in found] == ([parameter] if parameter else [])


def _compiled(version: VersionEntry) -> Iterator[list[str | int]]:
    """The quantities of the compiled form, in the order of `quantities`, to change them."""
    for stated in (version["values"], *version["bands"]):
        yield from (figure for figure in stated.values() if isinstance(figure, list))


def test_the_register_states_what_the_measures_state() -> None:
    """Figures of the parts, and every day of the register but those on which nothing begins that the notice dates."""
    checked = 0
    for measure in LawBook(load_tables()).notices["wuwei-2023"]["measures"]:
        said = STATED[str(measure["number"])] + GENERAL_END
        days = [measure["until"], *(part["until"] for part in measure["parts"])]
        days += [str(measure["start"])] if measure["number"] in (2, 11, 12, 25) else []
        for part in measure["parts"]:
            assert set(figures(part["label"][0])) <= set(said), part["label"]
            checked += len(figures(part["label"][0]))
        assert set(days) <= set(said), measure["number"]
    assert checked > 30


def test_the_register_names_the_departments() -> None:
    by = {one["number"]: one["by"][0] for one in LawBook(load_tables()).notices["wuwei-2023"]["measures"]}
    assert by[16] == "市商务局、市市场监管局"
    assert by[36] == "市商务局、市发展改革委"
    assert by[49] == "市农业农村局、市科技局、市发展改革委"


# ---------------------------------------------------------------------- the index itself


def test_the_index_has_every_measure() -> None:
    assert list(STATED) == [str(number) for number in range(MEASURES + 1)]
    assert GENERAL_END == ["2023-12-31"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("补助20万元、5000元", ["200000 yuan", "5000 yuan"]),
        ("每人1000—2000元", ["1000 yuan", "2000 yuan"]),
        ("10%—20%，再减2.5个百分点", ["10%", "20%", "2.5 points"]),
        ("自2023年1月1日至12月31日", ["2023-01-01", "2023-12-31"]),
        ("2024年底前；2024年6月底前", ["2024-12-31", "2024-06-30"]),
        ("不超过2/3，最长24个月，毕业2年内", ["2/3", "24 months", "2 years"]),
        ("缓缴一个季度，17万亩，160千瓦", ["1 quarter", "170000 mu", "160 kilowatts"]),
        ("没有数字", []),
    ],
)
def test_figures_are_read(text: str, says: list[str]) -> None:
    assert figures(text) == says


def test_a_figure_that_is_not_understood_stops_the_script() -> None:
    with pytest.raises(SystemExit, match="not understood"):
        figures("共7个半斤，8两")


def test_a_text_that_is_not_the_notice_is_refused() -> None:
    with pytest.raises(SystemExit, match="1 measures were found"):
        split_measures("1.甲\n以上政策措施\n")


def test_no_sentence_is_kept() -> None:
    """Figures only: the index holds no word of the notice."""
    assert not re.search(r"[一-鿿]", Path(INDEX).read_text(encoding="utf-8"))
