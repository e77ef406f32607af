"""Attacks on every reader: no traceback, no hang, bounded memory, nothing said to the terminal but sentences."""

from __future__ import annotations

import json
import os
import pty
import random
import subprocess
from pathlib import Path

import pytest

from helpers import hostile
from helpers.attack import attack
from helpers.command import command, environment, here
from taxcalc.base.problem import say

HEAD = "id,year,revenue\n"
ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"
# ---------------------------------------------------------------------- CSV


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        ("year,revenue," + ",".join(f"c{i}" for i in range(1_000_000)) + "\n2023,5\n", 2, "the heading"),
        ("year,revenue," + ",".join(f"revenue{i}" for i in range(16_000)) + "\n", 0, "0 rows in"),
        ("year,revenue,a" + " " * 300_000 + "b\n2023,5,\n", 0, "1 rows out"),
        ("year,revenue," + "x" * 5_000_000 + "\n2023,5,\n", 2, "the heading cannot be read"),
        (HEAD + '"a\n' * 30_000, 2, "0 rows out"),
        (HEAD + 'a","b\n' * 30_000, 2, "0 rows out"),
        (HEAD + '"\n' * 30_001, 2, "0 rows out"),
        (HEAD + "a" * 30_000_000 + ",2023,5\nb,2023,5\n", 1, "1 rows out + 1 rejected"),
        (HEAD + "a" * 3_000_000 + ",2023,x\nb,2023,5\n", 1, "1 rows out + 1 rejected"),
        (HEAD + "a,2023," + "x" * 3_000_000 + "\nb,2023,5\n", 1, "too many for a value"),
        (HEAD + "a\0,2023,5\0\nb,2023,5\n", 1, "'5\\x00' is not an amount"),
        (HEAD + "a\x1fb,2023,5\n" * 9_000, 0, "9000 rows out"),
        (HEAD + "a\0b,2023,5\n" * 9_000, 0, "9000 rows out"),
        (HEAD + "a,x,5\n", 2, "0 rows out + 1 rejected"),
        (HEAD + ",,\n" * 500_000, 0, "0 rows in"),
        (b"\xef\xbb\xbf", 2, "it is empty"),
        (b"\xff\xfe", 2, "it is empty"),
        (b"\xff\xfei\0d\0,\0y\0e\0a\0r\0\n\0\xd8", 2, "1 rejected"),
        (HEAD.encode() + b"\xc3\x28,2023,5\nb,2023,5\n" + b"c,2023,5\n" * 500, 1, "1 rejected"),
        (random.Random(5).randbytes(100_000).replace(b"PK", b"pk"), 2, ""),
        (b"\0" * 5_000_000, 2, ""),
    ],
    ids=lambda value: value[:20].__repr__() if isinstance(value, str | bytes) else str(value),
)
def test_a_hostile_table(content: str | bytes, code: int, says: str) -> None:
    attack("batch", "--columns", "summary", stdin=content, code=code, says=says)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/urandom"])
@pytest.mark.parametrize("what", ["batch", "assess", "check"])
def test_input_without_end(what: str, path: str) -> None:
    attack(what, path, code=2)


def test_every_cut_of_a_table_is_read_or_refused() -> None:
    """In this process: the reader meets the end of the file after each byte."""
    from verification.fuzz.csv_table import one

    content = '名称,年度,revenue,"a\n""b"\n"x",2023,"1,2\n3",=\n"y,2023\n'
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"):
        whole = content.encode(encoding)
        for end in range(len(whole) + 1):
            one(whole[:end])


