"""The commands as people and scripts run them: output, exit codes, languages, pipes."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import re
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from helpers.command import ROOT, environment, here
from helpers.years import LAST

EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
SCHEMA = json.loads((ROOT / "taxcalc" / "schema" / "assessment-2.schema.json").read_text(encoding="utf-8"))
SECOND = "--year 2023 --revenue 1_200_000 --taxable-income 3_440_000 --rd-expensed 1_000_000 --employees 80 --assets 20_000_000"


def run(*args: str, stdin: str | bytes = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run in this process."""
    with chdir(ROOT):
        done = here(*args, stdin=stdin.encode() if isinstance(stdin, str) else stdin, speaks=environment)
    return subprocess.CompletedProcess(args, done.code, done.out.decode("utf-8"), done.err)


def started(*args: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run in a process of its own: for what is settled when the program starts."""
    command = [sys.executable, "-m", "taxcalc", *args]
    done = subprocess.run(command, capture_output=True, env=environment(**more), cwd=ROOT, timeout=60)
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in err, err
    return subprocess.CompletedProcess(command, done.returncode, out, err)


def document(*args: str, **more: Any) -> dict[str, Any]:
    done = run("assess", *args, "--format", "json", **more)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


# ---------------------------------------------------------------------- the report


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", ["80", "140"])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_prints_within_its_width(example: Path, width: str, lang: str) -> None:
    from rich.cells import cell_len

    done = run("assess", str(example), "--lang", lang, "--explain", COLUMNS=width)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert max(cell_len(row) for row in done.stdout.splitlines()) <= int(width)
    for cell in re.findall(r"[\d,]+\.\d+", done.stdout):
        assert re.fullmatch(r"\d{1,3}(,\d{3})*\.\d+", cell), cell


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_chinese_report_is_chinese(example: Path) -> None:
    text = re.sub(r"(政策数据版本) [0-9a-f]{8}", r"\1", run("assess", str(example), "--lang", "zh", "--full").stdout)
    words = set(re.findall(r"[A-Za-z]{3,}", text)) - {"taxcalc", "ETC"}
    assert not {word for word in words if f"--{word}" not in text and f"-{word}" not in text}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_printed_totals_are_the_sums_of_printed_lines(example: Path) -> None:
    """In Markdown, whose tables are easy to read back."""
    text = run("assess", str(example), "--lang", "en", "--format", "markdown", "--full").stdout
    tables = [block.splitlines() for block in re.split(r"\n\n", text) if block.startswith("| ")]
    assert len(tables) >= 2
    for table in tables[:2]:
        rows = [[cell.strip(" *") for cell in row.strip("|").split("|")] for row in table[2:]]
        *lines, total = rows
        for column in range(1, len(total)):
            if total[column]:
                added = sum(_fen(row[column]) for row in lines)
                assert added == _fen(total[column])


def _fen(text: str) -> int:
    return int(text.replace(",", "").replace(".", ""))


def test_colour_is_for_terminals_only() -> None:
    assert "\x1b[" not in run("assess", *SECOND.split(), FORCE_COLOR="", NO_COLOR="1").stdout


@pytest.mark.parametrize("reader", ["head -1", "true"])
@pytest.mark.parametrize("format", ["table", "json", "csv", "markdown"])
def test_a_closed_pipe_ends_quietly(format: str, reader: str) -> None:
    command = f"{sys.executable} -m taxcalc assess {SECOND} --format {format} | {reader}"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, cwd=ROOT, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("format", ["table", "json"])
def test_a_full_disk_is_one_sentence(format: str) -> None:
    command = f"{sys.executable} -m taxcalc assess {SECOND} --format {format} > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "cannot be written" in done.stderr or "无法写出" in done.stderr


def test_closed_streams_do_no_harm() -> None:
    command = f"{sys.executable} -m taxcalc assess {SECOND} --format json >&-; {sys.executable} -m taxcalc assess - <&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("width", ["0", "20", "40", "60", "80"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_amounts_and_names_are_whole_at_any_width(width: str, lang: str) -> None:
    """The largest amounts on the narrowest terminal: stacked, never cut."""
    facts = ["--year", "2023", "--revenue", "9_999_999_999_999.99", "--vat-payer", "small_scale"]
    text = run("assess", *facts, "--full", "--lang", lang, COLUMNS=width).stdout
    assert "…" not in text
    for amount in ("300,000,000,000.00", "100,000,000,000.00", "9,999,999,999,999.99"):
        assert amount in text
    assert ("增值税" if lang == "zh" else "Value-added tax") in text


def test_no_control_character_reaches_the_terminal() -> None:
    done = run("assess", "-", "a\u001b[31m.toml", stdin='{"year": 2023, "a\\u001b[31mb": 1, "revenue": "1\\u001b[31m"}')
    assert done.returncode == 2
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "节省"),
        ({"LANG": "en_US.UTF-8"}, "You save"),
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "节省"),
        ({"LANG": "C"}, "You save"),
        ({"PYTHONIOENCODING": "ascii", "LANG": "zh_CN.UTF-8"}, "节省"),
    ],
)
def test_the_language_follows_the_locale(said: dict[str, str], says: str) -> None:
    assert says in started("assess", *SECOND.split(), **said).stdout


# ---------------------------------------------------------------------- JSON, CSV


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_json_is_valid_and_adds_up(example: Path, lang: str) -> None:
    result = document(str(example), "--lang", lang)
    jsonschema.validate(result, SCHEMA, format_checker=jsonschema.FormatChecker())
    costs = ("tax", "fee")
    items = [item for item in result["items"] if item["kind"] in costs]
    total = result["totals"]["taxes_and_fees"]
    assert sum(_fen(item["saving"] or "0.00") for item in items) == _fen(total["saving"])
    known = [levy for levy in result["levies"].values() if levy["kind"] in costs and levy["payable"] is not None]
    for key in ("baseline", "saving", "payable"):
        assert sum(_fen(levy[key]) for levy in known) == _fen(total[key])
    assert _fen(total["baseline"]) - _fen(total["saving"]) == _fen(total["payable"])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_explanation_is_a_tree_that_names_its_sources(example: Path) -> None:
    result = document(str(example), "--explain", "--lang", "zh")
    jsonschema.validate(result, SCHEMA)
    steps = result["explanation"]
    assert steps[0]["depth"] == 0
    assert all(later["depth"] <= earlier["depth"] + 1 for earlier, later in itertools.pairwise(steps))
    cited = {one["name"] for step in steps for citation in step["citations"] for one in citation["documents"]}
    assert any("武政发〔2023〕18号" in name for name in cited)
    assert {step["value"] for step in steps} >= {
        f"{levy['payable']}" for levy in result["levies"].values() if levy["baseline"] not in (None, "0.00")
    }


def test_the_second_command_of_the_readme() -> None:
    result = document(*SECOND.split())
    assert result["levies"]["corporate_income"]["payable"] == "122000.00"
    items = {item["id"]: item for item in result["items"]}
    assert (items["rd_super_deduction"]["saving"], items["small_low_profit"]["saving"]) == ("250000.00", "488000.00")
    assert items["rd_super_deduction"]["worth"] == "738000.00"


def test_json_needs_neither_rich_nor_babel() -> None:
    code = (
        "import sys; sys.argv = ['taxcalc', 'assess', '--year', '2023', '--revenue', '1', '--format', 'json']\n"
        "from taxcalc.cli import app\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "print(loaded & {'rich', 'babel', 'pydantic', 'tomllib', 'polars'}, 'importlib.metadata' in sys.modules)"
    )
    command = [sys.executable, "-c", code]
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, capture_output=True, cwd=ROOT, timeout=60, env=env)  # the tables are compiled once
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, env=env)
    assert done.stdout.splitlines()[-1] == "set() False"


def test_csv_cannot_become_a_formula() -> None:
    from taxcalc.assessment.model import shipped_book
    from taxcalc.report.csv import as_csv
    from taxcalc.report.document import Cell, Document, Row, Table, text

    texts = ("=1+1", "+1+1", "-1-1", "@x", "\tx", "\rx", "＝1")
    ledger = Table(("id", "=1"), tuple(Row(text("x"), (Cell(each),)) for each in texts))
    drawn = as_csv(Document("en", (), "", (), (), (), "", ledger), shipped_book())
    assert [cells[1] for cells in csv.reader(io.StringIO(drawn))][1:] == [f"'{each}" for each in texts]
    done = run("assess", *SECOND.split(), "--format", "csv", "--lang", "en")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert sum(_fen(row["saving"] or "0.00") for row in rows if row["kind"] != "deferral") == 77_832_000
    assert {row["id"] for row in rows} >= {"vat_exemption", "six_taxes_halving", "small_low_profit"}


# ---------------------------------------------------------------------- sources


def test_sources_override_in_order(tmp_path: Path) -> None:
    file = tmp_path / "firm.toml"
    file.write_text('year = 2023\nrevenue = 100\ntaxable_income = "1e3"\n', encoding="utf-8")
    result = document(str(file), "--set", "taxable_income=5", "--set", "revenue=7", "--revenue", "9")
    assert result["facts"]["revenue"] == {"value": "9.00", "unit": "yuan", "source": "options"}
    assert result["facts"]["taxable_income"] == {"value": "5.00", "unit": "yuan", "source": "--set"}
    assert result["facts"]["year"]["source"] == str(file)


def test_standard_input_takes_toml_and_json() -> None:
    toml = document("-", stdin="\ufeffyear = 2023\n[sales]\nrevenue = 100.50\n")
    assert toml["facts"]["revenue"]["value"] == "100.50"
    assert document("-", stdin='{"year": 2023, "revenue": 100.5}')["facts"]["revenue"]["value"] == "100.50"


@pytest.mark.parametrize(
    ("args", "stdin", "says"),
    [
        (["-"], "", "it is empty"),
        (["-"], "year = ", "not valid TOML"),
        (["-"], '{"year": 2023', "not valid JSON"),
        (["-"], '{"year": 2023, "year": 2024}', "stands twice"),
        (["-"], "[1, 2]", "must be one object"),
        (["-"], b"\xff\xfe\x00", "not UTF-8"),
        (["-"], '{"year": 2023, "revenue": 1e3}', "scientific notation"),
        (["-"], '{"year": 2023, "revenue": NaN}', "not a number"),
        (["-"], '{"a": ' * 100_000, "not valid JSON"),
        (["nowhere.toml"], "", "there is no such file"),
        (["tests"], "", "this is a folder"),
        (["--year", "2023", "--revenue", "1.005"], "", "below the fen"),
        (["--year", "2023", "--revenue", "-5"], "", "negative"),
        (["--year", str(LAST + 1), "--revenue", "5"], "", f"above the limit {LAST}"),
        (["--revenue", "5"], "", "the tax year is missing"),
        (["--year", "2023", "--set", "revenue"], "", "write name=value"),
        (["--year", "2023", "--set", "revenu=5"], "", "did you mean revenue"),
        (["--year", "2023", "--format", "yaml"], "", "choose from table"),
        (["--year", "2023", "--lang", "fr"], "", "choose from zh, en"),
        (["--year", "2023", "--format", "csv", "--explain"], "", "choose from table, markdown, json"),
        (["--year", "2023", "--encouraged-income-share", "60"], "", "write 60%"),
    ],
)
def test_unusable_input_is_one_sentence_and_exit_2(args: list[str], stdin: str | bytes, says: str) -> None:
    done = run("assess", *args, stdin=stdin, LANG="en_US.UTF-8")
    assert done.returncode == 2
    assert done.stdout == ""
    assert says in done.stderr
    assert done.stderr.startswith("taxcalc: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("after", [["--taxable-income", "5"], ["--format", "json"], ["--lang=en"]], ids=lambda a: a[0])
def test_an_option_does_not_take_the_next_one_for_its_value(after: list[str]) -> None:
    done = run("assess", "--year", "2023", "--revenue", *after)
    assert (done.returncode, done.stderr) == (2, "taxcalc: --revenue needs a value after it\n")


def test_an_unknown_option_is_refused_with_the_nearest() -> None:
    done = run("assess", "--revenu", "5", COLUMNS="120")
    assert done.returncode == 2
    assert "--revenue" in done.stderr


def test_every_problem_is_said_at_once() -> None:
    done = run("assess", "--year", "2023", "--revenue", "1e3", "--place", "moon", LANG="zh_CN.UTF-8")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2


# ---------------------------------------------------------------------- other commands


@pytest.mark.parametrize(("lang", "says"), [("en", "kind of taxpayer (enterprise):"), ("zh", "不适用于企业：")])
def test_a_relief_for_others_says_what_kind_was_taken_for_granted(lang: str, says: str) -> None:
    assert says in run("assess", "--year", "2023", "--revenue", "100000", "--full", "--lang", lang).stdout


def test_a_kind_of_taxpayer_that_follows_from_other_facts_is_named() -> None:
    said = run("assess", "--year", "2023", "--revenue", "6000000", "--full", "--lang", "en").stdout
    assert "kind of taxpayer (general payer): VAT exemption of small-scale" in said


def test_the_catalogue_is_listed() -> None:
    facts = {fact["name"]: fact for fact in json.loads(run("facts", "--format", "json").stdout)["facts"]}
    assert facts["revenue"]["maximum"] == "10000000000000.00"
    assert "vat_exemption" in facts["revenue"]["reliefs"]
    assert {"small_low_profit"} <= set(facts["employees"]["reliefs"])
    assert facts["taxpayer"]["assumed"] == "enterprise"
    assert facts["high_tech"]["entitles"]
    assert "销售额" in run("facts", "--lang", "zh").stdout


def test_every_entitling_fact_can_fire_a_relief() -> None:
    """No rule waits for a fact that nothing supplies, and no such fact is idle."""
    from taxcalc.assessment.model import model_for, shipped_book
    from taxcalc.base.period import Period
    from taxcalc.graph.nodes import In, walk

    used: set[str] = set()
    for period, months in (
        (Period(2019), 3),
        (Period(2020), 3),
        (Period(2023), 1),
        (Period(2023), 3),
        (Period(2026), 3),
        (Period(2023, 4, 3), 3),
    ):
        model = model_for(shipped_book(), period, months)
        nodes = [b.payable for b in model.levies.values()] + [node for _, node in model.checks()]
        nodes += [b.balance for b in model.levies.values() if b.balance is not None]
        used |= {n.fact.name for n in walk(*nodes) if isinstance(n, In)}
        used |= {name for relief in model.reliefs for name in model.facts_of_relief(relief)}
    shell = {"name", "id", "year", "period", "period_from", "period_to", "filing"}
    assert {fact.name for fact in model.catalogue} - used == shell


@pytest.mark.parametrize("where", ["before", "after", "both"])
def test_the_language_stands_before_the_command_or_after_it(where: str) -> None:
    """What stands nearer to the command wins; the next run speaks as the locale does."""
    before = {"before": ["--lang", "zh"], "after": [], "both": ["--lang", "en"]}[where]
    after = [] if where == "before" else ["--lang", "zh"]
    for command in (["assess", *SECOND.split()], ["facts"], ["law", "diff", "2022", "2023"]):
        assert re.search(r"[\u4e00-\u9fff]{2}", run(*before, *command, *after, LANG="C.UTF-8").stdout.splitlines()[0])
    assert "You save" in run("assess", *SECOND.split(), LANG="C.UTF-8").stdout


def test_a_command_to_copy_keeps_the_language_before_it() -> None:
    said = run("--lang", "zh", "assess", "--year", "2025", "--revenue", "1200000", "--taxable-income", "180000").stdout
    assert "  taxcalc --lang zh assess --year 2025" in said
    assert "choose from zh, en" in run("--lang", "fr", "assess", "--year", "2025").stderr


def test_quarters_are_typed_as_a_list() -> None:
    """As a file has them, in an option and in --set."""
    listed = ["100000", "100000", "450000.50", '"50万"']
    one_by_one = [f"--set=revenue_q{n}={text.strip(chr(34))}" for n, text in enumerate(listed, 1)]
    expected = json.loads(run("assess", "--year", "2024", *one_by_one, "--format", "json").stdout)
    for given in (["--revenue", f"[{', '.join(listed)}]"], ["--set", f"revenue=[{', '.join(listed)}]"]):
        found = json.loads(run("assess", "--year", "2024", *given, "--format", "json").stdout)
        assert found["totals"] == expected["totals"]
    assert "[1,000,2]" in run("assess", "--year", "2024", "--revenue", "[1,000,2]").stderr


def test_a_rate_in_thousandths_is_explained_as_the_law_writes_it() -> None:
    said = run("assess", "--year", "2024", "--stamp-work", "1234567.89", "--explain", "--lang", "en").stdout
    assert "1,234,567.89 × 0.3‰ (rounded to the fen)" in said
    whole = run("assess", "--year", "2024", "--stamp-work", "1000000", "--explain", "--lang", "en").stdout
    assert "1,000,000.00 × 0.3‰" in whole
    assert "rounded to the fen" not in whole


def test_a_rule_that_is_wrong_is_one_sentence_with_its_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """For whoever writes one: the line of the rule, not the way there."""
    from taxcalc import cli
    from taxcalc.graph.nodes import Const

    rule: dict[str, Any] = {}
    exec(compile("def due(a):\n    return a * a\n", "/home/taxcalc/rules/mine.py", "exec"), rule)
    monkeypatch.setattr(cli, "app", lambda: rule["due"](Const(1, "money")))
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    assert capsys.readouterr().err == "taxcalc: taxcalc/rules/mine.py:2: money times money has no meaning\n"
