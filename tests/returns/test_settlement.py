"""A year's income tax: each prepayment under the law of then, what was really paid, the settlement, what turned between."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from helpers.command import here
from taxcalc.assessment.evaluation import evaluate
from taxcalc.assessment.model import catalogue_of, shipped_book
from taxcalc.base.money import yuan
from taxcalc.facts.statement import FactSet
from taxcalc.returns.quarters import returns_of
from taxcalc.returns.settlement import Settlement
from taxcalc.returns.sheet import Returns

SMALL = {"employees": "12", "assets": "150万", "place": "city", "revenue": "400000"}


def made(**facts: Any) -> Returns:
    book = shipped_book()
    return returns_of(FactSet(catalogue_of(book)).told([("facts", facts)]), book)


def settled(**facts: Any) -> Settlement:
    found = made(**facts).settlement
    assert found is not None
    return found


def told(found: Settlement) -> list[str]:
    """'5000.00 - 0.00 = 5000.00' of each return, the settlement last."""
    rows = [(one.tax, one.before, one.due) for one in found.prepayments] + [
        (found.year.amount, found.year.prepaid, found.year.due)
    ]
    return [" ".join("?" if fen is None else yuan(fen) for fen in row) for row in rows]


def test_a_loss_in_a_quarter_is_paid_back_at_the_settlement() -> None:
    """5% of the small: 100,000, then 250,000, then 200,000 and 380,000; what is too much stays with the bureau."""
    found = settled(year="2025", **SMALL, taxable_income=[100_000, 150_000, -150_000, 80_000])
    assert told(found) == [
        "5000.00 0.00 5000.00",
        "12500.00 5000.00 7500.00",
        "5000.00 12500.00 -7500.00",
        "9000.00 12500.00 -3500.00",
        "9000.00 12500.00 -3500.00",
    ]
    assert [one.paid for one in found.prepayments] == [5000_00, 7500_00, 0, 0]


def test_each_prepayment_has_its_sheet_in_the_version_of_then() -> None:
    """Its last line is what the table says of the quarter; a figure that would be assumed away prints none."""
    found = made(year="2025", **SMALL, taxable_income=[100_000, 150_000, 80_000, 50_000], income_tax_prepaid_q1="4000")
    assert found.settlement is not None
    sheets = [sheet for sheet in found.sheets if sheet.id.startswith("cit_prepay")]
    assert [(sheet.id, str(sheet.period)) for sheet in sheets] == [
        ("cit_prepay_2021", "2025Q1"), ("cit_prepay_2021", "2025Q2"),
        ("cit_prepay_2025", "2025Q3"), ("cit_prepay_2025", "2025Q4"),
    ]  # fmt: skip
    assert [sheet.lines[-1].value for sheet in sheets] == [one.due for one in found.settlement.prepayments]
    assert found.sheets.index(sheets[-1]) < found.sheets.index(found.sheet("cit_year_2024"))
    own = {"year": "2024", "taxpayer": "individual_business", "taxable_income": [100_000] * 4}
    forms = [sheet.id for sheet in made(**own).sheets]
    assert forms.count("iit_a_2020") == 4
    assert "iit_a_2020" not in [sheet.id for sheet in made(**own, income_tax_relief="1").sheets]


def test_figures_to_date_are_taken_apart() -> None:
    """As returns have them; one alone is that of its period, a gap is not known, and the year is what its last one says."""
    run = {"1-3月应纳税所得额": "10万", "上半年应纳税所得额": "250000", "taxable_income_q3_ytd": "100000"}
    whole = settled(year="2025", **SMALL, **run, **{"应纳税所得额（1-12月累计）": "180000"})
    quarters = settled(year="2025", **SMALL, taxable_income=[100_000, 150_000, -150_000, 80_000])
    assert told(whole) == told(quarters)
    gap = settled(
        year="2025", **SMALL, **{"1-3月应纳税所得额": "10万", "1-9月应纳税所得额": "1", "1-12月应纳税所得额": "20万"}
    )
    assert told(gap) == ["5000.00 0.00 5000.00", "? 5000.00 ?", "? ? ?", "? ? ?", "10000.00 ? ?"]
    assert gap.prepayments[1].needs == ("taxable_income_q2",)
    alone = evaluate({"period": "2025Q2", **SMALL, "上半年应纳税所得额": "250000"})
    assert alone.assessment.levy("corporate_income").payable == 12_500_00


def test_what_was_really_paid_counts_before_what_is_computed() -> None:
    income = {"taxable_income": [100_000, 150_000, 80_000, 50_000]}
    found = settled(year="2025", **SMALL, **income, income_tax_prepaid_q2="7000")
    assert told(found)[2:] == ["16500.00 12000.00 4500.00", "19000.00 16500.00 2500.00", "19000.00 19000.00 0.00"]
    assert [one.stated for one in found.prepayments] == [False, True, False, False]
    whole = settled(year="2025", **SMALL, **income, income_tax_prepaid="20000")
    assert told(whole)[-1] == "19000.00 20000.00 -1000.00"
    assert whole.computed == 19_000_00
    assert made(year="2025", **SMALL, **income).sheet("cit_year_2024").line("37").value == 19_000_00


def test_each_prepayment_is_under_the_law_of_its_return() -> None:
    """R&D: nothing in the first quarter, the half-year, three quarters from then on, all of it at settlement (2023); in 2022
    three quarters from the third on."""
    facts = SMALL | {"taxable_income": [200_000] * 4, "rd_expensed": [40_000] * 4}
    assert [yuan(one.tax or 0) for one in settled(year="2023", **facts).prepayments] == [
        "10000.00", "16000.00", "24000.00", "34000.00",
    ]  # fmt: skip
    found = settled(year="2022", **facts | {"manufacturing": "yes"})
    assert [yuan(one.tax or 0) for one in found.prepayments] == ["5000.00", "10000.00", "12000.00", "17000.00"]
    (turn,) = (turn for turn in settled(year="2023", **facts).turns if turn.what == "deduction")
    assert (turn.before, turn.after) == (120_000_00, 160_000_00)


def test_a_regime_that_ends_within_the_year_is_said_with_its_two_numbers() -> None:
    facts = {"place": "city", "revenue": "400000", "assets": ["150万"] * 4, "taxable_income": [100_000] * 4}
    found = settled(year="2025", **facts, employees=[290, 300, 320, 330])
    assert [yuan(one.tax or 0) for one in found.prepayments] == ["5000.00", "10000.00", "75000.00", "100000.00"]
    regime, limit = found.turns
    assert (regime.before, regime.after, str(regime.then)) == ("small_low_profit", "standard", "2025Q3")
    assert (limit.before, round(float(limit.after), 2)) == (295, 303.33)  # type: ignore[arg-type]
    said = here(
        "returns", "--year", "2025", "--revenue", "400000", "--assets", "1500000", "--lang", "zh",
        "--taxable-income", "100000;100000;100000;100000", "--employees", "290;300;320;330",
    ).out.decode()  # fmt: skip
    assert "从业人数：2025年第2季度 295；2025年第3季度 303.333333… > 300" in said


def test_the_year_may_be_another_sum_than_its_quarters() -> None:
    found = settled(year="2025", **SMALL, taxable_income="420000", taxable_income_q1=100_000, taxable_income_q2=150_000,
                    taxable_income_q3=80_000, taxable_income_q4=50_000)  # fmt: skip
    assert told(found)[-1] == "21000.00 19000.00 2000.00"
    assert [(turn.what, turn.before, turn.after) for turn in found.turns] == [("income", 380_000_00, 420_000_00)]


def test_what_is_not_known_is_said_and_never_nought() -> None:
    found = settled(
        year="2025", **SMALL, taxable_income_q1=100_000, taxable_income_q2=150_000, taxable_income_q4=50_000
    )
    assert told(found)[1:] == ["12500.00 5000.00 7500.00", "? 12500.00 ?", "? ? ?", "? ? ?"]
    assert [one.needs for one in found.prepayments] == [(), (), ("taxable_income_q3",), ("taxable_income_q3",)]


def test_what_a_prepayment_lacks_for_want_of_facts_is_said() -> None:
    """Without total assets nobody can tell whether the enterprise is a small one: 25%, and that is said."""
    facts = {"year": "2025", "place": "city", "revenue": "1", "employees": "9", "taxable_income_q1": "100000"}
    found = settled(**facts, western_region="no", high_tech="no")
    assert found.prepayments[0].tax == 25_000_00
    assert found.unclaimed == {"small_low_profit": ["assets"]}
    full = {"taxable_income_q2": 0, "taxable_income_q3": 0, "taxable_income_q4": 0}
    assert "small_low_profit" not in settled(**facts, **full).unclaimed, "of the year it is said on the page itself"


def test_relief_of_the_year_is_not_nought_in_its_quarters() -> None:
    """An individual business: business income of 100,000 a quarter is halved; other relief is stated of the year alone."""
    facts = {"year": "2024", "taxpayer": "individual_business", "taxable_income": [100_000] * 4}
    found = settled(**facts)
    assert found.levy == "individual_income"
    assert told(found)[0] == "4750.00 0.00 4750.00"
    relieved = settled(**facts, income_tax_relief="1000")
    assert relieved.undivided == ["income_tax_relief"]
    assert {one.tax for one in relieved.prepayments} == {None}


def test_quarters_before_the_opening_have_no_return() -> None:
    found = settled(
        year="2025", opened="2025-05", taxable_income_q2=10_000, taxable_income_q3=0, taxable_income_q4=0, **SMALL
    )
    assert [str(one.period) for one in found.prepayments] == ["2025Q2", "2025Q3", "2025Q4"]
    assert told(found)[-1] == "500.00 500.00 0.00"


def test_nothing_is_settled_within_a_year_or_without_quarters() -> None:
    assert made(year="2025", **SMALL, taxable_income="100000").settlement is None
    assert made(period="2025Q2", **SMALL, taxable_income_q1="1", taxable_income_q2="2").settlement is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_says_the_same(lang: str) -> None:
    facts = ("--year", "2025", "--revenue", "400000", "--employees", "9", "--assets", "900000", "--lang", lang)
    income = ("--taxable-income", "100000;150000;-150000;80000")
    table, markdown, rows, data = (
        here("returns", *facts, *income, "--format", format).out.decode()
        for format in ("table", "markdown", "csv", "json")
    )
    back = {
        "zh": "企业所得税汇算清缴应退 3,500.00 元",
        "en": "Corporate income tax: 3,500.00 to get back at settlement",
    }
    assert back[lang] in table
    assert back[lang] in markdown
    settlement = json.loads(data)["settlement"]
    amounts = [one[key] for one in settlement["prepayments"] for key in ("tax", "before", "due", "paid")]
    amounts += [settlement["year"][key] for key in ("amount", "prepaid", "due")]
    assert [row[11] for row in csv.reader(io.StringIO(rows))][1:20] == amounts


def test_what_is_due_now_stands_first_and_in_json() -> None:
    facts = ("--period", "2026Q2", "--place", "city", "--revenue", "350000", "--lang", "zh")
    assert "本期应补（退）合计 3,710.00 元" in "".join(here("returns", *facts).out.decode().splitlines()[:4])
    due = json.loads(here("returns", *facts, "--format", "json").out)["due_now"]
    assert (due["total"], due["incomplete"]) == ("3710.00", ["corporate_income"])


def test_a_period_of_a_year_whose_parts_are_told_is_cut_out(tmp_path: Path) -> None:
    """One file of a year serves each return in it: what is of other quarters, or of the year as a whole, says nothing."""
    file = tmp_path / "firm.toml"
    file.write_text(
        'year = 2025\nplace = "city"\nrevenue = [300000, 350000, 100, 200]\nassets = ["90万", "90万", "90万", "90万"]\n'
        "employees = 9\ntaxable_income = [100000, 80000, 1, 2]\nincome_tax_prepaid_q1 = 4000\nrd_expensed = 5\n"
    )
    one = json.loads(here("returns", str(file), "--period", "2025Q2", "--employees", "8", "--format", "json").out)
    due = {line["levy"]: (line["amount"], line["prepaid"], line["due"]) for line in one["due_now"]["lines"]}
    assert due["vat"] == ("3500.00", "0.00", "3500.00")
    assert due["corporate_income"] == ("9000.00", "4000.00", "5000.00")
    unknown = json.loads(here("assess", str(file), "--period", "2025Q2", "--format", "json").out)
    assert not {"employees", "rd_expensed", "revenue_q1", "taxable_income_q3"} & unknown["facts"].keys()
    assert here("assess", str(file), "--period", "2024Q2").code == 2
