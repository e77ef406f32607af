"""Tables in, tables out: what is read, what is refused and how, what is written, and what an accident leaves."""

from __future__ import annotations

import codecs
import csv
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.batch_command import batch, run
from helpers.command import ROOT
from helpers.command import run as started
from taxcalc.base.formula_guard import guarded, restored
from taxcalc.base.problem import say

HEAD = "id,year,taxpayer,revenue,taxable_income,employees,assets"
ROW = "{},2023,enterprise,{},100000.00,10,1000000.00"


def table(*amounts: str, head: str = HEAD) -> str:
    return "\n".join([head, *(ROW.format(f"n{i}", amount) for i, amount in enumerate(amounts, 1))]) + "\n"


# ---------------------------------------------------------------------- reading


def test_a_row_gets_its_savings_beside_it() -> None:
    done = batch(table("1_200_000"))
    assert done.code == 0
    (row,) = done.rows
    assert row["id"] == "n1"
    assert row["revenue"] == "1_200_000"
    assert row["Value-added tax: to pay"] == "0.00"
    assert row["saved in all"] == "60320.00"
    assert row["income tax regime"] == "Small low-profit enterprise regime"
    assert done.last == "taxcalc: 1 rows in = 1 rows out + 0 rejected"


def test_headings_are_recognised_in_any_language_width_and_order() -> None:
    head = "备注, 资产总额（万元） ,ＹＥＡＲ,Taxable Income,一季度销售额,2季度销售额,revenue-q3,销售额_q4,从业人数(人)"
    done = batch(f"{head}\n甲,100,2023,100000,1,2,3,4,10\n")
    assert done.code == 0
    assert "columns are facts" in done.err.splitlines()[0]
    assert done.err.splitlines()[0].startswith("taxcalc: standard input: UTF-8, separated by commas; 8 of 9")
    assert done.rows[0]["备注"] == "甲"
    assert done.rows[0]["saved in all"] != ""


def test_an_unknown_column_is_kept_and_said() -> None:
    done = batch("revenu,colour,year,taxable_income\n 5 ,red,2023,1\n")
    assert "column 1 'revenu' is no known fact; it is passed through. Did you mean revenue?" in done.err
    assert "these columns are no facts and are passed through: colour" in done.err
    assert done.rows[0]["revenu"] == " 5 "
    assert done.rows[0]["colour"] == "red"


def test_two_headings_of_one_fact_are_an_error() -> None:
    done = batch("revenue,year,销售额\n1,2023,2\n")
    assert done.code == 2
    assert done.out == b""
    assert "column 1 'revenue' and column 3 '销售额' are both: Sales, net of VAT" in done.err


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("gb18030", "GB18030"),
        ("gbk", "GB18030"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"),
    ],
)
def test_encodings_are_found_out_and_said(encoding: str, said: str) -> None:
    content = "名称,年度,销售额,应纳税所得额\n武威饮食,2023,1200000,5\n"
    done = batch(content.encode(encoding))
    assert f": {said}, separated by commas; all 4" in done.err
    assert done.rows[0]["名称"] == "武威饮食"
    assert done.rows[0]["Value-added tax: saved"] == "36000.00"


def test_an_encoding_can_be_told() -> None:
    content = "name,year,revenue\n饮食,2023,5\n".encode("gb18030")
    assert "GB18030 (as told)" in batch(content, "--encoding", "gbk").err
    wrong = batch(content, "--encoding", "utf-8")
    assert wrong.code == 2
    assert say("bytes_undecodable", "en") in wrong.err
    refused = batch(content, "--encoding", "latin-1")
    assert refused.code == 2
    assert "utf-8, gb18030, utf-16" in refused.err


def test_chinese_may_come_late_in_a_file_of_ascii() -> None:
    """The first block says nothing of the encoding."""
    rows = "".join(f"n{i},2023,{i}.00\n" for i in range(400_000))
    content = f"name,year,revenue\n{rows}饮食,2023,5\n".encode("gb18030")
    done = batch(content, "--columns", "summary")
    assert done.code == 0
    assert "饮食,2023,5," in done.out.decode().splitlines()[-1]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_line_ends_and_delimiters(newline: str, delimiter: str) -> None:
    lines = ["id,year,revenue,", "", 'a,2023,"1,200,000.00",', ",,,", "b,2023,5,"]
    content = newline.join(",".join(line.split(",")) for line in lines) + newline
    content = content.replace(",", delimiter).replace(f'"1{delimiter}200{delimiter}000.00"', '"1,200,000.00"')
    done = batch(content)
    assert done.code == 0, done.err
    assert [row["id"] for row in done.rows] == ["a", "b"]
    assert done.rows[0]["Value-added tax: saved"] == "36000.00"


