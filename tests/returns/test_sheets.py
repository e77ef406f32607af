"""Filing sheets: filed lines reproduced, the arithmetic of every form on its printed lines, agreement with the assessment."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from helpers.businesses import table
from taxcalc import InputError
from taxcalc.assessment.evaluation import Evaluation, evaluate
from taxcalc.assessment.model import shipped_book
from taxcalc.base.money import yuan
from taxcalc.law.book import Figure
from taxcalc.law.formulas import Binary, Call, Formula, Number, Ref, parsed, refs
from taxcalc.returns.fill import filled
from taxcalc.returns.sheet import Returns, Sheet

FORMS = shipped_book().forms
SEEDS = range(40)


def sheets(**facts: Any) -> Returns:
    return filled(evaluate(facts))


def shown(sheet: Sheet) -> dict[str, str | None]:
    """The amounts of a sheet by line, as they are printed."""
    return {
        line.id: None if line.value is None else yuan(int(line.value))
        for line in sheet.lines
        if line.unit in ("yuan", "ten_thousand")
    }


def holds(found: Mapping[str, str | None], wanted: str) -> None:
    """'1 350,000.00 · 2 20,000.00': these lines have these amounts."""
    pairs = (part.split() for part in wanted.split(" · "))
    told = {id: amount.replace(",", "") for id, amount in pairs}
    assert {id: found[id] for id in told} == told


# ---- the worked sheets and the filed lines

SMALL = {"period": "2026Q2", "place": "city", "revenue": "350000", "special_invoice_sales": "20000"}


def test_a_taxed_quarter_of_a_small_scale_payer() -> None:
    found = sheets(**SMALL)
    main = shown(found.sheet("vat_small"))
    holds(main, "1 350,000.00 · 2 20,000.00 · 15 10,500.00 · 16 7,000.00 · 20 3,500.00 · 22 3,500.00")
    holds(main, "23 122.50 · 24 52.50 · 25 35.00 · 9 0.00 · 10 0.00")
    holds(shown(found.sheet("vat_small_urban")), "tax 245.00 · waived 122.50 · due 122.50")
    holds(shown(found.sheet("vat_small_education")), "tax 105.00 · waived 52.50 · due 52.50")
    holds(shown(found.sheet("vat_small_reliefs")), "2 7,000.00 · 4 7,000.00")


def test_an_exempt_quarter_of_an_enterprise_and_of_an_individual() -> None:
    facts = {"period": "2025Q2", "place": "city", "revenue": "280000"}
    holds(
        shown(sheets(**facts).sheet("vat_small")),
        "1 0.00 · 9 280,000.00 · 10 280,000.00 · 11 0.00 · 17 8,400.00 · 18 8,400.00 · 19 0.00 · 20 0.00 · 25 0.00",
    )
    individual = shown(sheets(**facts, taxpayer="individual_business").sheet("vat_small"))
    holds(individual, "9 280,000.00 · 10 0.00 · 11 280,000.00 · 18 0.00 · 19 8,400.00")


@pytest.mark.parametrize(("sales", "exempt"), [("25840.53", "775.22"), ("79207.92", "2376.24")])
def test_exempt_tax_is_at_the_statutory_levy_rate(sales: str, exempt: str) -> None:
    found = shown(sheets(period="2026-04", filing="monthly", place="city", revenue=sales).sheet("vat_small"))
    assert found["17"] == found["18"] == exempt


def test_printed_lines_are_subtracted_to_the_fen() -> None:
    """At 350,000.75 one rounding of 1% would give 3,500.01; the form gives 10,500.02 less 7,000.02."""
    found = shown(sheets(period="2026Q2", place="city", revenue="350000.75").sheet("vat_small"))
    holds(found, "15 10,500.02 · 16 7,000.02 · 20 3,500.00")


def test_filed_surcharges_of_a_small_scale_payer() -> None:
    found = sheets(period="2026-04", filing="monthly", place="city", revenue="234788.66", vat_paid="2347.88")
    for row, tax, waived, due in (
        ("urban", "164.35", "82.18", "82.17"),
        ("education", "70.44", "35.22", "35.22"),
        ("local", "46.96", "23.48", "23.48"),
    ):
        holds(shown(found.sheet(f"vat_small_{row}")), f"tax {tax} · waived {waived} · due {due}")


PREPAID = {"taxable_income": "180000", "employees": "12", "assets": "150万", "income_tax_prepaid": "3000"}


def test_a_prepayment_in_each_version_of_a200000() -> None:
    """The same firm: 180,000 to date, 12 people, 1.5 million, 3,000 prepaid."""
    for period, id, lines in (
        ("2026Q2", "cit_prepay_2025", "18 180,000.00 · 25 180,000.00 · 27 45,000.00 · 28 36,000.00 · small 36,000.00 · 30 3,000.00 · 32 6,000.00"),
        ("2025Q3", "cit_prepay_2025", "32 6,000.00"),
        ("2023Q2", "cit_prepay_2021", "3 180,000.00 · 10 180,000.00 · 12 45,000.00 · 13 36,000.00 · small 36,000.00 · 16 6,000.00"),
        ("2025-08", "cit_prepay_2021", "16 6,000.00"),
        ("2019Q2", "cit_prepay_2018", "3 180,000.00 · 9 180,000.00 · 11 45,000.00"),
    ):  # fmt: skip
        filing = {"filing": "monthly"} if "-" in period else {}
        found = sheets(period=period, **PREPAID, **filing, restricted_industry="no")
        holds(shown(found.sheet(id)), lines)
        assert [sheet.id for sheet in found.sheets if sheet.id.startswith("cit_prepay")] == [id]
    head = sheets(period="2026Q2", **PREPAID, restricted_industry="no").sheet("cit_head_2025")
    assert [head.line(id).value for id in ("employees", "assets", "small", "restricted", "wages")] == [
        12, 15_000, True, False, None,
    ]  # fmt: skip


def test_relief_is_rounded_by_itself_so_that_the_lines_add_up() -> None:
    found = sheets(period="2026Q2", **(PREPAID | {"taxable_income": "180000.33", "income_tax_prepaid": "0"}))
    holds(shown(found.sheet("cit_prepay_2025")), "27 45,000.08 · 28 36,000.07 · 32 9,000.01")


def test_the_annual_return_and_its_annexes_by_tax_year() -> None:
    facts = PREPAID | {"rd_expensed": "100000", "loss_brought_forward": "20000", "restricted_industry": "no"}
    old, new = sheets(year="2023", **facts), sheets(year="2024", **facts)
    holds(shown(old.sheet("cit_year_2017")), "17 100,000.00 · 19 80,000.00 · 21 20,000.00 · 23 60,000.00 · 26 12,000.00 · 31 3,000.00 · 33 0.00")  # fmt: skip
    holds(shown(old.sheet("cit_reliefs_2017")), "1 12,000.00 · 33 12,000.00")
    holds(shown(new.sheet("cit_year_2024")), "22 100,000.00 · 24 80,000.00 · 26 20,000.00 · 28 60,000.00 · 30 15,000.00 · 31 12,000.00 · 33 3,000.00 · 36 3,000.00 · 38 0.00")  # fmt: skip
    holds(
        shown(new.sheet("cit_rd_2022")), "2 100,000.00 · 40 100,000.00 · 47 100,000.00 · L1 100,000.00 · 51 100,000.00"
    )
    assert "cit_reliefs_2017" not in [sheet.id for sheet in new.sheets]


def test_a_quarter_goes_to_the_prepayment_and_claims_no_research_in_the_first() -> None:
    facts = PREPAID | {"rd_expensed": "100000", "restricted_industry": "no", "rd_claim_in_prepayment": "yes"}
    first, second = (sheets(period=f"2025Q{q}", **facts).sheet("cit_prepay_2021") for q in (1, 2))
    assert [shown(sheet)["7"] for sheet in (first, second)] == ["0.00", "100000.00"]


FILED = (  # general payer, small low-profit enterprise: base, then row, tax, waived, due
    ("56641.53", "urban", "3964.91", "1982.46", "1982.45"),
    ("56641.53", "education", "1699.25", "849.63", "849.62"),
    ("56641.53", "local", "1132.83", "566.42", "566.41"),
    ("37703.27", "urban", "2639.23", "1319.62", "1319.61"),
    ("4300.18", "urban", "301.01", "150.51", "150.50"),
)


@pytest.mark.parametrize(("base", "row", "tax", "waived", "due"), FILED)
def test_filed_surcharges_of_a_general_payer(base: str, row: str, tax: str, waived: str, due: str) -> None:
    found = sheets(
        period="2026-04", filing="monthly", place="city", vat_payer="general", vat_paid=base,
        small_low_profit_status="yes", revenue="2000000",
    )  # fmt: skip
    holds(shown(found.sheet(f"vat_general_{row}")), f"tax {tax} · waived {waived} · due {due}")
    assert found.sheet("vat_general_urban").line("small").value == "0007049903|SXA031901267"


def test_surcharges_that_are_exempt_are_exempt_before_they_are_halved() -> None:
    found = sheets(
        period="2026-04", filing="monthly", place="city", vat_payer="general", vat_paid="4300.18",
        small_low_profit_status="yes", revenue="90000",
    )  # fmt: skip
    holds(shown(found.sheet("vat_general_education")), "tax 129.01 · free 129.01 · waived 0.00 · due 0.00")
    assert found.sheet("vat_general_education").line("code").value == "0061042802"
    holds(shown(found.sheet("vat_general_local")), "tax 86.00 · free 86.00 · due 0.00")


def test_a_general_payer_with_credit_and_with_the_additional_deduction() -> None:
    facts = {"period": "2023-03", "filing": "monthly", "place": "city", "vat_payer": "general", "revenue": "1000000"}
    facts |= {"vat_rate": "6%", "input_vat": "20000", "vat_credit": "1000", "service_kind": "producer"}
    found = sheets(**facts, addon_opening="500")
    main, addon = shown(found.sheet("vat_general")), shown(found.sheet("vat_general_addon"))
    holds(addon, "1 500.00 · 2 1,000.00 · 3 0.00 · 4 1,500.00 · 5 1,500.00 · 6 0.00")
    holds(
        main,
        "11 60,000.00 · 12 20,000.00 · 13 1,000.00 · 17 21,000.00 · 18 21,000.00 · 19 37,500.00 · 20 0.00 · 24 37,500.00",
    )
    over = shown(sheets(**(facts | {"input_vat": "70000"})).sheet("vat_general"))
    holds(over, "17 71,000.00 · 18 60,000.00 · 19 0.00 · 20 11,000.00 · 24 0.00")


def test_business_income_of_an_individual_business_by_year() -> None:
    """100,000 to date: 20% less 10,500 is 9,500, of which half is waived; the form of 2019 is one line shorter."""
    facts = {"taxpayer": "individual_business", "taxable_income": "100000", "income_tax_prepaid": "1000"}
    found = sheets(period="2023Q2", **facts).sheet("iit_a_2020")
    holds(shown(found), "19 100,000.00 · 21 10,500.00 · 22 9,500.00 · 23 4,750.00 · 24 1,000.00 · 25 3,750.00")
    assert found.line("20").value == Fraction(1, 5)
    holds(
        shown(sheets(period="2019Q2", **facts).sheet("iit_a_2019")),
        "18 100,000.00 · 21 9,500.00 · 22 0.00 · 24 8,500.00",
    )
    yearly = sheets(year="2023", **facts).sheet("iit_b")
    holds(shown(yearly), "tax 9,500.00 · relief 4,750.00 · due 3,750.00")
    assert {line.no for line in yearly.lines} == {""}


def test_fees_and_stamp_duty() -> None:
    facts = {"year": "2023", "place": "city", "vat_payer": "general", "filing": "quarterly", "stamp_sale": "1000000"}
    facts |= {"staff_total": "100", "disabled_staff": "1", "average_wage": "60000", "small_low_profit_status": "yes"}
    found = sheets(**facts, cultural_fee_sales="400000.04")
    holds(shown(found.sheet("behaviour_stamp")), "tax 300.00 · relief 150.00 · due 150.00")
    holds(shown(found.sheet("disability_fund")), "8 60,000.00 · 9 30,000.00 · 10 15,000.00 · 12 15,000.00")
    quarter = shown(found.sheet("cultural_fee"))
    holds(quarter, "1 100,000.01 · 8 100,000.01 · 10 3,000.00 · waived 1,500.00 · 18 1,500.00")


def test_what_is_not_known_is_nowhere_nought() -> None:
    """What only the firm knows is asked for; what rests on a missing fact is empty in every line that is made of it."""
    found = sheets(**SMALL).sheet("vat_small")
    assert found.line("3").value is None
    assert found.line("3").asks
    nothing = sheets(period="2026Q2", vat_payer="small_scale").sheet("vat_small")
    for id in ("1", "15", "16", "20", "22", "23"):
        assert nothing.line(id).value is None, id
        assert "revenue" in nothing.line(id).needs, id


def test_a_form_whose_version_is_not_known_is_said_and_not_guessed() -> None:
    found = sheets(period="2021-06", filing="monthly", place="city", revenue="280000")
    assert [sheet.id for sheet in found.sheets if sheet.id.startswith("vat_small")] == ["vat_small_2016"]
    assert "附列资料（二）（附加税费情况表）" in [one.form[0] for one in found.unknown]
    later = sheets(year="2025", taxable_income="100000", employees="9", assets="900000")
    assert not later.unknown, "a form that is no longer filed is not one of an unknown version"


def test_returns_of_vat_before_the_surcharges_were_joined_to_them() -> None:
    """Until July 2021: the same lines under other names, without those of the surcharges."""
    facts = {"place": "city", "revenue": "350000", "special_invoice_sales": "20000"}
    old, new = (sheets(period=period, **facts) for period in ("2021Q2", "2021Q3"))
    form = old.sheet("vat_small_2016")
    assert form.form[0] == "增值税纳税申报表（小规模纳税人适用）"
    assert form.line("16").screen == ""
    assert [line.id for line in form.lines] == [
        line.id for line in new.sheet("vat_small").lines if line.id not in ("23", "24", "25")
    ]
    general = sheets(
        period="2020Q3", filing="quarterly", vat_payer="general", revenue="1000", vat_rate="13%", input_vat="30"
    )
    holds(shown(general.sheet("vat_general_2019")), "11 130.00 · 12 30.00 · 19 100.00 · 24 100.00 · 34 100.00")


def test_sums_of_the_year_are_those_of_the_lines_that_were_filed() -> None:
    found = sheets(year="2024", place="city", revenue="350000;350000.75;280000;400000")
    quarters = [sheet for sheet in found.sheets if sheet.id == "vat_small"]
    (year,) = (sheet for sheet in found.sheets if sheet.id == "vat_small_to_date")
    assert year.column[0].startswith("本年累计")
    for id in ("1", "10", "15", "16", "20", "22", "23"):
        assert year.line(id).value == sum(int(sheet.line(id).value or 0) for sheet in quarters), id
    assert year.line("3").value is None
    assert not [one for one in sheets(period="2024Q4", revenue="1").sheets if one.id.endswith("_to_date")]


def test_other_forms_of_income_tax() -> None:
    facts = {"taxable_income": "100000", "income_tax_prepaid": "1000", "employees": "9", "assets": "90万"}
    deemed = sheets(period="2019Q4", audited_collection="no", restricted_industry="no", **facts)
    holds(shown(deemed.sheet("cit_fixed_2018")), "12 100000.00 · 14 25000.00 · 15 20000.00 · 16 1000.00 · 17 4000.00")
    basic = sheets(year="2025", restricted_industry="no", **facts).sheet("cit_basic_2024")
    assert [basic.line(no).value for no in ("103", "104", "106", "109")] == [9_000, 9, False, True]
    several = sheets(year="2023", taxpayer="individual_business", **facts).sheet("iit_c")
    holds(shown(several), "8 100000.00 · 10 10500.00 · 11 9500.00 · 12 4750.00 · 13 1000.00 · 14 3750.00")
    rd = sheets(year="2020", rd_expensed="100000", **facts)
    holds(shown(rd.sheet("cit_rd_2019")), "47 100000.00 · 51 75000.00")


# ---- the arithmetic of the forms


def rounded(value: Fraction) -> int:
    """Half away from zero."""
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


class Printed:
    """A formula worked out on what is printed, and on nothing else; None where a line of it is empty."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.lines = sheet, {line.id: line for line in sheet.lines}

    def of(self, formula: Formula) -> Fraction | None:
        match formula:
            case Number(value):
                return Fraction(value)
            case Ref(word="law", name=path):
                table_, _, parameter = path.rpartition(".")
                figure = shipped_book().figures(table_, self.sheet.period)[parameter]
                assert isinstance(figure, Figure)
                return Fraction(figure.value or 0)
            case Ref(word="", name=id):
                printed = self.lines[id].value if id in self.lines else 0
                return None if printed is None else Fraction(printed)
            case Binary(sign, left, right):
                a, b = self.of(left), self.of(right)
                if sign == "*" and 0 in (a, b):
                    return Fraction(0)
                if a is None or b is None:
                    return None
                return {"+": a + b, "-": a - b, "*": a * b}[sign] if sign != "/" else a / b
            case Call(function=("least" | "most") as which, args=(one, other)):
                a, b = self.of(one), self.of(other)
                return None if a is None or b is None else (min if which == "least" else max)(a, b)
        raise TypeError(formula)


