"""A draft law over a table: every row as the business is assessed under both laws, and totals that add up."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from typing import Any

import pytest

from helpers.batch_command import run
from helpers.command import ROOT
from taxcalc import assess
from taxcalc.assessment.model import shipped_book
from taxcalc.base.period import Period
from taxcalc.base.problem import InputError
from taxcalc.firms import run as running
from taxcalc.law.draft import bears_on, draft

BOOK = shipped_book()
HEAD = (
    "id,name,year,taxpayer,vat_payer,place,revenue_q1,revenue_q2,revenue_q3,revenue_q4,taxable_income,employees,assets"
)
ROWS = [
    "a,=1+1,2023,enterprise,small_scale,city,280000,310000,0,299999,3100000,80,20000000",
    "b,甲,2023,enterprise,small_scale,county,100000,0,0,350000,2900000,80,20000000",
    "c,乙,2026,enterprise,small_scale,city,1,2,3,4,5100000,80,20000000",
    "d,丙,2026,enterprise,small_scale,other,500000,600000,700000,1,100,301,20000000",
    "e,丁,2023,enterprise,small_scale,city,500000,600000,700000,1,,1,1",
]
FIRST = "cit.small_low_profit.income=5_000_000"


def said(rows: list[str], *args: str, head: str = HEAD) -> Any:
    done = run("reform", *args, "--format", "json", stdin="\n".join([head, *rows, ""]).encode())
    assert done.code in (0, 1), done.err
    return json.loads(done.out)


def fen(amount: str | None) -> int:
    return int((amount or "0").replace(".", ""))


def facts(row: str, head: str = HEAD) -> dict[str, str]:
    return {name: text for name, text in zip(head.split(","), row.split(","), strict=True) if text}


@pytest.mark.parametrize(
    ("law", "arrays"),
    [
        (FIRST, False),
        ("cit.standard.rate=30%", True),
        ("cit.standard.rate=10%", False),
        ("vat.exemption.quarterly=200_000", False),
    ],
)
def test_each_row_is_as_the_business_under_both_laws(law: str, arrays: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BREAK_EVEN", 1 if arrays else 4_000)
    document = said(ROWS, "--law", law, "--by", "place", "--top", "9")
    changed = draft(BOOK, BOOK, [law]).book
    levies: dict[str, int] = defaultdict(int)
    reliefs: dict[str, int] = defaultdict(int)
    clients: dict[str, int] = {}
    places: dict[str, int] = defaultdict(int)
    for row in ROWS:
        now, then = (assess(facts(row), book=book) for book in (BOOK, changed))
        pairs = [(one, then.levy(one.id)) for one in now.levies if one.kind in ("tax", "fee") and not one.at_most]
        known = {a.id: b.payable - a.payable for a, b in pairs if a.payable is not None and b.payable is not None}
        for id, more in known.items():
            levies[f"{id}.payable"] += more
        for item in now.items:
            other = next(one for one in then.items if one.id == item.id)
            if item.kind in ("tax", "fee"):
                reliefs[f"relief.{item.id}.saving"] += (other.saving or 0) - (item.saving or 0)
        if sum(known.values()):
            clients[facts(row)["id"]] = sum(known.values())
        places[facts(row)["place"]] += sum(known.values())
    for told, expected in ((document["levies"], levies), (document["reliefs"], reliefs)):
        assert {one["id"]: fen(one["difference"]) for one in told if fen(one["difference"])} == {
            id: more for id, more in expected.items() if more
        }
    assert {one["id"]: fen(one["difference"]) for one in document["clients"]} == clients
    assert {one["by"]["place"]: fen(one["payable"]["difference"]) for one in document["groups"]} == places
    assert document["all"]["gainers"] == sum(more < 0 for more in clients.values())
    assert document["all"]["losers"] == sum(more > 0 for more in clients.values())
    assert clients
    (top,) = said(ROWS, "--law", law, "--top", "1")["clients"]
    assert abs(fen(top["difference"])) == max(map(abs, clients.values()))
    _adds_up(document)


def _adds_up(document: Any) -> None:
    totals = {one["id"]: one for one in document["totals"]}
    for side in ("before", "after", "difference"):
        sums = {name: sum(fen(one[side]) for one in document[name]) for name in ("levies", "reliefs")}
        assert sums["levies"] == fen(totals["total.payable"][side]) == fen(document["all"]["payable"][side])
        assert sums["reliefs"] == fen(totals["total.saving"][side])
        if document["groups"]:
            assert sum(fen(one["payable"][side]) for one in document["groups"]) == sums["levies"]
    for part in (document["all"], *document["groups"]):
        assert part["businesses"] == part["gainers"] + part["losers"] + part["unchanged"]
        assert fen(part["payable"]["after"]) - fen(part["payable"]["before"]) == fen(part["payable"]["difference"])
    for name in ("businesses", "gainers", "losers") if document["groups"] else ():
        assert sum(one[name] for one in document["groups"]) == document["all"][name]


def test_who_crosses_which_condition() -> None:
    document = said(ROWS, "--law", FIRST)
    (one,) = document["crossings"]
    assert (one["relief"], one["met"], one["rows"]) == ("small_low_profit", True, 1)
    (lower,) = said(ROWS, "--law", "cit.small_low_profit.income=2_000_000")["crossings"]
    assert (lower["relief"], lower["met"], lower["rows"]) == ("small_low_profit", False, 1)


def test_rows_of_one_business_are_one_client_and_count_once() -> None:
    """Income to date of two quarters: the later has that of the earlier in it."""
    head = "id,period,revenue,taxable_income,employees,assets"
    rows = [f"a,2023Q{quarter},1000,{quarter * 400_000},80,20000000" for quarter in (1, 2)]
    document = said(rows, "--law", "cit.small_low_profit.rate=10%", head=head)
    assert document["all"]["businesses"] == document["all"]["gainers"] == 1
    alone = said(rows[1:], "--law", "cit.small_low_profit.rate=10%", head=head)
    income = [
        next(one for one in each["levies"] if one["id"] == "corporate_income.payable") for each in (document, alone)
    ]
    assert income[0] == income[1]
    assert fen(income[0]["difference"]) < 0
    _adds_up(document)
    twice = said([rows[0], rows[0]], "--law", "cit.small_low_profit.rate=10%", head=head)
    assert twice["all"]["businesses"] == 0
    assert twice["clients"] == []


def test_what_is_not_known_is_not_compared() -> None:
    head = "id,year,vat_payer,place,revenue_q1"
    document = said(["a,2023,small_scale,city,"], "--law", "vat.exemption.quarterly=200_000", head=head)
    assert document["not_compared"] == 1
    assert document["all"]["businesses"] == 0


def test_every_line_says_that_it_is_of_a_draft() -> None:
    stdin = "\n".join([HEAD, *ROWS, ""]).encode()
    done = run("reform", "--law", FIRST, "--format", "csv", "--names", "id", stdin=stdin)
    rows = list(csv.DictReader(io.StringIO(done.out.decode())))
    assert {row["draft"] for row in rows} == {FIRST}
    assert [row["name"] for row in rows if row["what"] == "client"][-1] == "'=1+1"  # no formula
    assert all(one["law"] == "draft" for one in _objects(said(ROWS, "--law", FIRST)) if "law" in one or "rows" in one)
    for lang, words in (("zh", "非现行政策"), ("en", "not the law in force")):
        screen = run("reform", "--law", FIRST, "--lang", lang, stdin=stdin).out.decode()
        assert screen.count(words) >= 2


def _objects(part: Any) -> list[dict[str, Any]]:
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return [*([part] if isinstance(part, dict) else []), *(one for each in inside for one in _objects(each))]


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ("cit.small_low_profit.income=3000000", "draft_same"),
        ("cit.small_low_profit.incom=1", "draft_unknown"),
        ("cit.small_low_profit.inclusion=1", "draft_in_bands"),
        ("cit.small_low_profit.bands[9].inclusion=1", "draft_in_bands"),
        ("cit.small_low_profit.income=5%", "draft_value"),
        ("cit.small_low_profit.income=-5", "draft_value"),
        ("cit.small_low_profit.income", "draft_shape"),
        ("zzz=1", "draft_unknown_path"),
    ],
)
def test_a_draft_that_says_nothing_is_refused(given: str, key: str) -> None:
    with pytest.raises(InputError) as error:
        draft(BOOK, BOOK, [given])
    assert [one.key for one in error.value.problems] == [key]


def test_values_are_read_in_the_unit_of_the_law() -> None:
    def value(given: str, year: int = 2023) -> Any:
        path = given.partition("=")[0]
        table, _, key = path.rpartition(".")
        found: Any = draft(BOOK, BOOK, [given]).book.figures(table, Period(year))[key]
        return found.value

    assert value("cit.small_low_profit.income=500万") == 500_000_000
    assert value("cit.small_low_profit.income=5_000_000 yuan") == 500_000_000
    assert value("cit.small_low_profit.employees=400") == 400
    assert value("cit.standard.rate=1/5") == value("cit.standard.rate=20%") == value("cit.standard.rate=0.2")


def test_a_draft_of_no_period_of_the_table_is_refused() -> None:
    """What firms paid less for inspections in 2023 is nothing in 2026."""
    later = draft(BOOK, BOOK, ["charge.inspection.share=9%"]).book
    assert bears_on(BOOK, later, "charge.inspection", [Period(2023)])
    assert not bears_on(BOOK, later, "charge.inspection", [Period(2026)])
    done = run("reform", "--law", "charge.inspection.share=9%", stdin=f"{HEAD}\n{ROWS[2]}\n".encode())
    assert done.code == 2
    assert "bears on no period of the table (2026)" in done.err


def test_a_folder_of_tables_is_a_draft_too() -> None:
    document = said(ROWS, "--draft", str(ROOT / "examples" / "my-city"))
    assert all(one["value"] == "" for one in document["draft"])
    assert document["draft"]
