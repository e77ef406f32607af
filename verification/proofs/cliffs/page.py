"""docs/cliffs.md, written from the rows: for an accountant to read."""

from __future__ import annotations

from taxcalc.assessment.model import catalogue_of, shipped_book
from taxcalc.base.units import Label
from taxcalc.facts.catalogue import Catalogue
from taxcalc.report.citing import Citing
from verification.proofs.cliffs.conditions import KNOWN, amount
from verification.proofs.cliffs.rows import Left, Row
from verification.proofs.laws import levies, models

HEAD = """# 临界点 Every cliff

Written by `make cliffs`; the rows are kept as data in `verification/proofs/cliffs/cliffs.toml`, and tests hold both the solver and the program to them.
A cliff is a point where **one more fen** of an input (of a headcount: one ten-thousandth of a person), all else equal, raises a
levy by **more than one yuan**. {count} are listed, for the laws of 2019 to 2027.

* **Of an earlier law in part**: since the small-scale limit is tested before deductions (November 2026), the solver was not asked of VAT and
  of what rests on it again: the rows of that limit carry its new name and are confirmed by the program, others may be missing.
* **Complete**: for every levy, law and input (but for what is named as open at the end) the solver proved that no business there is rises by more than a yuan unless one of the
  conditions listed for that input turns. It is asked in arithmetic of reals in which each rounding may give anything it could
  (`verification/proofs/cliffs/relaxation.py`): more businesses than there are, so nothing is missed.
* **Real**: each row has a business that the program assessed on both sides of the step; so has each input of a row, but for those
  in brackets, of which the solver did not exclude it and no business was found.
* **Jump**: that of the example, and what it never exceeds (proved, to the fen or two that rounding may add). "no bound" means
  that it grows with other amounts of the business, or with how much its other taxes depend on the kind of VAT payer.
* **Returns** say whether the condition is asked of a month, a quarter or a year, and when it stands. But for the
  income taxes a year is the sum of its returns and is not asked of itself; of the whole year only the limit of small-scale payers is
  tested, on the year's sales.
* "Sales without real estate" and "all sales" are two tests of one rule, the same figure twice, where the law leaves sales of real
  estate out of the test.
"""
TABLE = """| 条件 condition | 多一分 one more fen of | 申报期 returns | 例中多缴 jump here | 至多 never more than | 例 example: before → after | 依据 rests on |
| --- | --- | --- | ---: | ---: | --- | --- |
"""
MULTIPLES = """These amounts are products of facts (a price times a number of vehicles), which the solver is not asked about. By their
structure, one more fen costs at most so many fen while no condition turns, and the conditions named are all that it can turn.
Businesses around every figure were tried on both sides of the step (`verification/proofs/cliffs/products.py`); a row above is what exceeded the bound.

| 税费 levy | 多一分 one more fen of | 至多 at most, fen | 条件 conditions it can turn | 申报期 returns |
| --- | --- | --- | --- | --- |
"""
WHY = {
    "not run": 'not asked in the run that this page is of (`make cliffs LEVIES="{levy}"`)',
    "time": "the solver did not settle it in its time",
    "no business found": "the solver does not exclude it, and no business was found",
}
RETURNS = {"month": "月 month", "quarter": "季 quarter", "year": "年 year"}