def test_quoted_line_breaks_and_quotes_come_back() -> None:
    content = 'id,name,year,revenue\na,"Two\nlines, and ""quotes""",2023,5\nb,5" pipe,2023,6\n'
    done = batch(content)
    assert done.code == 0
    assert [row["name"] for row in done.rows] == ['Two\nlines, and "quotes"', '5" pipe']


def test_an_unclosed_quote_takes_one_row_with_it() -> None:
    rows = [f"n{i},good {i},2023,5" for i in range(2, 12)]
    rows[3] = 'n5,"open,2023,5'
    rows[7] = 'n9,"closed",2023,5'
    done = batch("id,name,year,revenue\n" + "\n".join(rows) + "\n")
    assert done.code == 1
    assert [row["id"] for row in done.rows] == [f"n{i}" for i in range(2, 12) if i != 5]
    assert "row 5 (n5): a quote is not closed" in done.err


def test_a_quote_that_closes_by_chance_takes_one_row_with_it() -> None:
    """Only the number of cells tells that this is no quoted line break."""
    done = batch('id,name,year,revenue\na,"open,2023,5\nb,b,2023,5\nc",c,2023,5\nd,d,2023,5\n')
    assert done.code == 1
    assert [row["id"] for row in done.rows] == ["b", 'c"', "d"]
    assert "row 2 (a): a quote is not closed" in done.err


def test_a_row_has_its_own_law() -> None:
    content = "year,filing,revenue_q1,revenue_q2,revenue_q3,revenue_q4\n"
    content += "".join(f"{year},quarterly,0,300000.01,0,0\n" for year in range(2019, 2028))
    paid = [row["Value-added tax: to pay"] for row in batch(content).rows]
    assert paid == ["9000.00", "3000.00", "0.00", "0.00"] + ["3000.00"] * 5


def test_the_year_can_be_set_for_rows_that_state_none() -> None:
    content = "id,revenue,year\na,300000,\nb,300000,2025\n"
    done = batch(content, "--year", "2026", "--set", "filing=quarterly", "--set", "place=county")
    assert done.code == 0
    assert [row["Urban construction tax: saved"] for row in done.rows] == ["450.00", "450.00"]
    assert "needs" in done.rows[0]
    missing = batch(content)
    assert missing.code == 1
    assert "row 2 (a, column 'year'): the tax year is missing" in missing.err
    wrong = batch(content, "--year", "2031", "--set", "plaice=county")
    assert wrong.code == 2
    assert len(wrong.err.strip().splitlines()) == 2


# ---------------------------------------------------------------------- bad rows


def test_bad_rows_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    amounts = ["100", "1.005", "1e3", "", "-5", "二十", "200"]
    rejects = tmp_path / "bad.csv"
    content = table(*amounts) + "n8,2023\nn9,2023,enterprise,5,5,5,5,5\n"
    done = batch(content, "--rejects", str(rejects))
    assert done.code == 1
    assert [row["id"] for row in done.rows] == ["n1", "n4", "n7"]
    assert done.last == "taxcalc: 9 rows in = 3 rows out + 6 rejected"
    bad = list(csv.reader(io.StringIO(rejects.read_text("utf-8-sig"), newline="")))
    assert bad[0] == ["row", "id", "column", "value", "what is wrong and what to do"]
    assert [row[:4] for row in bad[1:]] == [
        ["3", "n2", "revenue", "1.005"],
        ["4", "n3", "revenue", "1e3"],
        ["6", "n5", "revenue", "'-5" if guarded("-5") != "-5" else "-5"],
        ["7", "n6", "revenue", "二十"],
        ["9", "n8", "", "n8,2023"],
        ["10", "n9", "", "n9,2023,enterprise,5,5,5,5,5"],
    ]
    assert bad[1][4] == say("money_decimals", "en", value="1.005")
    assert bad[5][4] == say("cells_miscounted", "en", found=2, expected=7)
    assert "Sales, net of VAT" in done.rows[1]["needs"]
    assert done.rows[1]["Value-added tax: to pay"] == ""