def some(seed: int) -> Evaluation:
    """Some business; where its facts contradict each other, with as many of them as do not."""
    rng = random.Random(seed)
    headings, (row,) = table(rng, 1)
    facts = {name: cell for name, cell in zip(headings, row, strict=True) if cell}
    while True:
        try:
            return evaluate(facts)
        except InputError:
            left = rng.choice([name for name in facts if name not in ("year", "period", "filing")] or ["filing"])
            facts = {name: cell for name, cell in facts.items() if name != left}


def fine(seed: int) -> Evaluation:
    """A business of which enough is told that its sheets have figures."""
    rng = random.Random(seed)

    def amount(most: int) -> str:
        return yuan(rng.randrange(most * 100))

    quarter = rng.random() < 0.6
    year = rng.randrange(2019, 2028)
    facts: dict[str, Any] = {
        "place": rng.choice(("city", "county", "other")),
        "taxpayer": rng.choice(("enterprise", "enterprise", "individual_business")),
        "vat_payer": rng.choice(("small_scale", "general")),
        "revenue": amount(rng.choice((200_000, 400_000, 1_500_000))),
        "taxable_income": amount(rng.choice((300_000, 3_500_000))),
        "employees": str(rng.choice((12, 299, 301))),
        "assets": rng.choice(("150万", "5000万", "5001万")),
        "income_tax_prepaid": amount(5_000),
        "amounts_include_vat": rng.choice(("yes", "no")),
    }
    facts["period" if quarter else "year"] = f"{year}Q{rng.randrange(1, 5)}" if quarter else str(year)
    if facts["vat_payer"] == "general":
        facts |= {"input_vat": amount(60_000), "vat_rate": rng.choice(("13%", "9%", "6%"))}
        facts |= {"service_kind": rng.choice(("none", "producer", "life")), "vat_credit": amount(3_000)}
    else:
        facts["special_invoice_sales"] = amount(50_000)
    if rng.random() < 0.4:
        facts |= {"cultural_fee_sales": amount(100_000), "cultural_fee_deduction": amount(40_000)}
        facts |= {"staff_total": "40", "disabled_staff": rng.choice(("0", "1")), "average_wage": amount(90_000)}
        facts |= {"stamp_sale": amount(900_000), "property_original_value": amount(900_000)}
    if rng.random() < 0.4:
        facts |= {"rd_expensed": amount(400_000), "loss_brought_forward": amount(200_000)}
    while True:
        try:
            return evaluate(facts)
        except InputError as error:
            named = {str(p.values.get("name", "")) for p in error.problems} & facts.keys()
            left = named - {"year", "period"} or {
                rng.choice([name for name in facts if name not in ("year", "period")])
            }
            facts = {name: value for name, value in facts.items() if name not in left}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("make", [some, fine])