def page_of(rows: list[Row], lefts: list[Left]) -> str:
    """The whole page."""
    legal = [row for row in rows if row.place != KNOWN[1]]
    text = HEAD.format(count=len(legal))
    for levy in dict.fromkeys(row.levy for row in legal):
        zh, en = label_of(levy)
        text += f"\n## {zh} {en}\n\n{TABLE}" + "".join(map(_line, (row for row in legal if row.levy == levy)))
    unstated = [row for row in rows if row.place == KNOWN[1]]
    if unstated:
        text += "\n## 因资料未填 Only because something is not stated\n\n"
        text += "Not of the law: where a general payer states what it paid but not the rate of its sales, the tax is worked out "
        text += "when it does not depend on the rate, and else is what was paid. Between the two lies a step.\n\n"
        text += TABLE + "".join(map(_line, unstated))
    named = {row.levy for row in rows} | {left.levy for left in lefts}
    without = [levy for levy in levies() if levy not in named]
    text += (
        "\n## 无临界点 None, proved\n\n"
        + ", ".join(f"{' '.join(label_of(levy))} (`{levy}`)" for levy in without)
        + ".\n"
    )
    products = [left for left in lefts if left.why == "product"]
    if products:
        text += "\n## 乘数 Multiples\n\n" + MULTIPLES + "".join(map(_multiple, products))
    still = [left for left in lefts if left.why != "product"]
    return text + "\n## 未定 What stays open\n\n" + ("".join(map(_open, still)) or "Nothing.\n")


def label_of(levy: str) -> Label:
    """The official name of a levy, in Chinese and in English."""
    return next(model.levies[levy].levy.label for model in models() if levy in model.levies)


def _line(row: Row) -> str:
    jump = amount(_fen(row.after) - _fen(row.before))
    most = amount(_fen(row.most)) if row.most else "no bound"
    cells = [
        f"{row.place_zh}<br>{row.place}",
        _inputs(row),
        _returns(row.returns),
        jump,
        most,
        _example(row),
        _cited(row),
    ]
    return "| " + " | ".join(cells) + " |\n"


def _inputs(row: Row) -> str:
    names = [_plain(name) for name in row.inputs]
    doubtful = [f"({_plain(name)})" for name in row.unconfirmed if _plain(name) not in names]
    return ", ".join(dict.fromkeys([*names, *doubtful]))


def _plain(name: str) -> str:
    """An input with its label; quarters of one fact alike."""
    slot = _catalogue().find(name)
    assert slot is not None
    return f"{slot.fact.label[0]} `{slot.fact.name}`" + (" of a quarter" if slot.part else "")


def _returns(returns: dict[str, list[str]]) -> str:
    alike: dict[str, list[str]] = {}
    for kind, ranges in returns.items():
        alike.setdefault(", ".join(_range(r) for r in ranges), []).append(RETURNS[kind])
    return "; ".join(f"{', '.join(kinds)}: {when}" for when, kinds in alike.items())


def _range(text: str) -> str:
    first, last = text.split("..")
    return first if first == last else f"{first} – {last}"


def _example(row: Row) -> str:
    facts = ", ".join(f"{name} {_value(value)}" for name, value in row.facts.items())
    slot = _catalogue().find(row.input)
    least = "0.0001" if slot is not None and slot.fact.type == "average" else "0.01"
    return f"{facts}; {row.input} + {least}: {amount(_fen(row.before))} → {amount(_fen(row.after))}"


def _value(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _cited(row: Row) -> str:
    citing = Citing(shipped_book(), "zh")
    clauses: dict[str, list[str]] = {}
    for key, clause in row.cites:
        clauses.setdefault(key, []).append(citing.clause(clause))
    return "；".join(f"{citing.document(key)} {citing.listed(found)}" for key, found in clauses.items())


def _multiple(left: Left) -> str:
    bound, places = left.place.split(" | ")
    cells = [" ".join(label_of(left.levy)), _plain(left.input), bound, places or "none", _returns(left.returns)]
    return "| " + " | ".join(cells) + " |\n"


def _open(left: Left) -> str:
    named = f", {left.place}" if left.place else ""
    of = f" of {_plain(left.input)}" if left.input else ""
    why = WHY[left.why].format(levy=left.levy)
    return f"* {' '.join(label_of(left.levy))}: one more fen{of}{named} ({_returns(left.returns)}): {why}.\n"


def _fen(text: str) -> int:
    return int(text.replace(".", ""))


def _catalogue() -> Catalogue:
    return catalogue_of(shipped_book())