def test_facts_that_contradict_each_other_are_rejected_as_for_one_business() -> None:
    content = "id,year,revenue,special_invoice_sales,revenue_q1,revenue_q2,revenue_q3,revenue_q4\n"
    content += "a,2023,100,200,,,,\nb,2023,100,5,1,2,3,4\nc,2023,10,1,1,2,3,4\n"
    done = batch(content)
    assert [row["id"] for row in done.rows] == ["c"]
    assert say("parts_exceed_sales", "en") in done.err
    assert "row 3 (b" in done.err


def test_a_quarter_and_months_that_do_not_fit_are_rejected_too() -> None:
    content = "id,period,revenue,revenue_m01,revenue_m02,revenue_m03\n"
    content += "a,2023Q1,9,1,1,1\nb,2023Q1,9,,,10\nc,2023Q1,9,,,9\nd,2023Q1,9,3,3,3\n"
    done = batch(content)
    assert [row["id"] for row in done.rows] == ["d"]


def test_a_row_is_called_so_in_both_languages_and_a_cell_is_shown_as_it_stands() -> None:
    content = "id,year,revenue,revenue_q1\na,2023,100,200\nb,2023,stdin,\n"
    said = batch(content, "--lang", "zh").err
    assert "本行：revenue 在 2023" in said
    assert "“stdin”不是金额" in said
    assert "this row: revenue: 100.00 is stated" in batch(content, "--lang", "en").err


def test_standard_error_names_the_first_and_counts_the_rest() -> None:
    done = batch(table(*["x"] * 9), "--lang", "zh")
    lines = done.err.splitlines()
    assert sum("列）：“x”不是金额" in line for line in lines) == 5
    assert lines[-2] == "taxcalc: 共退回 9 行（按列：revenue 9）；用 --rejects 文件.csv 写出全部"
    assert lines[-1] == "taxcalc: 共 9 行：输出 0 行，退回 9 行"


@pytest.mark.parametrize("where", ["stdout", "out.csv", "out.xlsx", "out.parquet"])
def test_strict_writes_nothing(tmp_path: Path, where: str) -> None:
    target = tmp_path / where
    args = [] if where == "stdout" else ["--output", str(target)]
    done = batch(table("5", "x"), "--strict", *args)
    assert done.code == 2
    assert done.out == b""
    assert list(tmp_path.iterdir()) == []
    assert batch(table("5"), "--strict", *args).code == 2, "five yuan of sales beside ten employees"
    assert list(tmp_path.iterdir()) == []
    assert batch(table("900000"), "--strict", *args).code == 0


def test_strict_is_for_totals_too_and_says_that_nothing_is_written(tmp_path: Path) -> None:
    target = tmp_path / "totals.csv"
    for args in ([], ["--summary"], ["--summary", "--output", str(target)]):
        done = batch(table("900000", "x"), "--strict", *args)
        assert (done.code, done.out, list(tmp_path.iterdir())) == (1, b"", [])
        assert "rows out" not in done.err
        assert "1 of use" in done.err


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "file_empty"),
        (b"\n\n", "file_empty"),
        (b"a,b\n1,2\n", "header_missing"),
    ],
)
def test_unusable_input_is_one_sentence(content: bytes, says: str) -> None:
    done = batch(content)
    assert done.code == 2
    assert done.out == b""
    expected = {"path": "standard input", "source": "standard input", "titles": "a, b"}
    assert done.err.strip() == f"taxcalc: {say(says, 'en', **expected)}"


# ---------------------------------------------------------------------- both engines, same bytes


MESSY = [
    'q1,2023,enterprise,"1,200.50",100000.00,10,1000000.00',
    "q2,2023,企业,12万,-5.5,300.5,￥1000000",
    "q3,2023,enterprise,１２３,5,301,1",
    "q4,2023,enterprise,bad,5,10,1",
    "=q5,2023,enterprise,5,5,10,1",
    "q6,2023,enterprise,5,5,10",
    "'=q7,2024,individual_business,5.1,5,10,1",
    "-1,2023,enterprise,,,10,1",
    "q9,2031,enterprise,1,1,10,1",
    'q10,2023,enterprise,"5",5,10,1,,',
    '"q11, quoted",2023,enterprise,7,5,10,1',
]


