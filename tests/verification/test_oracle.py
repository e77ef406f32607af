"""The oracle: that it is independent, that it knows the law's own figures, and that the program agrees with it."""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path

import pytest

from verification import ROOT
from verification.crosscheck import block
from verification.oracle import assess
from verification.oracle.addon import months
from verification.oracle.columns import batch
from verification.oracle.compare import headings, of_one, of_row
from verification.oracle.firm import Firm, in_catalogue
from verification.oracle.generator import businesses, command
from verification.oracle.measures import NOT_COMPARED
from verification.oracle.others import cultural_fee, disability_fund, internship_subsidy, vehicle_purchase
from verification.oracle.outcome import EVERY, RELIEFS
from verification.oracle.plan import LARGE, LEAST, MEANT, WISHES, Table, tables
from verification.oracle.tally import Tally, never

ALL = frozenset(("vat_additional_deduction",))


def test_oracle_imports_nothing_of_the_program() -> None:
    """Only the comparison and the spreadsheet look at both."""
    for file in sorted((ROOT / "verification" / "oracle").glob("*.py")):
        imported = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add((node.module or "").partition(".")[0])
        assert "taxcalc" not in imported or file.name == "compare.py", file.name


def test_column_engine_agrees() -> None:
    """The least run that is meant to reach every relief; `make crosscheck` compares a million."""
    tally = Tally()
    for table in tables(MEANT * LEAST, seed=1):
        tally.add(block(table, exact=0.01))
    assert not tally.wrong, [(command(facts), found) for facts, found in tally.wrong[:3]]
    assert tally.rows == MEANT * LEAST
    assert tally.exact == MEANT * 2
    assert never(tally, every_year=False) == []


def test_unknown_is_told_from_nought() -> None:
    """In tables whose businesses leave facts out, reliefs wait, totals lack levies, and of some nothing is known."""
    tally = Tally()
    for i, wishes in enumerate(wishes for wishes in WISHES if "gaps" in wishes):
        tally.add(block(Table(f"gaps {i}", 100, wishes), exact=0.02))
    assert not tally.wrong, [(command(facts), found) for facts, found in tally.wrong[:3]]
    assert {"vat", "corporate_income", "small_low_profit", "education_exemption"} <= tally.unknown.keys()
    bare = [assess(facts) for facts in businesses("gaps 2", 100, WISHES[-6])]
    assert any(outcome.total(headings().counted)[0] is None for outcome in bare)


@pytest.mark.parametrize("seed", range(2, 8))
def test_small_runs_reach_every_relief(seed: int) -> None:
    """Whatever the seed: each relief saves something in the tables that are meant for it."""
    tally = Tally()
    for table in tables(MEANT * LEAST, seed):
        for facts in businesses(*table):
            tally.count(facts, assess(facts))
    assert never(tally, every_year=False) == []


@pytest.mark.parametrize("rows", [1, 449, 450, 9_001, 60_000, 60_001, 1_000_000])
def test_tables_hold_all_rows(rows: int) -> None:
    planned = tables(rows, seed=1)
    assert sum(table.rows for table in planned) == rows
    assert len({table.seed for table in planned}) == len(planned)
    assert all(0 < table.rows <= LARGE for table in planned)


def test_facts_are_counted_by_their_names() -> None:
    names = ("revenue_q1", "revenue_m12", "assets_q4_close", "rd_fourth_quarter", "equipment_loan_months")
    assert [in_catalogue(name) for name in names] == ["revenue", "revenue", "assets", *names[3:]]


def test_a_difference_is_found(tmp_path: Path) -> None:
    """Columns that are compared as a whole see one figure, one regime, one row that is not what the oracle says, and
    nought where nothing is known."""
    firms = list(businesses("difference", 20))
    answers = batch(firms, tmp_path)
    mine = [assess(facts) for facts in firms]
    assert answers.differing(mine) == []
    levy = next(iter(mine[7].levies))
    due, payable = mine[7].levies[levy]
    mine[7].levies[levy] = due, payable + 1
    mine[11].savings["vat_exemption"] += 1
    mine[13] = dataclasses.replace(mine[13], regimes=frozenset(("western_region", "high_tech")))
    written = answers.written.columns
    nought = next(id for id, name in headings().saving.items() if name in written and mine[2].saved(id) == 0)
    mine[2] = dataclasses.replace(mine[2], waiting=mine[2].waiting | {nought})
    mine[4] = dataclasses.replace(mine[4], missing=mine[4].missing ^ {"resource"})
    mine[9].levies.pop(levy)
    assert answers.differing(mine) == [2, 4, 7, 9, 11, 13]
    found = [difference.what for difference in of_row(answers.row(7), mine[7])]
    assert found == ["saved in all", "to pay in all", f"{levy} to pay"]
    assert [difference.what for difference in of_row(answers.row(2), mine[2])] == [f"saved by {nought}"]
    assert [difference.what for difference in of_row(answers.row(4), mine[4])] == ["not counted"]


def test_exact_evaluator_agrees() -> None:
    """Two businesses of each of many shapes."""
    for shape in range(60):
        for facts in businesses(f"exact {shape}", 2):
            assert of_one(facts, assess(facts)) == [], command(facts)


