"""The measures of the notice: all there, computed by their tables, and changed by a line of a table."""

from __future__ import annotations

import functools
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from helpers.batch_command import batch
from helpers.cases import CASES
from helpers.command import ROOT
from taxcalc import assess
from taxcalc.assessment.model import book_with, looked_at, model_for, shipped_book
from taxcalc.base.period import Period
from taxcalc.cli.application import app
from taxcalc.law.compile import compile_tables
from taxcalc.law.folder import load_tables
from taxcalc.law.strict import TableError
from taxcalc.report.law.measures import Entry, counts, entries
from taxcalc.report.markdown import as_markdown
from taxcalc.report.single import document
from taxcalc.rules.measures import measures_of

CITY = ROOT / "examples" / "my-city"
EVERY = entries(shipped_book(), "wuwei-2023", computable=False, day=None)


def run(*args: str) -> Any:
    return CliRunner().invoke(app, [*args, "--lang", "en"], env={"COLUMNS": "200"})


# ---------------------------------------------------------------------- the register


def test_all_fifty_measures_are_listed() -> None:
    assert [one.measure["number"] for one in EVERY] == list(range(1, 51))
    assert counts(EVERY) == {"computed": 10, "conditional": 13, "not_computable": 27}


@pytest.mark.parametrize("one", EVERY, ids=lambda one: str(one.measure["number"]))
def test_a_measure_has_a_table_or_a_reason(one: Entry) -> None:
    if one.measure["status"] == "not_computable":
        assert one.measure["why"]
        assert not one.tables
    else:
        assert one.tables
    if one.measure["status"] == "conditional":
        assert one.measure["why"]


@pytest.mark.parametrize("one", EVERY, ids=lambda one: str(one.measure["number"]))
def test_a_computed_measure_has_a_worked_case(one: Entry) -> None:
    """Each relief of its tables saves something in some case, or stands in one."""
    model = model_for(shipped_book(), Period(2023), 3)
    for table in one.tables:
        reliefs = [id for id, relief in model.reliefs.items() if relief.table == table.path]
        assert reliefs, table.path
        tested = {id for case in CASES.values() for id in case.get("items", {})}
        assert tested.intersection(reliefs) or any(saved(case).intersection(reliefs) for case in CASES), table.path


@functools.cache
def saved(case: str) -> frozenset[str]:
    """The reliefs that save something in a worked case."""
    return frozenset(item.id for item in assess(CASES[case]["facts"]).items if item.saving)


def test_what_goes_on_after_the_notice_is_in_force() -> None:
    document = json.loads(run("measures", "--in-force", "2026-06-30", "--format", "json").stdout)
    assert [one["measure"] for one in document["measures"] if one["tables"]] == [1, 2, 3, 4, 12, 14]
    assert all(one["status"] != "not_computable" for one in document["measures"] if one["tables"])
    for table in (table for one in document["measures"] for table in one["tables"]):
        [version] = table["versions"]
        assert version["table"] == table["table"]
        assert version["from"] <= "2026-06-30" <= (version["until"] or "9999")


def test_measures_in_words() -> None:
    said = run("measures", "--notice", "wuwei-2023", "--computable").stdout
    assert "23 measures: computed 10, conditional 13, not computable 0" in said
    assert "until 2027-12-31 (notice 2024-12-31)" in " ".join(said.split())


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--in-force", "2026-13-01"], "'2026-13-01' is not a date"),
        (["--notice", "beijing"], "beijing"),
        (["--format", "csv"], "csv"),
    ],
)
def test_a_wrong_option_is_a_sentence(args: list[str], says: str) -> None:
    done = run("measures", *args)
    assert done.exit_code == 2
    assert says in done.stderr


# ---------------------------------------------------------------------- what is looked at


def test_a_measure_is_only_looked_at_where_its_fact_is_stated() -> None:
    plain = {item.id for item in assess({"year": 2023, "revenue": "100_000"}).items}
    assert not plain & {one.id for one in measures_of(shipped_book())}
    asked = assess({"year": 2023, "interns": 3})
    assert asked.item("labour_internship").status == "needs_fact"
    assert {"intern_months", "intern_retention"} <= set(asked.item("labour_internship").needs)


