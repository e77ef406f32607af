"""`taxcalc report` and `taxcalc batch --reports`: files whole or not at all, names, order, exits, and the same bytes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers.command import here, run

FACTS = (
    *("--name", "某店", "--period", "2026Q2", "--place", "city", "--revenue", "350000"),
    *("--taxable-income", "40000", "--employees", "5", "--assets", "100000", "--restricted-industry", "no"),
)
HEADING = "name,period,place,revenue\n"


def _table(folder: Path, *rows: str) -> str:
    clients = folder / "clients.csv"
    clients.write_text(HEADING + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return str(clients)


def test_a_page_is_written_whole_and_the_same_each_time(tmp_path: Path) -> None:
    pages = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.html"
        assert run("report", *FACTS, "-o", str(path), LC_ALL="zh_CN.UTF-8", PYTHONHASHSEED=seed).code == 0
        pages.append(path.read_bytes())
    assert pages[0] == pages[1]
    assert "优惠后应纳" in pages[0].decode()
    assert list(tmp_path.glob(".*")) == []


def test_the_format_is_that_of_the_name(tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    assert here("report", *FACTS, "-o", str(note)).code == 0
    assert note.read_text(encoding="utf-8").startswith("# 某店")
    assert here("report", *FACTS, "--format", "markdown").out.decode() == note.read_text(encoding="utf-8")
    assert here("report", *FACTS).out.startswith(b"<!DOCTYPE html>")
    assert here("report", *FACTS, "-o", str(tmp_path / "note.docx")).code == 2


def test_exits() -> None:
    assert here("report", *FACTS[:8]).code == 1  # income tax is left out, for lack of facts
    assert here("report", "--year", "1066").code == 2


def test_each_client_has_a_page_and_the_index_puts_first_what_needs_attention(tmp_path: Path) -> None:
    rows = [
        "=1+1,2026Q2,city,350000",
        "../x,2026Q2,city,12x",
        "b 2,2026Q2,city,300000",
        "B/2,2026Q2,city,100",
        "../x,2026Q2,,5",
    ]
    folder = tmp_path / "pages"
    done = here("batch", _table(tmp_path, *rows), "--reports", str(folder), "--office", "<o>", lang="en")
    assert done.code == 1
    assert "row 3 (../x, column 'revenue')" in done.err
    assert "5 rows in = 4 rows out + 1 rejected" in done.last
    assert {path.name for path in tmp_path.iterdir()} == {"clients.csv", "pages"}
    files = ["1_1-2026Q2.html", "B_2-2026Q2-2.html", "b_2-2026Q2.html", "index.html", "x-2026Q2.html"]
    assert sorted(path.name for path in folder.iterdir()) == files
    page = (folder / "index.html").read_text(encoding="utf-8")
    order = re.findall(r'<th scope="row">(?:<a href="([^"]*)">)?', page)
    assert order[0] == ""  # that which could not be computed
    assert order[1] == "b_2-2026Q2.html"  # just at the limit, which is warned of
    assert sorted(order[1:]) == sorted(set(files) - {"index.html"})
    assert 'id="initial-B"' in page
    assert "&lt;o&gt;" in page


def test_what_a_batch_says_of_a_table_is_said_with_pages_and_forms_too(tmp_path: Path) -> None:
    """Rows put aside, marks of absence, what is doubted: nothing of a table is left out in silence."""
    table = _table(tmp_path, "a,2026Q2,city,350000", "b,2026Q2,city,-", "a,2026Q2,city,350000", "合计,,,700000")
    said = here("batch", table, "--columns", "summary", lang="en").err.splitlines()
    assert "taxcalc: set aside, being totals: 1 rows (5)" in said
    assert any("rows of the same business and period" in line for line in said)
    assert "3 rows out + 0 rejected + 1 that are no businesses" in said[-1]
    pages = here("batch", table, "--reports", str(tmp_path / "pages"), lang="en")
    forms = here("returns", table, "--format", "json", lang="en")
    for others in (pages.err.splitlines(), forms.err.splitlines()):
        assert [line for line in others if line in said] == said


def test_a_business_of_which_more_is_asked_is_not_done(tmp_path: Path) -> None:
    """Also where nobody can tell how much waits for it: of the first it is not known whether there was research."""
    table = tmp_path / "clients.csv"
    table.write_text(
        "name,period,place,revenue,taxable_income,employees,assets,rd_expensed\n"
        "asked,2025,city,268000,46000,14,850000,\ndone,2025,city,268000,46000,14,850000,0\n"
    )
    assert here("batch", str(table), "--reports", str(tmp_path / "pages"), lang="en").code == 0
    page = (tmp_path / "pages" / "index.html").read_text(encoding="utf-8")
    parts = dict(
        re.findall(r"<h2>(Open: more may be saved|Nothing left to do) \(1\)</h2>(.*?)</section>", page, re.DOTALL)
    )
    assert [re.findall(r"asked|done", part)[0] for part in parts.values()] == ["asked", "done"]


def test_each_client_has_the_workbook_that_report_writes(tmp_path: Path) -> None:
    """To the byte, with the index beside; one that lacks a levy is said."""
    table, folder, own = tmp_path / "clients.csv", tmp_path / "pages", tmp_path / "own.xlsx"
    table.write_text(
        "name,year,place,revenue,unemployment_base,unemployment_rate\na,2025,city,350000,,\nb,2023,city,1,12600000,2%\n"
    )
    done = here("batch", str(table), "--reports", str(folder), "--report-format", "xlsx", lang="en")
    assert done.code == 1
    assert "workbooks that lack a levy: 1" in done.err
    assert sorted(path.name for path in folder.iterdir()) == ["a-2025.xlsx", "b-2023.xlsx", "index.html"]
    facts = ("name=a", "year=2025", "place=city", "revenue=350000")
    here("report", *(part for fact in facts for part in ("--set", fact)), "-o", str(own), lang="en")
    assert (folder / "a-2025.xlsx").read_bytes() == own.read_bytes()
    refused = here("report", "--set", "year=2025", "-o", str(own), "--office", "o", lang="en")
    assert (refused.code, refused.err) == (2, "taxcalc: --office does not go with xlsx\n")


def test_options_of_pages_and_of_tables_do_not_mix(tmp_path: Path) -> None:
    clients = _table(tmp_path, "a,2026Q2,city,350000")
    for options in (["--office", "o"], ["--report-format", "pdf"], ["--mark", "m.png"]):
        assert "goes with --reports" in here("batch", clients, *options).err
    for options in (["-o", "x.csv"], ["--summary"], ["--strict"], ["--rejects", "r.csv"], ["--by", "place"]):
        assert "does not go with --reports" in here("batch", clients, "--reports", str(tmp_path / "p"), *options).err
    assert [path.name for path in tmp_path.iterdir()] == ["clients.csv"]


def test_nothing_is_left_where_it_did_not_go_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    clients, folder = _table(tmp_path, "a,2026Q2,city,350000"), tmp_path / "pages"
    with monkeypatch.context() as patched:
        patched.setattr("taxcalc.report.index.as_index", full)
        assert here("batch", clients, "--reports", str(folder)).code == 2
        assert not folder.exists()
        folder.mkdir()
        (folder / "mine.txt").write_text("mine", encoding="utf-8")
        assert here("batch", clients, "--reports", str(folder)).code == 2
        assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    assert here("batch", clients, "--reports", str(folder)).code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["a-2026Q2.html", "index.html", "mine.txt"]


def test_one_client_has_the_same_page_in_a_batch(tmp_path: Path) -> None:
    folder, clients = tmp_path / "pages", tmp_path / "clients.csv"
    names = ",".join(name[2:].replace("-", "_") for name in FACTS[::2])
    clients.write_text(f"{names}\n{','.join(FACTS[1::2])}\n", encoding="utf-8")
    assert here("batch", str(clients), "--reports", str(folder)).code == 0
    assert (folder / "某店-2026Q2.html").read_bytes() == here("report", *FACTS).out


def test_pages_are_imported_by_their_own_command_only() -> None:
    code = run("assess", *FACTS, PYTHONPROFILEIMPORTTIME="1").err
    loaded = set(re.findall(r"\| +(taxcalc[.\w]*)", code))
    assert "taxcalc.report.short" in loaded
    assert not {name for name in loaded if re.search(r"html|client|index|initials|file_names|batch_reports", name)}