def test_a_large_file_is_written_as_a_small_one_is(tmp_path: Path) -> None:
    """Above the break-even whole columns are computed at once; a reader sees no difference."""
    plain = [ROW.format(f"p{i}", f"{i * 37 % 900000}.{i % 100:02}") for i in range(9_000)]
    small, large = (tmp_path / name for name in ("small.csv", "large.csv"))
    small.write_text("\n".join([HEAD, *MESSY, *plain[:50]]) + "\n", encoding="utf-8")
    large.write_text("\n".join([HEAD, *MESSY, *plain]) + "\n", encoding="utf-8")
    one, other = (run("batch", str(path), "--columns", "full") for path in (small, large))
    assert one.code == other.code == 1
    lines = one.out.splitlines()
    assert other.out.splitlines()[: len(lines)] == lines
    assert [line for line in one.err.splitlines() if " row " in line or "row " in line][:5] == [
        line.replace("large", "small") for line in other.err.splitlines() if "row " in line
    ][:5]
    assert run("batch", str(large), "--columns", "full", "--jobs", "1").out == other.out


@pytest.mark.parametrize(("rows", "jobs"), [(40, "1"), (300_000, "1"), (300_000, "3")])
def test_a_column_may_have_gaps_in_one_part_of_a_table_only(rows: int, jobs: str) -> None:
    """A program made for gaps also serves rows without any, and one made for rows without meets gaps."""
    amounts = [f"{i % 900}.00" if i > 100 or i < 20 else "" for i in range(rows)]
    amounts[-1] = ""
    lines = table(*amounts).splitlines()
    lines[1::2] = [line.replace(",2023,", ",2024,") for line in lines[1::2]]
    done = batch("\n".join(lines) + "\n", "--columns", "summary", "--jobs", jobs)
    assert done.code == 0, done.err
    head, *rows_out = csv.reader(io.StringIO(done.out.decode(), newline=""))
    place = head.index("needs")
    needed = [i for i, row in enumerate(rows_out) if "Sales" in row[place]]
    assert needed == [i for i, amount in enumerate(amounts) if not amount]


@pytest.mark.parametrize("rows", [40, 9_000])
def test_the_user_can_check_the_engines(rows: int) -> None:
    content = table(*[f"{10000 + i * 7919 % 400000}.{i % 100:02}" for i in range(rows)])
    done = run("check", "--sample", "50", stdin=content.encode())
    assert done.code == 0
    assert "recomputed one by one with the exact evaluator: every figure agrees" in done.err


# ---------------------------------------------------------------------- writing


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx", "'=1", "''=1", "＝1", "- "])
def test_no_cell_becomes_a_formula_and_each_can_be_restored(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    assert restored(guarded(cell)) == cell
    content = io.StringIO()
    csv.writer(content).writerows([["id", "年度", cell, "revenue"], ["a", "2023", cell, "5"]])
    done = batch(content.getvalue())
    rows = list(csv.reader(io.StringIO(done.out.decode(), newline="")))
    assert restored(rows[1][2]) == cell
    assert rows[1][2] == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5.00", "+5", "5", "-1,234.50", "", "abc", "'quoted'", "a=b"])
def test_harmless_cells_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell
    assert restored(cell) == cell


def test_excel_gets_its_mark() -> None:
    assert batch(table("5"), "--excel").out.startswith(codecs.BOM_UTF8)
    assert not batch(table("5")).out.startswith(codecs.BOM_UTF8)


def test_a_workbook_in_and_out(tmp_path: Path) -> None:
    import openpyxl

    source, target = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "年度", "销售额", "应纳税所得额", "从业人数", "备注"])
    sheet.append(["a", 2023, 1200000.1, 0.1 + 0.2, 12.5, "=1+1"])
    sheet["F2"].data_type = "s"
    sheet.append([None] * 6)
    sheet.append(["b", 2023, "12万", "0.0000001", 3, None])
    book.save(source)
    done = run("batch", str(source), "--output", str(target))
    assert done.code == 1
    assert "row 4 (b, column '应纳税所得额'): '0.0000001' goes below the fen" in done.err
    out = openpyxl.load_workbook(target).active
    assert out is not None
    assert out.freeze_panes == "B2"
    titles, row, total = (tuple(cell.value for cell in row) for row in out.iter_rows())
    found = dict(zip(titles, row, strict=True))
    assert found["销售额"] == 1200000.1
    assert found["Value-added tax: saved"] == 24000
    assert found["备注"] == "=1+1"
    cell = next(cell for cell in out[2] if cell.value == "=1+1")
    assert (cell.data_type, cell.quotePrefix) == (
        "s",
        True,
    )  # a text, also for who edits it; an apostrophe that is not seen
    assert all(cell.data_type != "f" for row in out.iter_rows(max_row=2) for cell in row)
    assert total[0] == "total"
    assert {str(text)[:14] for text in total if text and text != "total"} == {"=SUBTOTAL(109,"}
    assert (out.column_dimensions["A"].width or 0) >= 9


