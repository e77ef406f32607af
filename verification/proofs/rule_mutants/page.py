"""docs/mutants-of-rules.md: what became of every mutant of a rule."""

from __future__ import annotations

from collections import Counter

from verification.proofs.rule_mutants.mutations import Mutant
from verification.proofs.rule_mutants.told_apart import Fate
from verification.proofs.rule_mutants.witness_cases import Witnesses

HEAD = """# Mutants of the rules

Written by `make mutate`. Each rule with one thing wrong: a comparison, a figure one fen or a hundredth off, an operation, a condition
dropped, a rounding. The graph that computes businesses is changed, so a mutant is wrong under every law that has its line; figures are
changed one version at a time. A mutant is caught by a shipped case (`tests/cases`), or told apart by a business that was looked for and is a
case since (`tests/cases/witnesses.toml`), or proved equal by the solver. What is neither is open, and named below.

* Looked for: among made-up businesses of the cross-check and around the figures of each levy, on both graphs exactly; then by the solver,
  which compares the changed node alone, completes a business on which it differs, and else compares the whole levy.
* Equal means: for every business of every law that has the line, all reliefs claimed and none.

"""


def page_of(fates: dict[Mutant, Fate], times: dict[str, float], witnesses: Witnesses) -> str:
    """The whole page."""
    counts = Counter(fate.verdict for fate in fates.values())
    text = HEAD + "| mutants | caught by shipped cases | told apart by new cases | proved equal | open |\n"
    text += "| ---: | ---: | ---: | ---: | ---: |\n"
    text += f"| {len(fates)} | " + " | ".join(str(counts[v]) for v in ("case", "witness", "equal", "open")) + " |\n\n"
    told = ", ".join(f"{n}: {what}" for what, n in witnesses.told.items() if n)
    text += f"{witnesses.added} new cases; {told}.\n" if told else "No new case was needed.\n"
    text += f"Seconds: {', '.join(f'{step} {seconds:.0f}' for step, seconds in times.items())}.\n\n"
    text += "| what is wrong | caught | told apart | equal | open |\n| --- | ---: | ---: | ---: | ---: |\n"
    kinds = Counter((_kind(mutant), fate.verdict) for mutant, fate in fates.items())
    for kind in sorted({kind for kind, _ in kinds}):
        cells = [str(kinds[kind, verdict]) for verdict in ("case", "witness", "equal", "open")]
        text += f"| {kind} | {' | '.join(cells)} |\n"
    text += "\n## Equal, and why\n\n"
    equal = [(mutant, fate) for mutant, fate in fates.items() if fate.verdict == "equal"]
    for why in dict.fromkeys(fate.by for _, fate in equal):
        some = [mutant for mutant, fate in equal if fate.by == why]
        text += f"* **{why}** ({len(some)}): " + "; ".join(f"`{mutant}`" for mutant in some) + "\n"
    text += "\n## Open\n\n"
    still = [(mutant, fate) for mutant, fate in fates.items() if fate.verdict == "open"]
    for why in dict.fromkeys(_reason(fate) for _, fate in still):
        some = [mutant for mutant, fate in still if _reason(fate) == why]
        text += f"* **{why}** ({len(some)}): " + "; ".join(f"`{mutant}`" for mutant in some) + "\n"
    return text if still else text + "None.\n"


def _reason(fate: Fate) -> str:
    return fate.by.rpartition(": ")[2]


def _kind(mutant: Mutant) -> str:
    words = mutant.what.split()
    return "condition dropped" if words[0] == "condition" and words[-1] == "dropped" else mutant.what
