"""`taxcalc law`: the tables, what changed between two days, and their check; in both languages, at any width."""

from __future__ import annotations

import io
import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console
from test_cli import run
from typer.testing import CliRunner

from helpers.command import ROOT
from helpers.years import FIRST, LAST
from taxcalc.assessment.law_diff import law_diff
from taxcalc.assessment.model import shipped_book
from taxcalc.assessment.uses import users
from taxcalc.base.problem import Lang, Problem
from taxcalc.cli.law import law_app
from taxcalc.law.book import LawBook
from taxcalc.law.check import check_law, year_after
from taxcalc.law.days import Span, read_day, read_span
from taxcalc.law.folder import load_tables, shipped_tables
from taxcalc.law.select import Selected, nearest, select
from taxcalc.report.citing import Citing
from taxcalc.report.law.view import LawView
from taxcalc.report.law.written import Written, stated
from taxcalc.rules import LEVIES, RELIEFS

BOOK = shipped_book()


def law(*args: str, **environment: str) -> str:
    """What a command prints, called within this process."""
    done = CliRunner().invoke(law_app, list(args), env={"LANG": "en_US.UTF-8", **environment})
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    return done.stdout


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def span(text: str) -> Span:
    found = read_span(text)
    assert isinstance(found, Span)
    return found


# ---------------------------------------------------------------------- looking at tables


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", ["40", "60", "80", "120"])
@pytest.mark.parametrize("args", [(), ("cit.rd",), ("diff", "2021", "2026"), ("check",)], ids=str)
def test_it_prints_within_its_width(args: tuple[str, ...], width: str, lang: str) -> None:
    text = law(*args, "--lang", lang, COLUMNS=width)
    assert "\x1b" not in text
    assert "…" not in text
    assert max(cell_len(row) for row in text.splitlines()) <= int(width)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 80])
def test_every_table_prints(width: int, lang: Lang) -> None:
    console = Console(file=io.StringIO(), width=width, highlight=False)
    LawView(BOOK, lang, date(2026, 11, 25)).print_tables([Selected(path, None) for path in BOOK.paths()], console)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert "…" not in text
    assert max(cell_len(row) for row in text.splitlines()) <= width
    for path in BOOK.paths():
        for key in BOOK.parameters(path):
            assert key in text or width < 64, key


@pytest.mark.parametrize("args", [(), ("cit.rd",), ("diff", "2022", "2026"), ("check",)], ids=str)
def test_chinese_is_chinese(args: tuple[str, ...]) -> None:
    text = law(*args, "--lang", "zh", COLUMNS="200")
    for publisher in {one["publisher"] for one in BOOK.records["read"] if one["publisher"]}:
        text = text.replace(publisher, "")
    words = set(re.findall(r"[A-Za-z_.]{3,}", text)) - {"taxcalc", "law", "show", "ETC"}
    ids = {levy.id for levy in LEVIES} | {relief.id for relief in RELIEFS} | BOOK.facts.keys()  # which choices name
    assert words <= {*BOOK.paths(), *ids, *(key for path in BOOK.paths() for key in BOOK.parameters(path))}


def test_the_list_has_every_table() -> None:
    text = law("--lang", "en", COLUMNS="80")
    for path in BOOK.paths():
        assert re.search(rf"(?m)^{re.escape(path)}\s", text), path
    assert re.search(r"2021, 2022 +from memory", text)


def test_a_table_shows_versions_figures_documents_and_what_rests_on_it() -> None:
    text = flat(law("cit.small_low_profit", "--lang", "en", COLUMNS="80"))
    for said in (
        "Wuwei notice, measure 3 (until 2024-12-31)",
        "2019-01-01 – 2020-12-31",
        "taxable income limit income 3,000,000 yuan",
        "headcount limit employees 300 persons",
        "up to 1,000,000 yuan 12.5%",
        "above 1,000,000 yuan 25%",
        "Wuwei Municipal Government, Wuzhengfa [2023] No. 18 measure 3",
        "evidence: text read",
        "read in a copy (kszdf/taxjing, www.gov.cn) · the maintainers · 2026-11-30",
        "small_low_profit Small low-profit enterprise regime",
        "corporate_income Corporate income tax",
    ):
        assert said in text, said