@pytest.mark.parametrize("rows", [1, 5_000])
def test_a_workbook_holds_any_text_as_it_is_and_the_same_rows_give_the_same_bytes(tmp_path: Path, rows: int) -> None:
    import openpyxl

    texts = [
        "<r><t>粗</t></r>",
        "<r></r>",
        "a & <b>",
        'x"y',
        "http://a.cn",
        "=1+1",
        "007",
        "1e5",
        "{=A1}",
        "_y",
        "啊" * 300,
    ]
    row = ",".join('"' + text.replace('"', '""') + '"' for text in texts)
    head = ",".join(f"备注{n}" for n in range(len(texts)))
    table = f"id,year,revenue,{head}\n" + "".join(f"n{n},2023,1234567.89,{row}\n" for n in range(rows))
    for name in ("a.xlsx", "b.xlsx"):
        assert batch(table, "--output", str(tmp_path / name)).code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert sheet.max_row == rows + 2
    assert sheet.cell(rows + 2, 1).value == "total"
    last = [cell.value for cell in sheet[rows + 1]][: 3 + len(texts)]
    assert last == [f"n{rows - 1}", 2023, 1234567.89, *texts]
    assert (sheet.cell(2, 3).number_format, sheet.cell(2, 1).number_format) == ("#,##0.00", "General")


def test_parquet_has_decimals(tmp_path: Path) -> None:
    import polars as pl

    target = tmp_path / "out.parquet"
    done = batch(table("1200000", "5.25", ""), "--output", str(target))
    assert done.code == 0
    frame = pl.read_parquet(target)
    assert frame["revenue"].dtype == pl.Decimal(18, 2)
    assert frame["saved in all"].dtype == pl.Decimal(18, 2)
    assert [str(v) for v in frame["revenue"].to_list()] == ["1200000.00", "5.25", "None"]
    assert frame["id"].to_list() == ["n1", "n2", "n3"]


@pytest.mark.parametrize("columns", ["summary", "items", "full"])
def test_every_detail_adds_up(columns: str) -> None:
    for row in batch(table("1200000", "300000"), "--columns", columns).rows:
        due, saved, paid = (row[name] for name in ("due without reliefs in all", "saved in all", "to pay in all"))
        assert round(float(due) * 100) == round(float(saved) * 100) + round(float(paid) * 100)
        by_levy = [float(amount) for name, amount in row.items() if name.endswith(": saved") and amount]
        by_relief = [float(amount) for name, amount in row.items() if name.startswith("saved: ")]
        if columns != "summary":
            assert round(sum(by_levy), 2) == round(sum(by_relief), 2) == float(saved)


