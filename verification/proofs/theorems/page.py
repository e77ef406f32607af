"""The page of proofs, written by the command that proves."""

from __future__ import annotations

from verification.proofs.theorems.catalogue import MORE_SALES, THEOREMS
from verification.proofs.theorems.run import SECONDS, Line, Verdict

HOW = {"holds": "proved", "fails": "refuted", "open": "open", "not asked": "not asked"}
"""What came out, as the page calls it."""
FINDINGS = {
    f"{MORE_SALES} (kind of payer not stated)": (
        "The kind of VAT payer is told from the sales where it is not stated. One fen over the yearly limit of "
        "small-scale payers makes a general payer of the business, whose input VAT then counts: VAT can fall. "
        "That is how the law reads; state `vat_payer` and sales never lower VAT."
    ),
    f"{MORE_SALES} (kind of payer and VAT paid stated)": (
        "Where a general payer states the VAT that it paid but not the rate of its sales, the VAT that it paid stands "
        "in for the VAT that cannot be worked out. With no sales under the general method no rate is needed and the VAT "
        "is worked out; with one fen of such sales the rate is missing, and what was stated counts, be it less. "
        "State `vat_rate`, or leave `vat_paid` out, and sales never lower VAT."
    ),
}
"""Properties that do not hold, and why that is right."""

HEAD = """# What is proved

Written by `make prove`. Each line is about **all** businesses under a law of 2019 to 2027: every whole number of fen within
the published limits, each fact stated or not, no sampling. The solver z3 gets the very program that computes batches
(`taxcalc/engines/lower.py`), through a table of its operations (`verification/proofs/solver/terms.py`).

How it is cut up, and what is taken for granted:

* @RUN (`python -m verification.proofs prove [YEAR]`).
* A levy is proved once for each form of its graph; periods with the same rules and figures share a proof. Every month, every
  quarter and every year from 2019 to 2027 is asked about, but for a year of VAT and of the surcharges on it: these are asked
  about return by return, and that such a year, filed by quarter or by month, is the sum of its returns is checked on the graph,
  form by form; what one return leaves to the next (a credit) may be anything there. The returns of a year may be a few fen off
  what fits together, where a figure of the year was cut into periods: for these VAT has a theorem with no such check.
* Where the kind of payer is not stated, a business that pays less for more sales is only looked for, among those that state
  sales, input VAT and a rate: it refutes, and where none is found nothing is counted as proved.
* A sum is ordered where its terms are, a rounded amount where its part is, and so on (`verification/proofs/solver/order.py`). Where that is not
  enough, the lines below become any values at all, of which only what was proved is known (`verification/proofs/solver/parts.py`); what then
  follows, follows for the true values. What is still left is asked as it stands.
* Products of two facts (persons × months × a subsidy, amount × rate) are asked as they stand, or by their factors.
* Other relief shared over income (amount × part ÷ whole) is any number that the law of shares allows. That law is proved for all
  whole numbers (`verification/proofs/theorems/arithmetic.py`), as are the bounds from which the builder of programs tells what fits 64 bits.
* A business that the solver finds counts as a refutation only if the exact evaluator, another engine, agrees.
* A headcount is any whole number of ten-thousandths, stated for the year.
* Facts that contradict each other are refused by the program, and are no businesses here.
* Trusted: z3, the lowering (compared with two other engines in the tests), and `verification/proofs/` itself.
* Each theorem about one levy under one law has @SECONDS s; what the solver did not settle in them is `open`.

| theorem | levy | proved | refuted | open | not asked | seconds |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
"""


def proofs(lines: list[Line], year: str, names: tuple[str, ...], seconds: float, jobs: int) -> str:
    """docs/proofs.md."""
    left_out = [name for name in THEOREMS if name not in names]
    which = f"This page is of a run for the laws of {year} only" if year else "This page is of a run for every law"
    rows = [
        f"| {r.theorem} | `{r.levy}` | " + " | ".join(str(len(r.of(how))) for how in HOW) + f" | {r.seconds:.1f} |"
        for r in lines
    ]
    proved = sum(len(r.of("holds")) for r in lines)
    total = f"{proved} proofs in {sum(r.seconds for r in lines):.0f} s of work, {seconds:.0f} s on {jobs} processors."
    return (
        HEAD.replace("@RUN", which).replace("@SECONDS", str(SECONDS))
        + "\n".join(rows)
        + f"\n\n{total}\n"
        + (f"\nNot asked in this run: {'; '.join(left_out)}.\n" if left_out else "")
        + "\n## What does not hold\n\n"
        + _findings(lines)
        + "\n## What is open or was not asked\n\n"
        + _left(lines)
    )


def _findings(lines: list[Line]) -> str:
    found = []
    for line in lines:
        for one in line.of("fails")[:1]:
            more = len(line.of("fails")) - 1
            others = f" The same of {more} other laws or facts." if more else ""
            why = " ".join(part for part in (FINDINGS.get(line.theorem, one.why), others.strip()) if part)
            found.append(f"* **{line.theorem}** (`{line.levy}`, {_about(one)}). {why}\n  Witness: {_facts(one)}.\n")
    return "".join(found) or "Everything that was asked and settled holds.\n"


def _left(lines: list[Line]) -> str:
    found = [
        f"* {line.theorem} (`{line.levy}`, {_about(one)}): {HOW[how]}, {one.why}.\n"
        for line in lines
        for how in ("open", "not asked")
        for one in line.of(how)
    ]
    return "".join(found) or "Nothing.\n"


def _about(one: Verdict) -> str:
    return ", ".join(part for part in (one.what, one.law) if part)


def _facts(one: Verdict) -> str:
    return ", ".join(f"{name} = {value}" for name, value in (one.witness or {}).items()) or "none is stated"