# ---------------------------------------------------------------------- TOML, JSON


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("a." * 400_000 + "b=1\n", "not valid TOML"),
        ("a=" + "[" * 400_000, "not valid TOML"),
        ("a=" + "{a=" * 300_000, "not valid TOML"),
        ("[" + "a." * 40 + "b]\n" * 20_000, "not valid TOML"),
        ('a="""' + "\\n" * 400_000 + '"""\n', "the tax year is missing"),
        ('{"a":' * 150_000, "not valid JSON"),
        ("[" * 900_000, "not valid JSON"),
        ('{"year":2023,"revenue":' + "[" * 950 + "]" * 950 + "}", ""),
        ('{"a":' * 950 + "1" + "}" * 950, ""),
        ("{" + ",".join(f'"revenu{i}":1' for i in range(20_000)) + ',"year":2023}', "more problems"),
        ("year=2023\nrevenue=" + "9" * 900_000, ""),
        ("year=2023\nrevenue=0x" + "f" * 900_000, "too many for a value"),
        ('{"year":"' + "x" * 900_000 + '"}', "too many for a value"),
        ('{"year":2023,"' + "y" * 900_000 + '":1}', "there is no fact named"),
        ('{"year":2023,"revenue":"\\ud800"}', "is not an amount"),
        ("x" * 1_000_001, "larger than"),
        ("\0\0\0", "not valid TOML"),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_hostile_facts(content: str, says: str) -> None:
    attack("assess", "-", stdin=content, code=2, says=says)


# ---------------------------------------------------------------------- tables of the law


@pytest.mark.parametrize(
    "text",
    ["a = " + "[" * 5_000, "a." * 400 + "b = 1", '["\x1b[31m"]\nzh = 5', "[a]\nzh='x'\nen='y'\nparameters=5", "\xff"],
)
def test_a_hostile_law(text: str) -> None:
    from taxcalc.law.compile import compile_tables
    from taxcalc.law.strict import TableError

    with pytest.raises(TableError) as caught:
        compile_tables({"../../etc/passwd\x1b[31m": text.encode("latin-1")})
    assert str(caught.value).isprintable()


def test_a_figure_with_too_many_digits_for_64_bits(tmp_path: Path) -> None:
    """Is refused by its path where rows are computed in columns; one firm is computed with it."""
    (tmp_path / "m.toml").write_text(
        '[[cit.standard.version]]\nfrom = 2023-01-01\nuntil = "open"\ndocument = "cit-law"\nclause = "4"\n'
        'evidence = "read"\nrate = "24.123456%"\n'
    )
    firm = "year,taxpayer,taxable_income\n2023,enterprise,10000000\n"
    says = "[cit.standard] version from 2023-01-01: where many rows are computed at once, cit.standard.rate"
    attack("batch", "--tables", str(tmp_path), stdin=firm, code=2, says=says)
    assess = ("assess", "--year", "2023", "--taxpayer", "enterprise", "--taxable-income", "10000000")
    assert b"2,412,345.60" in here(*assess, "--tables", str(tmp_path)).out


# ---------------------------------------------------------------------- terminals


