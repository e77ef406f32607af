"""The pieces that read a batch, each by itself and to the letter: guards, records, chunks, headings, cells, rejects."""

from __future__ import annotations

import io
from typing import Any

import pytest
from businesses import CATALOGUE

from taxcalc.batch.cells import in_unit, read_column, reader
from taxcalc.batch.compute import Rejected
from taxcalc.batch.guard import FIRST_BYTES, guarded, restored
from taxcalc.batch.header import Header, read_header
from taxcalc.batch.parse import Chunk, Parsed, as_line, cells_of, miscounted, parse
from taxcalc.batch.records import Record, records
from taxcalc.batch.rejects import Rejects
from taxcalc.batch.rows import Rows
from taxcalc.problem import InputError, Problem, problem

# ---------------------------------------------------------------------- guards

RISKY = [
    "=1",
    "+a",
    "-a",
    "@a",
    "\ta",
    "\ra",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    "'=1",
    "'''@",
    "-",
    "=",
    "+1+1",
    "-1-",
    "1%1"[1:],
]


@pytest.mark.parametrize("cell", RISKY)
def test_a_risky_cell_gets_one_apostrophe(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    assert restored(f"'{cell}") == cell
    assert cell.encode()[0] in FIRST_BYTES


@pytest.mark.parametrize(
    "cell", ["", "a", "5", "-5", "+5", "-.5", "+1,234.50", "-5%", "1_000", "'", "''", "'a", "%1", "a=1"]
)
def test_a_harmless_cell_stays(cell: str) -> None:
    assert guarded(cell) == cell
    assert restored(cell) == cell


# ---------------------------------------------------------------------- records


def found(text: str | bytes, delimiter: str = ",", width: int | None = None) -> list[Record]:
    """The records of a text."""
    return list(records(text.encode() if isinstance(text, str) else text, delimiter, width))


def test_plain_lines_are_records() -> None:
    assert found("a,b\r\n\n1;2,\nend") == [
        Record(0, ["a", "b"], "a,b", 5),
        Record(1, [], "", 6),
        Record(2, ["1;2", ""], "1;2,", 11),
        Record(3, ["end"], "end", 14),
    ]
    assert found("a;b,c\n", ";") == [Record(0, ["a", "b,c"], "a;b,c", 6)]
    assert found("") == []
    assert found("\r\n") == [Record(0, [], "", 2)]


def test_quotes_hold_delimiters_quotes_and_line_breaks() -> None:
    assert found('"a,b","say ""x"""\n1,2\n') == [
        Record(0, ["a,b", 'say "x"'], '"a,b","say ""x"""', 18),
        Record(1, ["1", "2"], "1,2", 22),
    ]
    text = 'x,"two\nlines",5\ny,z,6\n'
    assert found(text, ",", 3) == [
        Record(0, ["x", "two\nlines", "5"], 'x,"two\nlines",5', 16),
        Record(1, ["y", "z", "6"], "y,z,6", 22),
    ]
    assert found('5" pipe,2\n') == [Record(0, ['5" pipe', "2"], '5" pipe,2', 10)]
    assert found('"a";"b"\n', ";") == [Record(0, ["a", "b"], '"a";"b"', 8)]
    assert found('"a"\r\n"b"') == [Record(0, ["a"], '"a"', 5), Record(1, ["b"], '"b"', 8)]


def test_what_is_no_record_is_named_and_costs_one_line() -> None:
    open_quote = problem("quote_open", lines=200)
    assert found('a,"x\nb,c\n', ",", 2) == [Record(0, [], 'a,"x', 5, open_quote), Record(1, ["b", "c"], "b,c", 9)]
    assert found('a,"x\nb",c\nd,e\n', ",", 2)[0] == Record(0, [], 'a,"x', 5, open_quote)  # it would be three cells
    assert found('a,"x"y,c\nd\n') == [Record(0, [], 'a,"x"y,c', 9, problem("quote_inside")), Record(1, ["d"], "d", 11)]
    undecodable = problem("bytes_undecodable")
    assert found(b"a,\xff\nb\n") == [Record(0, [], "", 4, undecodable), Record(1, ["b"], "b", 6)]
    assert found(b'"a\xff"\n"b"\n') == [Record(0, [], "", 5, undecodable), Record(1, ["b"], '"b"', 9)]
    assert found(b'\xff"\n')[0] == Record(0, [], "", 3, undecodable)


@pytest.mark.parametrize(("lines", "whole"), [(200, True), (201, False)])
def test_a_record_may_span_so_many_lines(lines: int, whole: bool) -> None:
    text = '"' + "\n" * (lines - 1) + '",b\nnext,c\n'
    one, *others = found(text, ",", 2)
    assert (one.problem is None) == whole
    assert one.end == (len(text) - 7 if whole else 2)
    assert others[-1] == Record(1 if whole else others[-1].number, ["next", "c"], "next,c", len(text))


# ---------------------------------------------------------------------- chunks


def header(*titles: str) -> Header:
    """A heading with these titles."""
    return read_header(titles, CATALOGUE, "test")


IDS = header("id", "year", "revenue")


def parsed(text: str | bytes, delimiter: str = ",", heading: Header = IDS, plainly: bool = False) -> Parsed:
    """A chunk that was read."""
    content = text.encode() if isinstance(text, str) else text
    return parse(Chunk(content), heading, delimiter, plainly=plainly)


def table_of(read: Parsed, columns: int = 3) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """Rows with their numbers, and the lines as they stand."""
    block = read.block
    rows = [(block.number(i), [block.text(i, c) for c in range(columns)]) for i in range(block.size)]
    if isinstance(block, Rows):
        return rows, list(block.lines)
    return rows, [block.lines[int(n)].removesuffix("\r") for n in block.numbers]


@pytest.mark.parametrize("plainly", [False, True])
def test_a_chunk_is_rows_and_what_is_none(plainly: bool) -> None:
    read = parsed('a,2023,5\n\nb,2023\nc,2023,6,7\n,,\n"d,e",2023,"1,000"\n"x,y",2023\r\n', plainly=plainly)
    assert isinstance(read.block, Rows) is not plainly
    assert table_of(read) == (
        [(0, ["a", "2023", "5"]), (5, ["d,e", "2023", "1,000"])],
        ["a,2023,5", '"d,e",2023,"1,000"'],
    )
    assert read.broken == [
        (2, "b,2023", problem("cells_miscounted", found=2, expected=3)),
        (3, "c,2023,6,7", problem("cells_miscounted", found=4, expected=3)),
        (6, '"x,y",2023', problem("cells_miscounted", found=2, expected=3)),
    ]
    assert (read.length, read.delimiter) == (7, ",")


@pytest.mark.parametrize("plainly", [False, True])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters(plainly: bool, delimiter: str) -> None:
    lines = ["a;2023;5", "b;2023", "c;2024;6"]
    read = parsed("".join(line.replace(";", delimiter) + "\n" for line in lines), delimiter, plainly=plainly)
    assert isinstance(read.block, Rows) is not plainly
    rows, as_commas = table_of(read)
    assert rows == [(0, ["a", "2023", "5"]), (2, ["c", "2024", "6"])]
    assert [line.replace(delimiter, ",") for line in as_commas] == ["a,2023,5", "c,2024,6"]
    assert read.broken == [(1, f"b{delimiter}2023", problem("cells_miscounted", found=2, expected=3))]
    assert (read.length, read.delimiter) == (3, delimiter)


@pytest.mark.parametrize(
    "text",
    [
        "a;2023;1,5\n",  # a comma among other delimiters
        'a;2023;"5"\n',  # a quote among other delimiters
    ],
)
def test_what_might_not_be_plain_is_read_with_care(text: str) -> None:
    assert isinstance(parsed(text, ";", plainly=True).block, Rows)


def test_care_is_also_for_bad_bytes_stray_quotes_and_trailing_delimiters() -> None:
    assert isinstance(parsed(b"a,2023,\xff\n", plainly=True).block, Rows)
    assert isinstance(parsed('a,2023,5"\n', plainly=True).block, Rows)
    assert isinstance(parsed("a,2023,5,\n", plainly=True).block, Rows)
    assert isinstance(parsed("a,2023,5,\n", heading=header("id", "year", "revenue", ""), plainly=True).block, Rows)
    read = parsed("a,2023,5,,\nb,2023,6\nc,2023,7,,8\n", plainly=True)
    assert table_of(read) == ([(0, ["a", "2023", "5"]), (1, ["b", "2023", "6"])], ["a,2023,5", "b,2023,6"])
    assert read.broken == [(2, "c,2023,7,,8", problem("cells_miscounted", found=5, expected=3))]
    lone = parsed(b"a,2023,5\nb,\xff,6\n")
    assert lone.broken == [(1, "", problem("bytes_undecodable"))]


def test_a_chunk_may_be_a_problem_itself() -> None:
    read = parse(Chunk(b"", problem("record_long", limit=8)), IDS, ",", plainly=True)
    assert (read.block.size, read.broken, read.length) == (0, [(0, "", problem("record_long", limit=8))], 1)


def test_lines_and_cells_are_each_others_opposites() -> None:
    for cells in (["a", "b"], ["a,b", 'say "x"'], ["two\nlines", ""], ["\r", " x "], [""], ["5"]):
        assert cells_of(as_line(cells), ",") == cells or cells == ["\r", " x "]
    assert as_line(["a", "b,c", 'd"', "e\nf", "g\rh", ""]) == 'a,"b,c","d""","e\nf","g\rh",'
    assert cells_of('a;"b;c";d', ";") == ["a", "b;c", "d"]
    assert cells_of("a;b,c", ";") == ["a", "b,c"]
    assert cells_of('n,"open,2023', ",") == ["n", "open,2023"]
    assert cells_of('a"\rb,c', ",") == ['a"\rb', "c"]
    assert miscounted(["a"], 3) == problem("cells_miscounted", found=1, expected=3)


# ---------------------------------------------------------------------- headings


def test_headings_are_facts_in_any_writing() -> None:
    read = header(
        " ID ",
        "ＹＥＡＲ",
        "一季度销售额（万元）",
        "备注",
        "assets [单位：亿元]",
        "从业人数(人)",
        "western share（%）",
        "",
        "",
    )
    assert [(c.place, c.title, c.name, c.unit) for c in read.columns] == [
        (0, "ID", "id", ""),
        (1, "ＹＥＡＲ", "year", ""),
        (2, "一季度销售额（万元）", "revenue_q1", "万"),
        (3, "备注", "", ""),
        (4, "assets [单位：亿元]", "assets", "亿"),
        (5, "从业人数(人)", "employees", ""),
        (6, "western share（%）", read.columns[6].name, "%" if read.columns[6].name else ""),
    ]
    assert read.width == 9
    assert [c.name for c in read.facts if c.name] == [c.name for c in read.columns if c.name][1:]
    assert read.stated >= {"id", "year", "revenue", "assets", "employees"}
    assert read.column("assets") == read.columns[4]
    assert read.column("revenue") is None


def test_a_heading_in_the_middle_may_be_empty() -> None:
    read = header("", "year", "", "revenue", "")
    assert [c.name for c in read.columns] == ["", "year", "", "revenue"]
    assert (read.width, read.notes) == (5, ())


def test_unknown_headings_are_said() -> None:
    read = header("year", "revenu", *(f"colour {i}" for i in range(14)))
    near, unknown = read.notes
    assert near == problem("column_unknown_near", column=2, title="revenu", near=near.values["near"])
    assert near.values["near"][0] == "revenue"
    assert unknown == problem("columns_unknown", titles=[*(f"colour {i}" for i in range(12)), "… (+2)"])
    assert header("year", *(f"colour {i}" for i in range(12))).notes == (
        problem("columns_unknown", titles=[f"colour {i}" for i in range(12)]),
    )


def refused(*titles: str) -> list[Problem]:
    """What is wrong with a heading."""
    with pytest.raises(InputError) as caught:
        header(*titles)
    return caught.value.problems


def test_headings_that_cannot_be_used_are_refused() -> None:
    twice = problem("column_twice", first=1, one="revenue", second=3, other="销售额", fact="revenue", source="test")
    assert refused("revenue", "year", "销售额") == [twice]
    titles = list("abcdef")
    assert refused(*titles, "g") == [problem("header_missing", source="test", titles=titles)]
    assert refused("", "") == [problem("header_missing", source="test", titles=[""])]


# ---------------------------------------------------------------------- cells


def column_of(title: str, cells: list[str]) -> Any:
    """A column that was read."""
    heading = header(title)
    return read_column(Rows([[cell] for cell in cells], range(len(cells)), cells), heading.columns[0])


@pytest.mark.parametrize(
    ("title", "cells", "values", "there", "bad"),
    [
        ("revenue", ["1.5", "12万", "7"], [150, 12_000_000, 700], True, {}),
        ("revenue", ["1.5", "", " "], [150, 0, 0], [True, False, False], {}),
        ("revenue", ["x", "5"], [0, 500], True, {0: problem("money_unreadable", value="x")}),
        ("revenue", ["-1"], [0], True, {0: problem("negative", value="-1")}),
        ("revenue（万元）", ["1.5", "2元", ""], [1_500_000, 200, 0], [True, True, False], {}),
        ("revenue（万元）", ["1e3"], [0], True, {0: problem("money_exponent", value="1e3")}),
        ("taxable_income", ["-1.5"], [-150], True, {}),
        ("year", ["2023", "2018"], [2023, 0], True, {1: problem("too_small", value="2018", limit="2019", negative=False)}),
        ("high_tech", ["是", "no", ""], [1, 0, 0], [True, True, False], {}),
        ("high_tech", ["是", "hm"], [1, 0], True, {1: problem("flag_unreadable", value="hm")}),
        ("place", ["county", "市区", "县城"], [1, 0, 1], True, {}),
        ("encouraged_income_share", ["2"], [0], True, {0: problem("rate_too_large", value="2", percent="2%")}),
    ],
)  # fmt: skip
def test_columns_are_read(title: str, cells: list[str], values: Any, there: Any, bad: Any) -> None:
    read = column_of(title, cells)
    assert [value for i, value in enumerate(read.values) if i not in read.bad] == [
        value for i, value in enumerate(values) if i not in bad
    ]
    assert read.bad == bad
    if bad:
        assert there is True
    else:
        assert read.there == there


def test_averages_and_rates_are_whole_parts() -> None:
    employees, share = CATALOGUE["employees"], CATALOGUE["encouraged_income_share"]
    whole = reader(employees)("1")
    assert isinstance(whole, int)
    assert column_of("employees", ["300.5", "1人"]).values == [300.5 * whole, whole]
    full = reader(share)("100%")
    assert isinstance(full, int)
    assert column_of("encouraged_income_share", ["0.6", "60%", "1"]).values == [full * 3 // 5, full * 3 // 5, full]
    assert column_of("encouraged_income_share（%）", ["60", "59.99%"]).values == [full * 3 // 5, full * 5999 // 10_000]
    assert reader(share)("2") == problem("rate_too_large", value="2", percent="2%")
    assert reader(employees)(" ") is None


@pytest.mark.parametrize(
    ("text", "unit", "written"),
    [("5", "", "5"), (" 5 ", "万", "5万"), ("5元", "万", "5元"), ("5万", "亿", "5万"), ("5亿", "万", "5亿"), ("5%", "%", "5%"),
     ("5‰", "%", "5‰"), ("５％", "%", "５％"), (" 5", "", " 5")],
)  # fmt: skip
def test_a_unit_of_the_heading_is_for_figures_without_one(text: str, unit: str, written: str) -> None:
    assert in_unit(text, unit) == written


# ---------------------------------------------------------------------- rejects


def one(row: int, column: str = "revenue", id: str = "n") -> Rejected:
    """A rejected row."""
    return Rejected(row, id, column, "=x", problem("money_unreadable", value="x"))


def test_rejects_are_written_said_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    file = io.StringIO()
    taken = Rejects("en", file, spoken=True)
    taken.take([one(2), one(2, "assets"), one(2, "assets"), one(3, "", "")])
    why = problem("money_unreadable", value="x").text("en")
    lines = file.getvalue().splitlines()
    assert lines[0] == "row,id,column,value,what is wrong and what to do"
    assert lines[1] == as_line(["2", "n", "revenue", "'=x", why])
    assert lines[4] == as_line(["3", "", "", "'=x", why])
    assert (taken.rows, len(taken.first), len(lines)) == (2, 4, 5)
    said = [f"row 2 (n, column 'revenue'): {why}", f"row 2 (n, column 'assets'): {why}"]
    assert taken.sentences() == [*said, said[1], f"row 3: {why}"]
    assert capsys.readouterr().out.splitlines() == taken.sentences()
    taken.take([one(row) for row in range(4, 9)])
    assert taken.first[-1] == one(4)
    assert len(taken.first) == 5
    assert taken.sentences()[5:] == [
        problem("rows_rejected_more", rows=7, columns=["revenue 6", "assets 1", "— 1"]).text("en")
    ]


def test_rejects_in_chinese_and_without_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    taken = Rejects("zh")
    taken.take([one(row) for row in range(2, 7)])
    why = problem("money_unreadable", value="x").text("zh")
    assert taken.sentences() == [f"第 {row} 行（n，“revenue”列）：{why}" for row in range(2, 7)]
    assert capsys.readouterr().out == ""
    file = io.StringIO()
    Rejects("zh", file).take([Rejected(9, "=n", "", "x" * 300, problem("quote_inside"))])
    head, row = file.getvalue().splitlines()
    assert head == "行,标识,列,值,问题与处理"
    assert row == as_line(["9", "'=n", "", "x" * 200, problem("quote_inside").text("zh")])
