"""The page of proofs, written by the command that proves."""

from __future__ import annotations

from proofs.prove import Line
from proofs.theorems import THEOREMS

FINDINGS = {
    "one more fen of sales never lowers VAT (kind of payer not stated)": (
        "The kind of VAT payer is told from the sales where it is not stated. One fen over the yearly limit of "
        "small-scale payers makes a general payer of the business, whose input VAT then counts: VAT can fall. "
        "That is how the law reads; state `vat_payer` and sales never lower VAT."
    )
}
"""Properties that do not hold, and why that is right."""

HEAD = """# What is proved

Written by `make prove`. Each line is about **all** businesses under a law of 2019 to 2027: every whole number of fen within
the published limits, each fact stated or not, no sampling. The solver z3 gets the very program that computes batches
(`taxcalc/engine/lower.py`), through a table of its operations (`proofs/solver.py`).

How it is cut up, and what is taken for granted:

* @RUN (`python -m proofs prove [YEAR]`).
* A levy is proved once for each form of its graph; periods with the same rules and figures share a proof. Months and quarters
  are single returns. A year of VAT or of a surcharge is the sum of its returns and only the returns are proved; the other levies
  are proved for the year too.
* A sum is ordered where its terms are, a rounded amount where its part is, and so on (`proofs/order.py`): the solver proves
  the parts, and a surcharge for any VAT that is ordered.
* A headcount is any whole number of ten-thousandths, stated for the year.
* Other relief shared over income (amount × part ÷ whole) is not linear. The solver takes any number that the law of shares
  (`law_of_shares` in `proofs/solver.py`) allows, which covers the true one.
* Facts that contradict each other are refused by the program, and are no businesses here.
* Where an amount is a product of two facts (persons × months × a subsidy), the solver is not asked: that is counted as `not asked`.
* The bounds from which the builder of programs folds what is certain are trusted; `no intermediate leaves 64 bits` rests on them.

| theorem | levy | proved | refuted | open | not asked | seconds |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
"""


def proofs(lines: list[Line], year: str, names: tuple[str, ...]) -> str:
    """docs/proofs.md."""
    left_out = [name for name in THEOREMS if name not in names]
    which = f"This page is of a run for the laws of {year} only" if year else "This page is of a run for every law"
    rows = [
        f"| {r.theorem} | `{r.levy}` | {r.proved} | {len(r.refuted)} | {len(r.unknown)} | {len(r.products)} | {r.seconds:.1f} |"
        for r in lines
    ]
    total = f"\n{sum(r.proved for r in lines)} proofs in {sum(r.seconds for r in lines):.0f} s.\n"
    return (
        HEAD.replace("@RUN", which)
        + "\n".join(rows)
        + "\n"
        + total
        + (f"\nNot asked in this run: {'; '.join(left_out)}.\n" if left_out else "")
        + "\n## What does not hold\n\n"
        + "\n".join(_findings(lines))
    )


def _findings(lines: list[Line]) -> list[str]:
    found = []
    for line in lines:
        for law, case in [*line.refuted[:1], *line.unknown[:1]]:
            why = FINDINGS.get(line.theorem, "") if case.witness else "The solver gave up in its time."
            facts = ", ".join(f"{name} = {value}" for name, value in (case.witness or {}).items())
            found.append(f"* **{line.theorem}** (`{line.levy}`, {case.what}, {law}). {why}\n  Witness: {facts}\n")
    return found or ["Everything holds.\n"]