def test_escapes_reach_no_terminal_on_standard_error_or_in_reports(tmp_path: Path) -> None:
    table = f"{HEAD.strip()},na{ESCAPES}me\na{ESCAPES},2023,5,{ESCAPES}\nb{ESCAPES},x{ESCAPES},y,z\n"
    attack("batch", stdin=table, code=1, says="\\x1b[2J")
    for form in ("table", "json"):
        done = attack("batch", "--summary", "--by", f"na{ESCAPES}me", "--format", form, stdin=table, code=1)
        assert done.out.decode().replace("\n", "").isprintable()
    group = json.loads(done.out)["groups"][0]
    assert group["by"] == {f"na{ESCAPES}me": ESCAPES}
    attack("check", stdin=table, code=1)
    attack("batch", "--summary", "--by", ESCAPES, stdin=table, code=2)
    for form in ("table", "json", "csv", "markdown"):
        done = attack("explain", "--row", "2", "--format", form, stdin=table, code=0)
        assert done.out.decode().replace("\n", "").replace("\r", "").isprintable()


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_escapes_in_a_path_reach_no_terminal(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"a{ESCAPES}.toml"
    path.write_text("year = 2023\nrevenue = 5\nplace = 'county'\n", encoding="utf-8")
    done = attack("assess", str(path), "--format", form, code=0)
    assert done.out.decode().replace("\n", "").replace("\r", "").isprintable()
    attack("assess", f"{path}x", code=2)
    attack("batch", str(path), "--output", f"{path}.csv", code=2)


def test_escapes_in_a_sheet_title_and_cells(tmp_path: Path) -> None:
    path = hostile.workbook(tmp_path / "in.xlsx", title="a\x9b31m\u202e")
    attack("batch", str(path), code=0, says="sheet 'a\\x9b31m\\u202e'")


@pytest.mark.parametrize("args", [[f"--x{ESCAPES}"], [ESCAPES], ["batch", "a", ESCAPES], ["batch", "--jobs", ESCAPES]])
def test_escapes_on_the_command_line(args: list[str]) -> None:
    attack(*args, code=2)


def test_markup_in_headings_is_text() -> None:
    done = attack("batch", "--summary", "--by", "[/x]", stdin="[/x],year,revenue\n[bold]y,2023,5\n", code=0)
    assert "[bold]y" in done.out.decode()


def test_a_table_on_a_terminal_is_shown_without_escapes() -> None:
    """In a pipe cells go as they came; to a terminal they cannot speak."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        command("batch", "--columns", "summary"),
        stdin=subprocess.PIPE,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    os.close(theirs)
    child.communicate(f"{HEAD}a{ESCAPES},2023,5\n".encode(), timeout=60)
    shown = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert "a\\x1b]0;owned\\x07" in shown
    assert shown.replace("\r\n", "").isprintable()


# ---------------------------------------------------------------------- outputs


def test_a_link_as_output_is_followed_and_stays(tmp_path: Path) -> None:
    """Whoever has out.csv lead elsewhere would else read there what was true before."""
    other = tmp_path / "elsewhere"
    other.write_text("before")
    (tmp_path / "out.csv").symlink_to(other)
    attack("batch", "--output", "out.csv", stdin=f"{HEAD}a,2023,5\n", code=0, cwd=tmp_path)
    assert other.read_text().startswith("id,year")
    assert (tmp_path / "out.csv").is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "out.csv"]


@pytest.mark.parametrize("link", ["nowhere/out", "."])
def test_a_link_to_nowhere_or_to_a_folder(tmp_path: Path, link: str) -> None:
    (tmp_path / "out.csv").symlink_to(link)
    attack("batch", "--output", "out.csv", stdin=f"{HEAD}a,2023,5\n", code=2, cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_names_in_a_table_are_no_paths(tmp_path: Path) -> None:
    table = "../../x,year,revenue\n../../../etc/passwd,2023,5\n|id;rm -rf *,2023,5\n"
    attack("batch", "--output", "out.csv", "--rejects", "bad.csv", stdin=table, code=0, cwd=tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.csv", "out.csv"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_hostile_headings_and_cells_are_written(tmp_path: Path, suffix: str) -> None:
    """Control characters, NUL, the same heading twice, and a name made for that."""
    table = "year,revenue,a,a,a (4),b\0c,=1+1,d\x01\n2023,5,\x01,\0,x,y,=cmd|' /C calc'!A0,'\n"
    attack("batch", "--output", f"out{suffix}", stdin=table, code=0, says="1 rows out", cwd=tmp_path)
    if suffix == ".xlsx":
        import openpyxl

        read = openpyxl.load_workbook(tmp_path / "out.xlsx").active
        assert read is not None
        assert all(cell.data_type != "f" for row in read.iter_rows(max_row=2) for cell in row)


def test_numbers_that_are_too_many_or_too_large() -> None:
    table = f"{HEAD}a,2023,50000\n"
    attack("batch", "--jobs", "9" * 30, stdin=table, code=0)
    attack("check", "--sample", "9" * 30, stdin=table, code=0)
    attack("explain", "--row", "9" * 30, stdin=table, code=2)
    attack("explain", "--row", "0", stdin=table, code=2, says=say("row_missing", "en", source="stdin", row=0))


def test_links_that_go_round_in_circles(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to("b.csv")
    (tmp_path / "b.csv").symlink_to("a.csv")
    for options in (["--output", "a.csv", "--rejects", "c.csv"], ["--output", "c.csv", "--rejects", "a.csv"]):
        attack("batch", *options, stdin=f"{HEAD}a,2023,5\n", code=2, says="cannot be written", cwd=tmp_path)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]
    attack("batch", "a.csv", code=2, says="cannot be read", cwd=tmp_path)


def test_the_longest_file_name_there_can_be(tmp_path: Path) -> None:
    name = "客" * 83 + ".csv"
    attack("batch", "--output", name, stdin=f"{HEAD}a,2023,5\n", code=0, cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]