def test_units_are_those_of_the_tables() -> None:
    written = {
        lang: {
            f"{path}.{key}": figure
            for path in BOOK.paths()
            for key, figure in Written(BOOK, lang)
            .figures(path, stated(BOOK, BOOK.table(path).versions[-1], None)[0])
            .items()
        }
        for lang in ("zh", "en")
    }
    for path, zh, en in (
        ("cit.losses.years", "5 年", "5 years"),
        ("cit.rd_scope.overseas_limit", "2/3", "2/3"),
        ("stamp.loan", "0.05‰", "0.05‰"),
        ("property.value_rate", "1.2%", "1.2%"),
        ("vat.exemption.at_threshold", "全额征税", "taxed in full"),
        ("vat.exemption.real_estate_sales_left_out", "否", "no"),
        ("cit.small_low_profit.assets", "50,000,000 元", "50,000,000 yuan"),
    ):
        assert (written["zh"][path], written["en"][path]) == (zh, en)


def test_one_version_at_a_day_or_why_there_is_none() -> None:
    assert "150,000 yuan" in law("vat.exemption.monthly", "--at", "2022-05-05", "--lang", "en")
    for path, day, says in (
        ("vat.full_exemption", "2023-06-30", "no version is in force on 2023-06-30: the last ended on 2022-12-31"),
        ("vat.full_exemption", "2022-03", "the first begins on 2022-04-01"),
        ("vat.reduced_rate", "2022", "no version from 2022-04-01 to 2022-12-31"),
    ):
        assert says in flat(law(path, "--at", day, "--lang", "en"))
    assert "150,000" not in law("vat.exemption", "--at", "2026-01-01", "--lang", "zh")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("cit.rdd",), "did you mean cit.rd"),
        (("cit.small_low_profit.incom",), "did you mean cit.small_low_profit.income"),
        (("exemption",), "vat.exemption"),
        (("xyzzy",), "'taxcalc law' lists the tables"),
        (("",), "'taxcalc law' lists the tables"),
        (("cit.rd", "--at", "2023-13-01"), "is not a date"),
        (("cit.rd", "--at", "soon"), "is not a date"),
        (("cit.rd", "--at", "0000"), "is not a date"),
        (("diff", "2022", "2023-02-30"), "is not a date"),
        (("cit.rd", "--format", "yaml"), "choose from table, json"),
        (("check", "--on", "x"), "is not a date"),
        (("cit.\x1b[31m",), "no table or parameter"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_exit_2(args: tuple[str, ...], says: str) -> None:
    done = CliRunner().invoke(law_app, list(args), env={"LANG": "en_US.UTF-8"})
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.startswith("taxcalc: ")
    assert len(done.stderr.splitlines()) == 1
    assert "\x1b" not in done.stderr


def test_a_path_is_a_table_a_parameter_or_a_prefix() -> None:
    assert select(BOOK, "cit.rd") == [Selected("cit.rd", None)]
    assert select(BOOK, "cit.rd.rate") == [Selected("cit.rd", "rate")]
    assert select(BOOK, "cit.small-low-profit") == [Selected("cit.small_low_profit", None)]
    assert {one.path for one in select(BOOK, "iit")} == {"iit.business", "iit.halving"}
    assert select(BOOK, "ci") == select(BOOK, "") == select(BOOK, ".") == []
    assert nearest(BOOK, "vat.exemptoin")[0] == "vat.exemption"


def test_the_word_show_options_first_and_help() -> None:
    plain = law("cit.rd", "--lang", "zh")
    assert law("show", "cit.rd", "--lang", "zh") == law("--lang", "zh", "cit.rd") == law("--lang=zh", "cit.rd") == plain
    assert law("--lang", "zh", "diff", "2022", "2026") == law("diff", "2022", "2026", "--lang", "zh")
    assert run("law", "--lang", "zh", "cit.rd").stdout == run("law", "cit.rd", LANG="zh_CN.UTF-8").stdout
    assert "--at" in run("law", "--at", "2022", "-h").stdout
    for args, says in (((), "diff"), (("diff",), "DATE"), (("check",), "--strict"), (("show",), "--at")):
        assert says in run("law", *args, "--help", LANG="en_US.UTF-8").stdout
    assert "law" in run("--help").stdout
    assert run("law", "diff", "2022").returncode == 2
    assert run("law", "cit.rd", "cit.rd").returncode == 2


def test_json_holds_exact_figures_and_who_rests_on_them() -> None:
    [table] = json.loads(law("cit.rd_scope", "--format", "json"))["tables"]
    [version] = table["versions"]
    assert version["figures"]["overseas_limit"] == {"value": "2/3", "unit": "share"}
    assert version["figures"]["other_cost_share"] == {"value": "0.1", "unit": "share"}
    assert version["citation"]["until"] is None
    assert "rd_super_deduction" in [relief["id"] for relief in version["reliefs"]]
    [table] = json.loads(law("stamp.loan", "--format", "json"))["tables"]
    assert list(table["parameters"]) == list(table["versions"][0]["figures"]) == ["loan"]
    [table] = json.loads(law("iit.business", "--format", "json", "--at", "2026"))["tables"]
    assert table["versions"][0]["bands"][1]["up_to"] == {"value": "90000.00", "unit": "yuan"}
    assert table["versions"][0]["in_force"]
    everything = json.loads(law("--format", "json"))["tables"]
    assert [table["path"] for table in everything] == BOOK.paths()


# ---------------------------------------------------------------------- what rests on a figure


@pytest.mark.parametrize(
    ("path", "parameter", "day", "reliefs", "levies"),
    [
        ("cit.standard", "rate", "2026-01-01", set(), {"corporate_income"}),
        ("cit.high_tech", None, "2026-01-01", {"high_tech"}, {"corporate_income"}),
        ("iit.halving", "limit", "2022-01-01", {"iit_halving"}, {"individual_income"}),
        ("vat.prepayment_rate", None, "2026-01-01", {"vat_prepayment_rate"}, {"vat_prepayment"}),
        ("cit.losses", None, "2026-01-01", set(), set()),
    ],
)
def test_users_are_found_from_the_graph(
    path: str, parameter: str | None, day: str, reliefs: set[str], levies: set[str]
) -> None:
    found = users(BOOK, _version(path, day), parameter)
    assert (set(found.reliefs), set(found.levies)) == (reliefs, levies)


def test_a_monthly_threshold_is_used_by_monthly_filers() -> None:
    found = users(BOOK, _version("vat.exemption", "2023-01-01"), "monthly")
    assert "vat_exemption" in found.reliefs
    assert "vat" in found.levies


def test_words_and_flags_have_the_users_of_their_table() -> None:
    version = _version("vat.exemption", "2026-01-01")
    assert users(BOOK, version, "at_threshold") == users(BOOK, version)


def _version(path: str, day: str) -> Any:
    at = date.fromisoformat(day)
    return next(version for version in BOOK.table(path).versions if version.start <= at <= version.until)


# ---------------------------------------------------------------------- what changed


def test_days_months_quarters_and_years() -> None:
    assert read_span("2022") == Span(date(2022, 1, 1), date(2022, 12, 31), "2022")
    assert read_span("2022q2") == Span(date(2022, 4, 1), date(2022, 6, 30), "2022Q2")
    assert read_span(" 2024-02 ") == Span(date(2024, 2, 1), date(2024, 2, 29), "2024-02")
    assert read_day("2024-02-29") == date(2024, 2, 29)
    assert isinstance(read_day("2023-02-29"), Problem)


def test_what_changed_into_2023() -> None:
    found = law_diff(BOOK, span("2022-12-31"), span("2023-01-01"))
    assert {table.path for table in found.of("changed")} == {
        "cit.small_low_profit", "cit.rd", "cit.rd_prepayment", "iit.halving", "vat.exemption", "vat.additional_deduction",
    }  # fmt: skip
    assert [table.path for table in found.of("ended")] == [
        "vat.full_exemption", "vat.exempt_services", "vat.prepayment_suspended",
    ]  # fmt: skip
    assert {table.path for table in found.of("began")} == {
        "vat.reduced_rate", "vat.prepayment_rate", "cit.rd_listed",
        "charge.water_deferral", "charge.quality_deposit", "labour.pension_deferral", "labour.work_relief_wages",
        "choice.exemption", "choice.reduction",
    }  # fmt: skip
    assert {table.path for table in found.of("documents")} >= {"six_taxes", "vat.prepayment_waiver"}
    [rd] = [table for table in found.tables if table.path == "cit.rd"]
    assert [change.parameter for change in rd.changes] == ["rate", "fourth_quarter"]
    assert rd.users.levies == ("corporate_income",)
    assert len(found.tables) == len(BOOK.paths())


def test_either_order_is_the_same() -> None:
    assert law("diff", "2026", "2022", "--lang", "en") == law("diff", "2022", "2026", "--lang", "en")


def test_the_difference_is_said_in_words_and_numbers() -> None:
    text = flat(law("diff", "2022", "2026", "--lang", "en", COLUMNS="120"))
    for said in (
        "The law from 2022 to 2026",
        "monthly threshold 150,000 yuan → 100,000 yuan −50,000 yuan",
        "exactly at the threshold exempt → taxed in full",
        "extra deduction 75% → 100% +25 points",
        "up to 1,000,000 yuan 12.5%, above 1,000,000 yuan 25% → 25%",
        "in force yes (2022-01 – 2022-03); no (2022-04 – 2022-12) → yes",
        "until 2022-12-31",
        "VAT exemption of small-scale payers, Value-added tax, VAT prepayments and",
    ):
        assert said in text, said
    zh = flat(law("diff", "2022", "2026", "--lang", "zh", COLUMNS="120"))
    assert "月销售额免征标准 150,000 元 → 100,000 元 −50,000 元" in zh
    assert "加计扣除比例 75% → 100% +25 个百分点" in zh


def test_a_year_in_which_a_rule_changed_shows_each_state() -> None:
    text = flat(law("diff", "2021", "2023", "--lang", "en", COLUMNS="120"))
    assert "100,000 yuan (2021-01 – 2021-03); 150,000 yuan (2021-04 – 2021-12) → 100,000 yuan" in text


def test_what_began_names_its_first_day_and_document() -> None:
    text = flat(law("diff", "2022-06", "2025", "--lang", "en", COLUMNS="120"))
    began = text[text.index("Reduced VAT rate of small-scale payers") :]
    assert "from 2023-01-01 reduced levy rate 1%" in began
    assert "by: MOF and STA Announcement No. 1 of 2023 art. 2" in began


def test_nothing_changed_and_beyond_the_tables() -> None:
    assert "Nothing changed" in law("diff", "2023", "2023", "--lang", "en")
    assert f"the tables cover {FIRST} to {LAST}" in flat(law("diff", "2018", "2023", "--lang", "en"))
    assert "the tables cover" not in flat(law("diff", str(FIRST), str(LAST), "--lang", "en"))


def test_the_difference_as_json() -> None:
    found = json.loads(law("diff", "2025", "2026", "--format", "json"))
    assert found["from"] == {"written": "2025", "start": "2025-01-01", "until": "2025-12-31"}
    paths = [t["path"] for kind in ("changed", "ended", "began", "documents") for t in found[kind]]
    assert sorted([*paths, *found["unchanged"]]) == sorted(BOOK.paths())
    [levy] = [table for table in found["changed"] if table["path"] == "vat.levy"]
    [change] = [change for change in levy["changes"] if change["parameter"] == "five_percent_rate"]
    assert change["before"] == [
        {"from": "2025-01-01", "until": "2025-12-31", "value": {"value": "0.05", "unit": "share"}}
    ]
    assert change["after"][0]["value"]["value"] == "0.03"
    assert levy["after"][0]["citation"]["documents"][0]["id"] == "vat-law"


# ---------------------------------------------------------------------- the check


def test_what_has_ended_and_what_soon_ends() -> None:
    now = {(one.kind, one.path) for one in check_law(BOOK, date(2026, 11, 25))}
    assert ("ended", "vat.full_exemption") in now
    assert ("hole", "vat.reduced_rate") in now
    assert ("memory", "property") in now
    # the days of filing are announced year by year, and those of the next are not there yet
    assert [path for kind, path in now if kind in ("ending", "uncited")] == ["filing.calendar"]
    soon = {one.path for one in check_law(BOOK, date(2027, 6, 30)) if one.kind == "ending"}
    assert {"six_taxes", "vat.exemption", "cit.rd_listed"} <= soon
    assert "cit.western" not in soon
    later = {one.path for one in check_law(BOOK, date(2028, 1, 1)) if one.kind == "ended"}
    assert {"six_taxes", "vat.exemption"} <= later
    assert year_after(date(2024, 2, 29)) == date(2025, 2, 28)


def test_memory_is_found_where_it_is_written() -> None:
    found = {(one.path, one.start) for one in check_law(BOOK, date(2026, 1, 1)) if one.kind == "memory"}
    assert found == {
        (path, v.start) for path in BOOK.paths() for v in BOOK.table(path).versions if v.evidence == "memory"
    }


def test_the_check_prints_and_its_exit_codes() -> None:
    text = law("check", "--on", "2027-06-30", "--lang", "en", COLUMNS="80")
    assert "Check of the tables on 2027-06-30" in text
    assert "all well formed" in text
    assert "Ends within a year, none follows" in text
    assert CliRunner().invoke(law_app, ["check", "--strict"]).exit_code == 1
    found = json.loads(law("check", "--on", "2027-06-30", "--format", "json"))
    assert found["tables"] == len(BOOK.paths())
    assert set(found["findings"]) == {"ended", "ending", "hole", "memory", "uncited", "unused"}
    assert [hole["from"] for hole in found["findings"]["hole"]][:2] == ["2021-04-01", "2022-04-01"]
    assert found["findings"]["hole"][0]["citation"] is None
    for kind in ("ended", "ending", "memory"):
        for one in found["findings"][kind]:
            cited = one["citation"]
            assert (one["path"], one["from"], one["until"]) == (cited["table"], cited["from"], cited["until"])


def test_a_clean_book_has_no_findings(tmp_path: Path) -> None:
    (tmp_path / "documents.toml").write_text('[law-1]\nzh = "法"\nen = "law"\n', encoding="utf-8")
    (tmp_path / "facts.toml").write_text("", encoding="utf-8")
    version = 'document = "law-1"\nclause = "1"\nevidence = "read"\nrate = "5%"\n'
    (tmp_path / "levy.toml").write_text(
        '[levy]\nzh = "税"\nen = "levy"\nparameters.rate = ["税率", "rate"]\n'
        f"[[levy.version]]\nfrom = 2023-01-01\nuntil = 2024-12-31\n{version}"
        f'[[levy.version]]\nfrom = 2025-01-01\nuntil = "open"\n{version}',
        encoding="utf-8",
    )
    assert check_law(LawBook(load_tables(tmp_path)), date(2024, 6, 1)) == []


def test_the_check_names_what_another_folder_adds_in_vain(tmp_path: Path) -> None:
    label = 'zh = "甲"\nen = "idle"\n'
    version = 'from = 2026-01-01\nuntil = "open"\ndocument = "vat-law"\nclause = "1"\nevidence = "read"\nrate = "5%"\n'
    for name, text in {
        "facts": f'[a_fact]\n{label}type = "flag"\ngroup = "grants"\n',
        "groups": f'[a_group]\n{label}document = "vat-law"\nclause = "1"\n',
        "city": f'[a.table]\n{label}parameters.rate = ["率", "rate"]\n[[a.table.version]]\n{version}',
    }.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    found = json.loads(law("check", "--format", "json", "--tables", str(tmp_path)))["findings"]["unused"]
    assert [(one["path"], one["en"]) for one in found] == [(path, "idle") for path in ("a.table", "a_fact", "a_group")]
    assert "a.table" in law("check", "--tables", str(tmp_path), "--lang", "en")
    city = str(ROOT / "examples" / "my-city")
    assert json.loads(law("check", "--format", "json", "--tables", city))["findings"]["unused"] == []
    assert json.loads(law("check", "--format", "json"))["findings"]["unused"] == []


def test_a_broken_table_is_one_sentence_and_exit_2(tmp_path: Path) -> None:
    """Also where an older state of the tables is kept compiled."""
    import os
    import subprocess
    import sys

    shutil.copytree(ROOT / "taxcalc", tmp_path / "taxcalc", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(shipped_tables(), tmp_path / "tables")
    table = tmp_path / "tables" / "vat.toml"
    table.write_text(table.read_text(encoding="utf-8").replace('"3%"', '"3 percent"', 1), encoding="utf-8")
    command = [sys.executable, "-m", "taxcalc", "law", "check"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=os.environ, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("taxcalc: vat.toml: [vat.levy]")
    assert len(done.stderr.splitlines()) == 1


# ---------------------------------------------------------------------- years in words


@pytest.mark.parametrize(
    ("start", "until", "zh", "en"),
    [
        ("2019-01-01", "2020-12-31", "2019–2020", "2019–2020"),
        ("2021-01-01", "2021-12-31", "2021", "2021"),
        ("2008-01-01", "9999-12-31", "2008 起", "from 2008"),
        ("2022-07-01", "9999-12-31", "2022-07 起", "from 2022-07"),
        ("2022-04-01", "2022-12-31", "2022-04 – 2022-12", "2022-04 – 2022-12"),
        ("2022-04-01", "2022-04-30", "2022-04", "2022-04"),
        ("2023-02-22", "2023-12-31", "2023-02-22 – 2023-12", "2023-02-22 – 2023-12"),
    ],
)
def test_spans_are_as_short_as_their_dates_allow(start: str, until: str, zh: str, en: str) -> None:
    days = date.fromisoformat(start), date.fromisoformat(until)
    assert (Citing(BOOK, "zh").years(*days), Citing(BOOK, "en").years(*days)) == (zh, en)


def test_other_commands_do_not_load_it() -> None:
    import subprocess
    import sys

    code = "import taxcalc.cli, sys; print([n for n in sys.modules if 'law' in n or 'inquiry' in n])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.stdout.strip() == "[]"