def test_every_formula_holds_on_the_printed_lines(make: Any, seed: int) -> None:
    for sheet in filled(make(seed)).sheets:
        if sheet.id not in FORMS:  # sums of what was filed
            continue
        printed, entries = Printed(sheet), {line["id"]: line for line in FORMS[sheet.id]["lines"]}
        for line in sheet.lines:
            formula = entries[line.id]["formula"]
            if formula is None:
                continue
            away = [ref for ref in refs(parsed(formula)) if not ref.word and ref.name not in printed.lines]
            if away and line.value is None:  # whether a line stands there is not known
                continue
            expected = printed.of(parsed(formula))
            assert line.value == (None if expected is None else rounded(expected)), (sheet.id, line.id)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("make", [some, fine])
def test_sheets_and_assessment_agree_to_the_fen(make: Any, seed: int) -> None:
    """Where a form has a line for what the assessment says is payable, it is the same amount."""
    evaluation = make(seed)
    found, said = filled(evaluation), {levy.id: levy for levy in evaluation.assessment.levies}
    for forms, line, levy, figure in AGREE:
        of_form = [sheet.line(line).value for sheet in found.sheets if sheet.id in forms]
        amount = getattr(said[levy], figure) if levy in said else None
        if of_form and None not in of_form and amount is not None and len(of_form) == _periods(forms, evaluation):
            assert sum(map(int, of_form)) == amount, (levy, line)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("make", [some, fine])