def test_purses_are_never_mixed() -> None:
    facts = {"year": 2023, "new_high_tech": True, "quality_deposit": "1_000", "etc_tolls": "1_000", "rotation_mu": 1}
    result = assess({**facts, "guaranteed_loan": "1_000_000", "guarantee_fee_rate": "2%"})
    found = {kind: total.saving for kind, total in result.totals.items()}
    assert found == {
        "tax": None,  # nothing of it is known
        "fee": 5_000,
        "grant": 20_015_000,
        "financing": 1_000_000,
        "deferral": 100_000,
        "evaluation": 0,
        "personal": 0,
    }
    assert result.saved.saving == 5_000


def test_each_sub_clause_lives_on_its_own_days() -> None:
    """Measures 22, 23 and 24 end in parts; 11 and 25 end whole; before the notice there is nothing of its own."""

    def alive(day: str) -> dict[int, list[str]]:
        found = entries(shipped_book(), "wuwei-2023", computable=False, day=date.fromisoformat(day))
        return {
            one.measure["number"]: [part["label"][1] for part in one.parts(date.fromisoformat(day))] for one in found
        }

    march, april, july = alive("2023-03-31"), alive("2023-04-01"), alive("2023-07-01")
    assert [len(found[23]) for found in (march, april, july)] == [2, 1, 1]
    assert [len(found[22]) for found in (march, april, july)] == [3, 3, 2]
    assert [len(found[24]) for found in (april, alive("2023-05-01"))] == [4, 3]
    assert all("late fee" not in said for said in july[22])
    september = alive("2023-09-01")
    assert {22, 23, 24} <= september.keys()
    assert not {11, 25} & september.keys()
    assert 25 in alive("2023-06-30")
    assert 11 in alive("2023-07-31")
    assert len(alive("2023-02-22")) == 50
    assert {7, 19, 50} <= alive("2023-02-22").keys() - alive("2023-02-21").keys()
    assert {3} == {number for number, said in alive("2030-12-31").items() if said}
    assert alive("2024-12-31")[3] != alive("2025-01-01")[3]


def test_what_persons_receive_is_in_no_total_of_the_firm() -> None:
    """Measures 43, 45 and 46: 2/3 of 3,000 of insurance, 600 and 300 of travel, 2,000 and 300 for skills."""
    persons = {"graduate_insurance": "3_000", "travel_other_province": 1, "travel_in_province": 1}
    firm = {"interns": 1, "intern_months": 1, "intern_retention": "0%", "placed_workers": 1}
    result = assess({"year": 2023, **persons, "skill_upgrades": 1, "skill_evaluations": 1, **firm})
    of_persons = {item.id: item.saving for item in result.items if item.kind == "personal" and item.saving}
    assert of_persons == {
        "labour_graduate_insurance": 200_000,
        "labour_travel_other_province": 60_000,
        "labour_travel_in_province": 30_000,
        "labour_skill_upgrade": 200_000,
        "labour_skill_evaluation": 30_000,
    }
    assert result.totals["grant"].saving == 100_000 + 20_000
    assert (result.ceilings["grant"], result.ceilings["personal"]) == (0, 520_000)
    assert result.totals["personal"].saving == 0
    said = as_markdown(document(result, shipped_book(), "en"))
    grants, _, rest = said.partition("Paid to persons, not to the firm")
    assert "Internship subsidy" in grants
    assert "Skill-upgrade subsidy" not in grants
    assert "Skill-upgrade subsidy" in rest


def test_levies_looked_at_can_be_told() -> None:
    book = shipped_book()
    assert "smart_manufacturing" not in looked_at(book, {"revenue"})
    assert "smart_manufacturing" in looked_at(book, {"new_digital_workshop"})


# ---------------------------------------------------------------------- tables of another place


def test_another_city_adds_facts_measures_and_figures() -> None:
    book = book_with((CITY,))
    facts = {"year": 2026, "roof_panels": 50, "cold_chain_fee": "20_000", "small_or_micro": True}
    result = assess({**facts, "property_original_value": "1_000_000"}, book=book)
    assert result.item("liuzhen_solar").saving == 1_500_000
    assert result.item("liuzhen_cold_chain").saving == 300_000
    assert result.levy("property").baseline == 960_000  # 1,000,000 × 80% × 1.2%
    before = assess({"year": 2025, "property_original_value": "1_000_000"}, book=book)
    assert before.levy("property").baseline == 840_000  # the shipped 30% until then