def test_totals_by_relief_and_by_any_column() -> None:
    path = str(ROOT / "examples" / "clients.csv")
    found = json.loads(run("batch", path, "--summary", "--by", "county,taxpayer", "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(run("batch", path).out.decode(), newline="")))
    assert found["businesses"] == len(rows)
    cents = sum(round(float(row["saved in all"]) * 100) for row in rows)
    assert found["saving"] == f"{cents // 100}.{cents % 100:02}"
    assert sum(group["businesses"] for group in found["groups"]) == len(rows)
    assert {tuple(group["by"]) for group in found["groups"]} == {("county", "taxpayer")}
    long = list(csv.DictReader(io.StringIO(run("batch", path, "--summary", "--format", "csv").out.decode())))
    assert long[1] == {
        "item": "saving",
        "businesses": str(sum(r["saved in all"] != "0.00" for r in rows)),
        "amount": found["saving"],
    }
    refused = run("batch", path, "--summary", "--by", "planet")
    assert refused.code == 2
    assert "there is no column 'planet'" in refused.err
    assert "凉州区" in run("batch", path, "--summary", "--by", "county", "--lang", "zh").out.decode()


def test_one_row_is_explained() -> None:
    path = str(ROOT / "examples" / "clients.csv")
    by_row = run("explain", path, "--row", "2", "--format", "json")
    by_id = run("explain", path, "--id", "91620602MA7000000E", "--format", "json")
    assert by_row.code == by_id.code == 0
    assert by_row.out == by_id.out
    assert "The computation" in run("explain", path, "--row", "2").out.decode()
    for args, says in [
        (["--row", "1"], "there is no business in row 1"),
        (["--row", "999"], "there is no business in row 999"),
        (["--id", "none"], "no row has the identifier or name 'none'"),
        ([], "name one row with --row NUMBER or --id TEXT"),
        (["--row", "2", "--id", "x"], "name one row with --row NUMBER or --id TEXT"),
    ]:
        refused = run("explain", path, *args)
        assert refused.code == 2
        assert says in refused.err


# ---------------------------------------------------------------------- accidents


def many(rows: int) -> bytes:
    return table(*[f"{i}.00" for i in range(rows)]).encode()


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(many(60_000))
    command = f"{sys.executable} -m taxcalc batch {path} | head -2"
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=ROOT, timeout=60)
    assert len(done.stdout.splitlines()) == 2
    assert b"Traceback" not in done.stderr
    assert b"roken pipe" not in done.stderr


def test_a_full_disk_is_one_sentence() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "taxcalc", "batch"],
            input=many(9_000),
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            timeout=60,
        )
    assert done.returncode == 2
    assert (
        done.stderr.decode()
        .strip()
        .splitlines()[-1]
        .startswith("taxcalc: the result cannot be written (No space left on device)")
    )
    done2 = run("batch", "--output", "/dev/full", stdin=many(9_000))
    assert done2.code == 2


def test_a_disk_that_fills_up_leaves_what_was_there(tmp_path: Path) -> None:
    import resource

    target = tmp_path / "out.csv"
    target.write_text("before")

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = started("batch", "--output", str(target), stdin=many(20_000), before=limit)
    assert done.code == 2
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.verify
@pytest.mark.parametrize(
    ("how", "code", "left"), [(signal.SIGTERM, 130, 0), (signal.SIGINT, 130, 0), (signal.SIGKILL, -9, 1)]
)
def test_a_kill_in_the_middle_leaves_the_old_file(tmp_path: Path, how: signal.Signals, code: int, left: int) -> None:
    target = tmp_path / "out.csv"
    target.write_text("before")
    command = [sys.executable, "-m", "taxcalc", "batch", "--output", str(target)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert process.stdin is not None
    process.stdin.write(many(60_000))
    for _ in range(200):
        process.stdin.write(b"n,2023,enterprise,5,5,10,1\n" * 20_000)
        parts = [path for path in tmp_path.iterdir() if path.name.endswith(".part")]
        if parts and parts[0].stat().st_size > 1000:
            break
        time.sleep(0.02)
    process.send_signal(how)
    _, err = process.communicate(timeout=60)
    assert process.returncode == code, err
    assert b"Traceback" not in err
    assert target.read_text() == "before"
    assert len([path for path in tmp_path.iterdir() if path != target]) == left


@pytest.mark.parametrize(
    ("fact", "stated", "zh", "en"),
    [
        ("cultural_fee_sales", "900000", "销售额（不含税） > 60000.00", "sales, net of VAT > 60000.00"),
        ("staff_total,disabled_staff,average_wage", "31,0,60000", "（残保金） > 30", "for the disability fund > 30"),
    ],
)
def test_a_refusal_says_the_figure_of_the_firm_and_the_limit(fact: str, stated: str, zh: str, en: str) -> None:
    content = f"taxpayer,year,vat_payer,{fact}\nenterprise,2025,small_scale,{stated}\n"
    for lang, words in (("zh", zh), ("en", en)):
        (row,) = csv.DictReader(io.StringIO(batch(content, "--names", "id", "--lang", lang).out.decode()))
        assert words in row["reasons"]


@pytest.mark.parametrize(
    ("encoding", "heading", "name"),
    [
        ("big5", "名稱,年度,銷售額", "Big5"),
        ("utf-32", "名称,年度,销售额", "UTF-32"),
        ("gb18030", "瀚囍犇,年度,销售额", ""),
    ],
)
def test_an_encoding_that_is_not_read_is_named(encoding: str, heading: str, name: str) -> None:
    done = batch(f"{heading}\n甲,2025,100000\n".encode(encoding))
    assert (done.code, f"this seems to be {name}, which is not read" in done.err) == ((2, True) if name else (0, False))