def test_what_is_due_now_is_what_the_sheets_come_to(make: Any, seed: int) -> None:
    """Where both are known; a sheet also asks for what was paid before, of which the assessment may need nothing."""
    evaluation = make(seed)
    found, due = filled(evaluation), {line.levy: line.due for line in evaluation.assessment.due_now.lines}
    for form, line, levy in DUE:
        of_form = [sheet.line(line).value for sheet in found.sheets if sheet.id == form]
        if (
            of_form
            and None not in of_form
            and due.get(levy) is not None
            and len(of_form) == _periods((form,), evaluation)
        ):
            assert sum(map(int, of_form)) == due[levy], (form, line)  # type: ignore[arg-type]


DUE = (
    *(("vat_small", "22", "vat"), ("vat_general", "34", "vat")),
    *(("vat_small_urban", "due", "urban_construction"), ("vat_general_urban", "due", "urban_construction")),
    *(("cit_prepay_2018", "15", "corporate_income"), ("cit_prepay_2021", "16", "corporate_income")),
    *(("cit_prepay_2025", "32", "corporate_income"), ("cit_year_2017", "33", "corporate_income")),
    *(("cit_year_2024", "38", "corporate_income"), ("iit_a_2019", "24", "individual_income")),
    *(("iit_a_2020", "25", "individual_income"), ("iit_b", "due", "individual_income")),
)