def test_a_rate_for_2027_is_one_line_of_one_table(tmp_path: Path) -> None:
    facts = {"year": 2027, "taxable_income": "1_000_000", "employees": 10, "assets": "1_000_000"}
    assert assess(facts).levy("corporate_income").payable == 5_000_000
    (tmp_path / "documents.toml").write_text('[new]\nzh = "新公告"\nen = "A new announcement"\n', encoding="utf-8")
    (tmp_path / "rate.toml").write_text(
        "[[cit.small_low_profit.version]]\nfrom = 2027-01-01\nuntil = 2027-12-31\n"
        'document = "new"\nclause = "1"\nevidence = "read"\n'
        'rate = "15%"\n',
        encoding="utf-8",
    )
    book = book_with((tmp_path,))
    changed = assess(facts, book=book)
    assert changed.levy("corporate_income").payable == 3_750_000
    assert any("new" in dict(version.cites) for version in changed.law)
    assert assess({**facts, "year": 2026}, book=book).levy("corporate_income").payable == 5_000_000


def test_the_batch_takes_tables_too(tmp_path: Path) -> None:
    table = tmp_path / "clients.csv"
    table.write_text("year,roof_panels\n2026,50\n2026,\n2025,10\n", encoding="utf-8")
    done = run("batch", str(table), "--tables", str(CITY))
    assert done.exit_code == 0
    header, *rows = [line.split(",") for line in done.stdout.splitlines()]
    column = header.index("received: Grant for roof-top solar")
    assert [row[column] for row in rows] == ["15000.00", "0.00", "0.00"]


def test_of_a_thousand_measures_the_highest_counts(tmp_path: Path) -> None:
    """A chain of as many comparisons would be too deep for what walks it."""
    group = '[g]\nzh = "组"\nen = "group"\ndocument = "wuwei-2023-18"\nclause = "1"\n'
    (tmp_path / "groups.toml").write_text(group, encoding="utf-8")
    table = GOOD.replace('"interns"', '"high_tech"').replace('kind = "grant"', 'kind = "grant"\nexclusive = "g"')
    tables = (table.replace("a.b", f"a.b{n}").replace('"5 yuan"', f'"{n % 701} yuan"') for n in range(1_000))
    (tmp_path / "many.toml").write_text("".join(tables).replace('"read"', '"memory"'), encoding="utf-8")
    facts = "--year 2023 --revenue 400000 --high-tech yes --format json"
    done = run("assess", *facts.split(), "--tables", str(tmp_path))
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["totals"]["grant"]["saving"] == "700.00"


# ---------------------------------------------------------------------- strict tables