def test_every_relief_is_compared() -> None:
    """The program has no relief that the comparison does not look at, but for those it names with a reason."""
    assert set(headings().saving) == {*RELIEFS, *NOT_COMPARED}
    assert not set(NOT_COMPARED) & set(RELIEFS)
    assert all(NOT_COMPARED.values())


def corporate(year: int, income: str, **more: str) -> int:
    facts = {"year": str(year), "taxable_income": income, "employees": "80", "assets": "20000000"}
    return assess(facts | more).levies["corporate_income"][1]


@pytest.mark.parametrize(
    ("year", "income", "payable"),
    [
        (2019, "3000000", 250_000_00),
        (2021, "3000000", 225_000_00),
        (2022, "3000000", 125_000_00),
        (2023, "3000000", 150_000_00),
        (2023, "3000000.01", 750_000_00),
        (2027, "3000000", 150_000_00),
    ],
)
def test_small_low_profit_figures(year: int, income: str, payable: int) -> None:
    assert corporate(year, income) == payable


def test_research_brings_the_income_under_the_limit() -> None:
    assert corporate(2023, "3440000") - corporate(2023, "3440000", rd_expensed="1000000") == 738_000_00


def test_halving_above_two_million_of_business_income() -> None:
    outcome = assess({"year": "2023", "taxpayer": "individual_business", "taxable_income": "2400000"})
    assert outcome.savings["iit_halving"] == 317_250_00


def test_half_of_odd_fen() -> None:
    outcome = assess({"year": "2026", "land_use_tax_due": "3964.91", "revenue": "1"})
    assert outcome.levies["land_use"] == (3964_91, 1982_45)


@pytest.mark.parametrize(
    ("year", "sales", "tax"), [(2023, "300000", 0), (2026, "299999.99", 0), (2026, "300000", 3000_00)]
)
def test_threshold_of_a_quarter(year: int, sales: str, tax: int) -> None:
    facts = {"year": str(year), "revenue_q1": sales, "revenue_q2": "0", "revenue_q3": "0", "revenue_q4": "0"}
    assert assess(facts).levies["vat"][1] == tax


def test_additional_deduction_is_used_up_to_the_tax() -> None:
    facts = {"year": "2023", "vat_payer": "general", "service_kind": "producer", "addon_opening": "10"}
    facts |= {f"{name}_vat_m{month:02}": "0" for name in ("output", "input") for month in range(1, 13)}
    facts |= {"output_vat_m01": "1000", "input_vat_m01": "990", "output_vat_m02": "2000", "input_vat_m02": "1000"}
    facts |= {"simple_method_sales_m02": "100"}
    found = months(Firm(facts), ALL)
    assert found is not None
    assert [(month.payable, month.deducted, month.carried) for month in found[:2]] == [
        (0, 10_00, 49_50),
        (903_50, 99_50, 0),
    ]
    assert months(Firm(facts | {"year": "2024"}), ALL)[0].deducted == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("year", "price", "car", "payable"),
    [
        ("2023", "500000", "", 0),
        ("2024", "300000", "", 0),
        ("2025", "300000.10", "yes", 1),
        ("2025", "300000.10", "no", 0),
        ("2025", "300000.10", "", None),
        ("2026", "300000", "", 15_000_00),
        ("2027", "300000.20", "yes", 15_000_02),
        ("2027", "500000", "no", 25_000_00),
    ],
)
def test_new_energy_vehicle(year: str, price: str, car: str, payable: int | None) -> None:
    facts = {"year": year, "vehicle_price": price, "new_energy_vehicle": "yes", "passenger_car": car}
    assert vehicle_purchase(Firm(facts), EVERY) == payable


def test_cultural_fee_from_july_2019() -> None:
    facts = {"year": "2019", "vat_payer": "general", "filing": "quarterly"}
    facts |= {f"cultural_fee_sales_q{q}": "60000" for q in range(1, 5)}
    assert cultural_fee(Firm(facts), frozenset()) == 7200_00
    assert cultural_fee(Firm(facts), EVERY) == 5400_00
    assert cultural_fee(Firm(facts | {"vat_payer": "small_scale"}), EVERY) == 0


@pytest.mark.parametrize(
    ("staff", "disabled", "payable"), [("30", "0", 0), ("100", "1", 25_000_00), ("100", "0", 135_000_00)]
)
def test_disability_fund(staff: str, disabled: str, payable: int) -> None:
    facts = {"year": "2023", "staff_total": staff, "disabled_staff": disabled, "average_wage": "100000"}
    assert disability_fund(Firm(facts), EVERY) == payable


@pytest.mark.parametrize(("kept", "monthly"), [("49.99%", 1000), ("50%", 1200), ("60%", 1350), ("70%", 1500)])
def test_internship_subsidy(kept: str, monthly: int) -> None:
    facts = {"year": "2023", "interns": "3", "intern_months": "6", "intern_retention": kept}
    assert internship_subsidy(Firm(facts)) == 18 * monthly * 100
