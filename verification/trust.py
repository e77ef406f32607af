"""Writes docs/trust.md: what an auditor reads in five minutes, every number taken from a page that a command wrote.

make trust
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

from verification import DOCS, ROOT


def table(page: str) -> list[list[str]]:
    """The rows of all the tables of a page, without their headings."""
    text = (DOCS / page).read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row] for row in rows]
    return [row for i, row in enumerate(cells) if not _rule(row) and not (i + 1 < len(cells) and _rule(cells[i + 1]))]


def _rule(row: list[str]) -> bool:
    return all(re.fullmatch(r":?-+:?", cell) for cell in row)


def number(text: str) -> int:
    """A count as a page writes it."""
    return int(text.replace(",", ""))


def theorems() -> tuple[str, int, int, int]:
    """Each theorem with its proofs, refutations and seconds; and the sums."""
    found: dict[str, list[float]] = {}
    for name, _, proved, refuted, *left, seconds in table("proofs.md"):
        sums = found.setdefault(name, [0, 0, 0, 0])
        for i, value in enumerate((float(proved), float(refuted), sum(map(float, left)), float(seconds))):
            sums[i] += value
    lines = [f"| {name} | {a:.0f} | {b:.0f} | {c:.0f} | {s:.0f} |" for name, (a, b, c, s) in found.items()]
    totals = [round(sum(sums[i] for sums in found.values())) for i in range(3)]
    return "\n".join(lines), totals[0], totals[1], totals[2]


def tests_in(*names: str) -> int:
    """How many tests some files hold."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-oaddopts=-q", *(f"tests/{name}" for name in names)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sum(int(found) for found in re.findall(r": (\d+)$", said, re.MULTILINE)) or said.count("::")


def cases() -> int:
    """Worked cases shipped as data."""
    return sum(
        len(tomllib.loads(file.read_text(encoding="utf-8"))["case"])
        for file in (ROOT / "tests" / "cases").glob("*.toml")
    )


def witnesses() -> int:
    """Those of them that `make mutate` looked for."""
    return len(tomllib.loads((ROOT / "tests/cases/witnesses.toml").read_text(encoding="utf-8"))["case"])


def cliffs() -> tuple[int, int]:
    """Cliffs that are listed, and the lines of what stays open."""
    text = (DOCS / "cliffs.md").read_text(encoding="utf-8")
    listed = re.search(r"(\d+) are listed", text)
    assert listed is not None
    return int(listed[1]), len(re.findall(r"^\* ", text.rpartition("\n## ")[2], re.MULTILINE))


def page() -> str:
    """The whole page."""
    rows, proved, refuted, left = theorems()
    jumps, unsettled = cliffs()
    of_rules = table("mutants-of-rules.md")[0]
    fuzz = table("fuzz.md")
    mutants = next(row for row in table("mutation.md") if row[0] == "all")
    messages = re.search(r"(\d+) messages", (DOCS / "errors.md").read_text(encoding="utf-8"))
    _, compared, _, _, disagreed = table("crosscheck.md")[0]
    said = re.search(r"This page is of a run for .*?(?= \()", (DOCS / "proofs.md").read_text(encoding="utf-8"))
    scope = said[0].replace("This page is", "These figures are") + "." if said else ""
    assert messages is not None
    return f"""# How do you know?

One page for an auditor. Every number here is taken from a page beside this one (`make trust` puts them together); the command
to repeat each stands beside it. A page that is not of one whole run on the present code says so at its top.

## Proved, over all businesses

`make prove` gives the program that computes batches to a solver: every whole number of fen within the published limits, no
sampling. {scope} {proved} proofs hold, {refuted} were refuted and {left} are open or were not asked, each named with its
witness or its reason in [proofs.md](proofs.md), which also says what is taken for granted.

**What does not hold**, each with a business that shows it:

* More sales can lower VAT where the kind of VAT payer is not stated. One fen over the yearly limit of small-scale payers makes a
  general payer, whose input VAT then counts: with 290,000 of input VAT, 5,000,000.00 in 2023Q2 pay 50,000.00 and 5,000,000.01 pay
  10,000.00 (`tests/cases/vat.toml`, `one-fen-over-the-limit-pays-less`). That is how the law reads; state `vat_payer` to be sure.
* More sales can lower VAT where a general payer states the VAT it paid but no rate: what was paid then stands in for what cannot be
  worked out. State `vat_rate`.

| theorem | proved | refuted | open | seconds |
| --- | ---: | ---: | ---: | ---: |
{rows}

**Every cliff**: {jumps} points where one more fen raises a levy by more than a yuan ([cliffs.md](cliffs.md), `make cliffs`), found by
the solver, each confirmed by the program on both sides of the step; {unsettled} lines of that page stay open. Tests fail if one appears or vanishes.

## Cross-checked

* {compared} made-up businesses, leaning on every threshold, were computed by the program and by a second calculator that was
  written from the law alone (`verification/oracle/`, `make crosscheck`): {disagreed} disagreements. Counts for each relief: [crosscheck.md](crosscheck.md); what
  was found on the way: `verification/oracle/FINDINGS.md`.
* {cases()} worked cases as data (`tests/cases/`), each with its origin, pass to the fen.
* Each figure of the tables that cites the notice is one that its measure states (`tests/law/test_notice.py`).
* The exact evaluator, lists and arrays agree on generated rows (`tests/engines/test_batch_engines.py`); `taxcalc check FILE --sample 1000` does
  the same on a user's own file. So do the formulas of a client's workbook, made from the same rules and recalculated by
  LibreOffice (`make test-office`).

## Broken on purpose

* **Rules**: `make mutate` changes the nodes of the rules, one at a time: of {of_rules[0]} mutants {of_rules[1]} are caught by the
  worked cases, to which earlier runs added those of `tests/cases/witnesses.toml` ({witnesses()}), {of_rules[2]} by cases that the
  last run added; {of_rules[3]} are proved equal and {of_rules[4]} are open ([mutants-of-rules.md](mutants-of-rules.md)).
* **Everything else that carries risk**: {mutants[1]} mutants of money, values, tables and readers, {mutants[2]} caught
  ({mutants[6]}), {mutants[5]} of {mutants[4]} survivors explained ([mutation.md](mutation.md), `make mutants`).

## Attacked

* **Fuzzed** ([fuzz.md](fuzz.md), `make fuzz`): {sum(number(row[2]) for row in fuzz):,} inputs to {len(fuzz)} readers in {sum(number(row[1]) for row in fuzz)} s,
  {sum(row[3] != "none" for row in fuzz)} found a defect. What runs found before is mended, its inputs kept in the corpus.
* **Hostile files**: {tests_in("firms/test_attack.py", "firms/test_attack_workbooks.py")} tests (`tests/firms/test_attack*.py`): truncated, enormous, bombs,
  wrong encodings, formulas, terminal escapes, links; no traceback, no hang, bounded memory.
* **Accidents**: {tests_in("firms/test_faults.py")} tests (`tests/firms/test_faults.py`): kill -9, full disk, closed pipe, Ctrl-C, an input that changes, two
  runs to one output.
* **Errors**: {messages[1]} messages in two languages, each provoked by an example that runs in the tests ([errors.md](errors.md),
  `make docs`).

## Supplied

Dependencies are pinned with hashes and no host; wheel and sdist have the same bytes from anywhere (`make dist`,
`tests/test_dist.py`); nothing is fetched at run time.
"""


if __name__ == "__main__":
    (DOCS / "trust.md").write_text(page(), encoding="utf-8")
    print("docs/trust.md")