AGREE: list[tuple[tuple[str, ...], str, str, str]] = [
    (("vat_small",), "20", "vat", "payable"),
    (("vat_small_2016",), "20", "vat", "payable"),
    (("vat_general_2019",), "24", "vat", "payable"),
    (("vat_general",), "24", "vat", "payable"),
    *(
        ((f"{form}_{row}",), "due", levy, "payable")
        for form in ("vat_small", "vat_general")
        for row, levy in (
            ("urban", "urban_construction"),
            ("education", "education_surcharge"),
            ("local", "local_education_surcharge"),
        )
    ),
    *(
        ((f"cit_prepay_{year}",), line, "corporate_income", "balance")
        for year, line in ((2018, "15"), (2021, "16"), (2025, "32"))
    ),
    (("iit_a_2019",), "24", "individual_income", "balance"),
    (("iit_a_2020",), "25", "individual_income", "balance"),
    (("iit_a_2020",), "22", "individual_income", "baseline"),
    (("iit_b",), "due", "individual_income", "balance"),
    (("iit_c",), "14", "individual_income", "balance"),
    (("cit_fixed_2018",), "17", "corporate_income", "balance"),
    *(((f"behaviour_{tax}",), "due", tax, "payable") for tax in ("property", "stamp", "land_use", "resource")),
    (("cultural_fee",), "18", "cultural_fee", "payable"),
    (("disability_fund",), "9", "disability_fund", "baseline"),
    (("disability_fund",), "12", "disability_fund", "payable"),
    (("cit_year_2017",), "31", "corporate_income", "payable"),
    (("cit_year_2017",), "33", "corporate_income", "balance"),
    (("cit_year_2024",), "36", "corporate_income", "payable"),
    (("cit_year_2024",), "38", "corporate_income", "balance"),
]