GOOD = """
[a.b]
zh = "甲"
en = "A"
kind = "grant"
reckon = "each"
of = ["interns"]
parameters.amount = ["额", "amount"]

[[a.b.version]]
from = 2023-01-01
until = 2023-12-31
document = "wuwei-2023-18"
clause = "1"
evidence = "read"
amount = "5 yuan"
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"each"', '"twice"', "reckon must be one of"),
        ('"grant"', '"gift"', "kind must be one of"),
        ('["interns"]', "[]", "of needs facts"),
        ('["interns"]', '["interms"]', "'interms' is not in facts.toml"),
        ('"each"', '"cap"', "cap needs rate"),
        ('of = ["interns"]', 'of = ["interns"]\nrequires = ["a b"]', "'a b' is no condition"),
        (
            'of = ["interns"]',
            'of = ["interns"]\nrequires = ["place=moon"]',
            "must be one of place=city, place=county, place=other",
        ),
        ('of = ["interns"]', 'of = ["interns"]\nrequires = ["tech_sme=yes"]', "requires must be one of tech_sme"),
        ('of = ["interns"]', 'of = ["interns"]\nexclusive = "x"', "'x' is not in groups.toml"),
        ('of = ["interns"]', 'of = ["interns"]\nexclusive = "innovative"', "must name yes-or-no facts"),
        ('of = ["interns"]', 'of = ["interns"]\nat_most = "yes"', "at_most must be one of true, false"),
        ('reckon = "each"\n', "", "belong to a measure"),
        ("parameters.amount", "parameters.sum", "amount"),
        ('"5 yuan"', '"5"', "write a unit"),
    ],
)
def test_a_measure_that_is_not_understood_is_refused(old: str, new: str, says: str) -> None:
    assert old in GOOD
    with pytest.raises(TableError, match=r"a\.b") as raised:
        compile_tables({"more.toml": GOOD.replace(old, new).encode()}, load_tables())
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        (
            "measures.toml",
            "[n]\nzh='a'\nen='b'\ndocument='x'\nuntil=2023-01-01",
            "document 'x' is not in documents.toml",
        ),
        ("measures.toml", "[n]\nzh='a'\nen='b'\ndocument='x'", "until must be a date"),
        ("groups.toml", "[g]\nzh='a'\nen='b'\ndocument='x'\nclause='1'", "document 'x' is not in documents.toml"),
        ("return_rows.toml", "[[row]]\nof='vat'", "lines of returns stand in returns_….toml"),
        ("documents.toml", "[d]\nzh='a'", "needs a label"),
        ("x.toml", "a = " + "[" * 5000, "x.toml"),
    ],
)
def test_a_register_that_is_not_understood_is_refused(name: str, text: str, says: str) -> None:
    with pytest.raises(TableError, match=name.replace(".", r"\.")) as raised:
        compile_tables({name: text.encode()}, load_tables())
    assert says in str(raised.value)


def test_more_refusals_than_there_are_bits_are_told_all_the_same(tmp_path: Path) -> None:
    """Eighty grants, each refused in every row: such rows are asked one by one, in columns as in one firm."""
    numbers = range(80)
    fact = '[gg{0}]\nzh="补{0}"\nen="Told {0}"\ntype="flag"\ngroup="grants"\nhelp_zh="x"\nhelp_en="x"\n'
    table = (
        '[mm{0}]\nzh="补助{0}"\nen="Grant {0}"\nkind="grant"\nreckon="each"\nof=["gg{0}"]\nparameters.amount=["额","amount"]\n'
        '[[mm{0}.version]]\nfrom=2024-01-01\nuntil="open"\ndocument="d1"\nclause="1"\nevidence="read"\namount="100 yuan"\n'
    )
    (tmp_path / "facts.toml").write_text("".join(map(fact.format, numbers)), encoding="utf-8")
    (tmp_path / "grants.toml").write_text("".join(map(table.format, numbers)), encoding="utf-8")
    (tmp_path / "documents.toml").write_text('[d1]\nzh="某"\nen="Some"\n', encoding="utf-8")
    heading = ",".join(["id", "year", *(f"gg{i}" for i in numbers)])
    rows = [",".join([id, "2024", answer, *["no"] * 79]) for id, answer in (("a", "yes"), ("b", "no"))]
    done = batch("\n".join([heading, *rows, ""]), "--tables", str(tmp_path), "--names", "id")
    assert done.code == 0, done.err
    assert [row["total.grant"] for row in done.rows] == ["100.00", "0.00"]
    assert [row["reasons"].count("Grant ") for row in done.rows] == [79, 80]


def test_a_ceiling_that_waits_stays_a_ceiling(tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_text(
        '[feed]\nzh="料"\nen="Feed"\ntype="money"\nmax="1000000 yuan"\ngroup="grants"\nhelp_zh="x"\nhelp_en="x"\n'
        '[feed_rate]\nzh="料率"\nen="Feed rate"\ntype="rate"\ngroup="grants"\nhelp_zh="x"\nhelp_en="x"\n',
        encoding="utf-8",
    )
    (tmp_path / "grants.toml").write_text(
        '[feed_grant]\nzh="补"\nen="Feed grant"\nkind="grant"\nreckon="whole"\nof=["feed"]\nrate="feed_rate"\nat_most=true\n'
        'parameters={}\n[[feed_grant.version]]\nfrom=2024-01-01\nuntil="open"\ndocument="d1"\nclause="1"\nevidence="read"\n',
        encoding="utf-8",
    )
    (tmp_path / "documents.toml").write_text('[d1]\nzh="某"\nen="Some"\n', encoding="utf-8")
    waiting, known = (
        assess({"year": "2024", "feed": "1000"} | more, book=book_with((tmp_path,))).levy("feed_grant")
        for more in ({}, {"feed_rate": "10%"})
    )
    assert (waiting.status, waiting.at_most, waiting.saving) == ("needs_fact", True, None)
    assert (known.status, known.at_most, known.saving) == ("calculated", True, 100_00)
