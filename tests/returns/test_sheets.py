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
SEEDS = range(120)


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
    assert not [sheet for sheet in found.sheets if sheet.id.startswith("vat_small")]
    assert "增值税及附加税费申报表（小规模纳税人适用）" in [one.form[0] for one in found.unknown]


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
                value = self.lines[id].value if id in self.lines else 0
                return None if value is None else Fraction(value)
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
    amount = lambda most: f"{rng.randrange(most * 100) / 100:.2f}"  # noqa: E731
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
        facts |= {"rd_expensed": amount(400_000), "loss_brought_forward": amount(200_000)}
    while True:
        try:
            return evaluate(facts)
        except InputError as error:
            names = {str(p.values.get("name", "")) for p in error.problems} & facts.keys()
            facts = {name: value for name, value in facts.items() if name not in (names or {"special_invoice_sales"})}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("make", [some, fine])
def test_every_formula_holds_on_the_printed_lines(make: Any, seed: int) -> None:
    for sheet in filled(make(seed)).sheets:
        printed, entries = Printed(sheet), {line["id"]: line for line in FORMS[sheet.id]["lines"]}
        for line in sheet.lines:
            formula = entries[line.id]["formula"]
            if formula is None:
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


AGREE: list[tuple[tuple[str, ...], str, str, str]] = [
    (("vat_small",), "20", "vat", "payable"),
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