def _periods(forms: tuple[str, ...], evaluation: Evaluation) -> int:
    """How many sheets make up the assessed period."""
    return len(evaluation.model.filing_periods) if FORMS[forms[0]]["span"] == "filing" else 1


def test_every_name_in_a_form_leads_somewhere() -> None:
    """Lines, reliefs and levies are of the rules, which the tables do not know: each is met by some business."""
    wanted = {
        (id, ref)
        for id, form in FORMS.items()
        for text in [*form["when"], *(t for e in form["lines"] for t in (e["of"], e["formula"], e["only"]) if t)]
        for ref in refs(parsed(text))
        if ref.word in ("line", "grant", "base", "levy", "regime")
    }
    lines: set[str] = set()
    model = None
    for year in (2020, 2022, 2023, 2025, 2026):
        for period in (str(year), f"{year}Q2"):
            model = evaluate({"period": period} if "Q" in period else {"year": period}).model
            for key, node in model.firm.lines.items():
                if callable(key[0]):
                    lines.add(f"{key[0].__module__.rpartition('.')[2]}.{node.name}")  # type: ignore[attr-defined]
    assert model is not None
    every = evaluate({"year": "2025", "cultural_fee_sales": "1", "staff_total": "1"}).model
    reliefs = {*every.reliefs, *model.reliefs}
    for id, ref in wanted:
        there = {
            "line": ref.name in lines,
            "grant": ref.name in reliefs,
            "base": ref.name in reliefs,
            "levy": ref.name.partition(".")[0] in every.levies,
            "regime": ref.name in {"standard", "small_low_profit", "western_region", "high_tech"},
        }[ref.word]
        assert there, (id, ref)
