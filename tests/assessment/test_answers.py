"""Answers are data: plain, compared, pickled, the same through JSON; and the answer of one period opens the next."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import taxcalc
from helpers.businesses import some_assessment
from helpers.command import ROOT, here
from taxcalc import Assessment, Fen, InputError, assess, from_json, to_json
from taxcalc.assessment.model import shipped_book
from taxcalc.assessment.result import Condition
from taxcalc.base.problem import Lang
from taxcalc.facts.files import read_source

EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
FIRST = json.loads((ROOT / "taxcalc" / "schema" / "assessment.schema.json").read_text(encoding="utf-8"))
SECOND = json.loads((ROOT / "taxcalc" / "schema" / "assessment-2.schema.json").read_text(encoding="utf-8"))
KEPT = jsonschema.Draft202012Validator(SECOND, format_checker=jsonschema.FormatChecker())
LANGS: tuple[Lang, ...] = ("zh", "en")
GENERAL = {"vat_payer": "general", "vat_rate": "13%", "filing": "quarterly"}


def check_round_trip(answer: Assessment) -> None:
    assert pickle.loads(pickle.dumps(answer)) == answer
    for lang in LANGS:
        text = to_json(answer, lang)
        KEPT.validate(json.loads(text))
        assert from_json(text) == answer


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_the_same_through_json(example: Path) -> None:
    check_round_trip(assess(read_source(str(example))[1]))


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**9))
def test_a_business_is_the_same_through_json(seed: int) -> None:
    check_round_trip(some_assessment(seed))


def test_the_months_of_a_year_to_date_are_the_same_through_json() -> None:
    answer = assess(
        {"period": "2026Q4", "employees_q1": 3, "employees_q4": 4, "assets_q1": 1_000_000, "taxable_income": 5}
    )
    assert "2026-01/09" in to_json(answer)
    check_round_trip(answer)


def test_an_answer_compares_by_what_it_says() -> None:
    facts = {"year": 2023, "revenue": "1_200_000", "taxable_income": "3_000_000", "employees": 80, "assets": "2000万"}
    assert assess(facts) == assess(dict(facts))
    assert assess(facts) != assess(facts | {"revenue": "1_200_000.01"})


def test_an_amount_knows_itself() -> None:
    tax = assess({"year": 2023, "taxable_income": "3_440_000.40", "employees": 400}).levy("corporate_income")
    assert tax.payable == 86_000_010
    assert isinstance(tax.payable, Fen)
    assert tax.payable.yuan == Decimal("860000.10")
    assert str(tax.payable.yuan) == "860000.10"
    assert (tax.payable.text("zh"), tax.payable.text("en")) == ("860,000.10", "860,000.10")


def test_what_is_public_is_named_and_there() -> None:
    assert sorted(taxcalc.__all__) == [
        "AssessedTable", "Assessment", "Fen", "InputError", "Range", "__version__", "assess", "assess_table", "batch_range",
        "from_json", "to_html", "to_json"
    ]  # fmt: skip
    assert all(getattr(taxcalc, name) is not None for name in taxcalc.__all__)
    with pytest.raises(AttributeError, match="evaluate"):
        taxcalc.evaluate  # noqa: B018


def conditions_of(answer: Assessment) -> list[Condition]:
    found = [condition for item in answer.items for condition in item.conditions]
    return found + [part for condition in found for part in condition.of]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**9))
def test_a_condition_is_data_that_agrees_with_itself(seed: int) -> None:
    """Its own figures say whether it is met; and each condition of a relief stands once."""
    answer = some_assessment(seed)
    for item in answer.items:
        assert len(set(item.conditions)) == len(item.conditions), item.id
    for one in conditions_of(answer):
        if one.met is None:
            continue
        value, limit = one.value, one.limit
        match one.operator:
            case "any" | "none":
                assert one.met is (any(part.met is True for part in one.of) is (one.operator == "any"))
            case "all":
                assert one.met is all(part.met is True for part in one.of)
            case "is" | "is_not":
                assert one.met is ((value == limit) is (one.operator == "is"))
            case _:
                assert not isinstance(value, str | None)
                assert not isinstance(limit, str | None)
                holds = {"<=": value <= limit, "<": value < limit, ">=": value >= limit, ">": value > limit}
                assert one.met is holds[one.operator]


# ---------------------------------------------------------------------- the older schema


def as_first(document: dict[str, Any]) -> dict[str, Any]:
    """A document of taxcalc/assessment/2 as scripts of taxcalc/assessment/1 know it, to whom money for persons is a grant."""

    def only(entry: dict[str, Any], definition: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in entry.items() if key in definition["properties"]}

    def kind(entry: dict[str, Any]) -> dict[str, Any]:
        return {"kind": "grant" if entry["kind"] == "personal" else entry["kind"]}

    def text(value: Any) -> Any:
        return value if isinstance(value, str | None) else "true" if value else "false"

    def citation(entry: dict[str, Any]) -> dict[str, Any]:
        documents = [{key: one[key] for key in ("id", "name", "clause")} for one in entry["documents"]]
        return entry | {"documents": documents, "note": entry["note"] and entry["note"][document["language"]]}

    def item(entry: dict[str, Any]) -> dict[str, Any]:
        conditions = [{key: one[key] for key in ("period", "text", "met")} for one in entry["conditions"]]
        cited = list(map(citation, entry["citations"]))
        gone: dict[str, Any] = {"return_rows": []}
        return gone | only(entry, FIRST["$defs"]["item"]) | {"conditions": conditions, "citations": cited} | kind(entry)

    def total(entry: dict[str, Any]) -> dict[str, Any]:
        return {key: entry[key] or "0.00" for key in ("baseline", "saving", "payable")}

    properties = FIRST["properties"]
    corporate = document["corporate_income"]
    regimes = [{key: one[key] for key in ("id", "granted", "tax")} for one in corporate["regimes"]]
    warning = properties["warnings"]["items"]
    assumption = properties["assumptions"]["items"]
    return only(document, FIRST) | {
        "schema": "taxcalc/assessment/1",
        "facts": {
            name: {"value": text(fact["value"]), "source": fact["source"]} for name, fact in document["facts"].items()
        },
        "assumptions": [only(one, assumption) | {"value": text(one["value"])} for one in document["assumptions"]],
        "items": list(map(item, document["items"])),
        "levies": {id: levy | kind(levy) for id, levy in document["levies"].items()},
        "totals": {kind: total(entry) for kind, entry in document["totals"].items() if kind != "personal"},
        "corporate_income": corporate | {"regimes": regimes},
        "warnings": [only(one, warning) for one in document["warnings"]],
        "unknown": [only(one, properties["unknown"]["items"]) for one in document["unknown"]],
        "law": list(map(citation, document["law"])),
    }


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_answer_can_be_had_in_the_older_schema(example: Path) -> None:
    """What the older schema had is still there, under the same names, but the lines of returns, which `returns` fills."""
    document = json.loads(to_json(assess(read_source(str(example))[1])))
    jsonschema.validate(as_first(document), FIRST, format_checker=jsonschema.FormatChecker())


# ---------------------------------------------------------------------- unknown is not nought


def test_a_total_says_what_it_lacks() -> None:
    answer = assess({"year": 2023, "revenue": "310_000", "property_rent": "10_000", "land_use_tax_relief": 0})
    assert answer.totals["tax"].incomplete == ("land_use", "corporate_income")
    assert answer.totals["fee"].incomplete == ()
    assert answer.saved.payable == 120_000 // 2  # rent at 12%, halved; VAT is exempt
    nothing = assess({"year": 2023})
    assert nothing.totals["tax"][:3] == nothing.totals["fee"][:3] == (None, None, None)
    assert nothing.totals["grant"][:3] == (0, 0, 0)


def test_a_relief_of_an_amount_that_is_not_known_has_none() -> None:
    """The exemption is granted in the first quarter; what it saves in the year waits for the others."""
    answer = assess({"year": 2023, "revenue_q1": "100_000"})
    exemption = answer.item("vat_exemption")
    assert (exemption.status, exemption.saving, exemption.worth) == ("needs_fact", None, None)
    assert "vat" in exemption.incomplete
    partly = assess({"year": 2023, "revenue_q1": "100_000", "vat_payer": "small_scale", "land_use_tax_due": "1_000"})
    halving = partly.item("six_taxes_halving")
    assert (halving.saving, "urban_construction" in halving.incomplete) == (50_000, True)


# ---------------------------------------------------------------------- balances


def carried(tmp_path: Path, earlier: dict[str, Any], *facts: str) -> dict[str, Any]:
    """The answer in JSON of a period that opens with the answer for an earlier one."""
    file = tmp_path / "earlier.json"
    file.write_text(to_json(assess(earlier)), encoding="utf-8")
    done = here("assess", *facts, "--carry", str(file), "--format", "json")
    assert done.code == 0, done.err
    document: dict[str, Any] = json.loads(done.out)
    return document


def test_a_loss_keeps_its_year_and_ends(tmp_path: Path) -> None:
    """The oldest is set off first; what is left of it goes on until its fifth year, and not longer."""
    first = assess({"year": 2022, "taxable_income": "-500_000"})
    assert [tuple(loss) for loss in first.balances.losses] == [(2022, 50_000_000, 2027)]
    second = carried(tmp_path, {"year": 2022, "taxable_income": "-500_000"}, "--year", "2023", "--taxable-income", "-1")
    assert second["balances"]["losses"] == [
        {"year": 2022, "amount": "500000.00", "until": 2027},
        {"year": 2023, "amount": "1.00", "until": 2028},
    ]
    used = carried(tmp_path, {"year": 2022, "taxable_income": "-500_000"}, "--year", "2023", "--taxable-income", "3")
    assert used["balances"]["losses"] == [{"year": 2022, "amount": "499997.00", "until": 2027}]


def test_a_loss_that_has_ended_is_left_behind_and_said(tmp_path: Path) -> None:
    document = json.loads(to_json(assess({"year": 2023, "taxable_income": "-1_000"}), "en"))
    document["balances"]["losses"] = [
        {"year": 2018, "amount": "70.00", "until": 2023},
        {"year": 2023, "amount": "1000.00", "until": 2028},
    ]
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    facts = ("assess", "--year", "2024", "--taxable-income", "5000", "--carry", str(file))
    answer = json.loads(here(*facts, "--format", "json").out)
    assert answer["facts"]["loss_brought_forward"]["value"] == "1000.00"
    said = " ".join(here(*facts).out.decode().split())
    assert "the loss of 70.00 of 2018 could be set off until 2023 and is left behind" in said
    assert "from the answer for 2023" in said


def test_credit_and_prepaid_tax_open_the_next_quarter(tmp_path: Path) -> None:
    first = {"period": "2023Q1", "revenue": "1_000_000", "input_vat": "150_000", "taxable_income": "400_000", **GENERAL}
    first |= {"employees": "400", "assets": "1_000_000"}
    options = (
        "--period",
        "2023Q2",
        "--revenue",
        "1_000_000",
        "--input-vat",
        "100_000",
        "--taxable-income",
        "1_000_000",
    )
    more = ("--vat-payer", "general", "--vat-rate", "13%", "--filing", "quarterly", "--employees", "400")
    second = carried(tmp_path, first, *options, *more, "--assets", "1_000_000")
    assert second["facts"]["vat_credit"]["value"] == "20000.00"
    assert second["levies"]["vat"]["payable"] == "10000.00"
    assert second["facts"]["income_tax_prepaid"]["value"] == "100000.00"
    assert second["levies"]["corporate_income"]["balance"] == "150000.00"
    assert second["balances"]["income_tax_prepaid"] == "250000.00"
    assert second["opening"]["period"] == "2023Q1"


def test_what_is_stated_goes_over_what_is_carried(tmp_path: Path) -> None:
    earlier = {"year": 2022, "taxable_income": "-500_000"}
    answer = carried(tmp_path, earlier, "--year", "2023", "--taxable-income", "9", "--loss-brought-forward", "7")
    assert answer["facts"]["loss_brought_forward"] == {"value": "7.00", "unit": "yuan", "source": "options"}


@pytest.mark.parametrize(
    ("earlier", "later"), [("2022", "2024"), ("2023", "2023"), ("2023Q1", "2023Q3"), ("2023Q2", "2023")]
)
def test_periods_that_do_not_meet_are_refused(tmp_path: Path, earlier: str, later: str) -> None:
    file = tmp_path / "answer.json"
    file.write_text(to_json(assess({"period": earlier, "taxable_income": 1})), encoding="utf-8")
    done = here("assess", "--period", later, "--taxable-income", "1", "--carry", str(file))
    assert done.code == 2
    assert f"the answer for {earlier}" in done.err


def test_other_tables_are_no_hindrance_to_balances(tmp_path: Path) -> None:
    text = to_json(assess({"year": 2022, "taxable_income": "-5"}))
    other = text.replace(shipped_book().sha256, "0" * 64)
    with pytest.raises(InputError, match="made with the tables"):
        from_json(other)
    file = tmp_path / "answer.json"
    file.write_text(other, encoding="utf-8")
    done = here("assess", "--year", "2023", "--taxable-income", "9", "--carry", str(file), "--format", "json")
    assert json.loads(done.out)["facts"]["loss_brought_forward"]["value"] == "5.00"


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=40)
    | st.recursive(st.none() | st.booleans() | st.text(max_size=5), lambda x: st.lists(x, max_size=3)).map(json.dumps)
)
def test_what_is_no_answer_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(InputError):
        from_json(text)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_answer_is_refused_in_a_sentence(data: st.DataObject) -> None:
    document = json.loads(to_json(assess({"year": 2023, "taxable_income": "-5", "revenue": 3})))
    here: Any = document
    for _ in range(data.draw(st.integers(1, 3))):
        if not isinstance(here, dict | list) or not here:
            break
        key = data.draw(st.sampled_from(sorted(here) if isinstance(here, dict) else range(len(here))))
        if data.draw(st.booleans()):
            here[key] = data.draw(st.sampled_from([None, 5, "x", [], {}, True]))
        here = here[key]
    try:
        from_json(json.dumps(document))
    except InputError:
        return


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("engine",), 5),
        (("filing",), "yearly"),
        (("facts", "taxable_income", "value"), "1/0"),
        (("facts", "taxable_income", "value"), "1e999999999"),
        (("levies", "corporate_income", "at_most"), "no"),
        (("items", 0, "needs"), "revenue"),
        (("items", 0, "status"), "granted"),
        (("law", 0, "from"), "1900-01-01"),
    ],
)
def test_what_no_answer_says_is_refused_wherever_it_stands(place: tuple[str | int, ...], value: str | int) -> None:
    document = json.loads(to_json(assess({"year": 2023, "taxable_income": "5"})))
    here: Any = document
    for key in place[:-1]:
        here = here[key]
    assert from_json(json.dumps(document))
    here[place[-1]] = value
    with pytest.raises(InputError):
        from_json(json.dumps(document))


def test_the_computation_is_told_where_the_tax_is_nought() -> None:
    done = here(
        "assess", "--year", "2023", "--revenue", "100000", "--taxable-income", "-5", "--explain", "--format", "json"
    )
    steps = json.loads(done.out)["explanation"]
    assert {"Value-added tax", "Corporate income tax"} <= {step["label"] for step in steps if not step["depth"]}


def test_one_levy_can_be_looked_at_alone() -> None:
    alone = assess({"year": "2024", "revenue": "1000"}, levies=frozenset({"vat"}))
    assert [levy.id for levy in alone.levies] == ["vat"]
    assert (alone.regime, alone.balances.loss) == (None, None)


def test_a_stake_that_rests_on_a_levy_that_waits_is_not_known() -> None:
    """Without the taxable income nobody can tell what a certificate would save; with it, it is told."""
    facts = {"year": "2024", "revenue": "1000000", "vat_payer": "general"}
    for more, known in (({}, False), ({"taxable_income": "5000000"}, True)):
        item = assess(facts | more).item("high_tech")
        assert item.status == "needs_fact"
        assert (item.at_stake is not None) is known
    assert item.at_stake == 500_000_00  # 10 points of 5,000,000
