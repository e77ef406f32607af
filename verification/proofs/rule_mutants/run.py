"""Every mutant of a rule: caught by a shipped case, told apart by a business that becomes one, or proved equal.

python -m verification.proofs mutate          says what becomes of each mutant and writes docs/mutants-of-rules.md
python -m verification.proofs mutate --write  also writes the cases that were missing to tests/cases/witnesses.toml

What the solver said is kept beside the rules' fingerprint, so a run that was stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from verification import DOCS, ROOT
from verification.proofs.laws import laws_of, levies
from verification.proofs.rule_mutants.around_figures import amortised, around
from verification.proofs.rule_mutants.known_figures import CASES, Shipped, caught, made_up, shipped
from verification.proofs.rule_mutants.made_up import pool, told_apart_by
from verification.proofs.rule_mutants.mutations import Mutant, mutants_of_cached
from verification.proofs.rule_mutants.told_apart import Fate, every_mutant, told_apart
from verification.proofs.rule_mutants.witness_cases import Witnesses

RESTS_ON = (
    *(f"taxcalc/{room}/**/*.py" for room in ("rules", "graph", "engines")),
    "taxcalc/assessment/model.py",
    "tables/*.toml",
    "verification/proofs/solver/*.py",
    "verification/proofs/rule_mutants/mutations.py",
)
"""Rules, tables, engines and mutants: what a verdict of the solver rests on."""
KEPT = ROOT / ".mutants-of-rules.json"
TABLES, ROWS = 30, 10
"""Tables of made-up businesses, and businesses in each."""
AROUND = 60
"""Businesses around the figures of each levy under each law."""
HELPERS = 6
NOT_ASKED = "the run was stopped before the solver was asked; the next one goes on from here"


def fingerprint() -> str:
    """Of all that a verdict rests on."""
    files = sorted(file for pattern in RESTS_ON for file in ROOT.glob(pattern))
    texts = (str(file.relative_to(ROOT)).encode() + file.read_bytes() for file in files)
    return hashlib.sha256(b"".join(texts)).hexdigest()


def main(*, write: bool = False) -> int:
    """Say what becomes of every mutant."""
    from verification.proofs.rule_mutants.page import page_of

    start = time.perf_counter()
    times: dict[str, float] = {}
    left = dict.fromkeys(every_mutant())
    fates: dict[Mutant, Fate] = {}
    every, cases = list(left), shipped()
    helpers: dict[str, list[dict[str, Any]]] = {}
    witnesses = Witnesses(CASES / "witnesses.toml")

    def settle(found: dict[Mutant, Fate]) -> None:
        for mutant, fate in found.items():
            fates[mutant] = fate
            left.pop(mutant, None)

    def say(step: str) -> None:
        times[step] = time.perf_counter() - start - sum(times.values())
        print(f"{step}: {len(fates)} of {len(every)} settled, {times[step]:.0f} s", flush=True)

    settle(caught_by(left, cases, helpers))
    say("shipped cases")
    for one in searched(left):
        told = told_apart_by(one, left)
        if told and witnesses.add(one, told):
            settle({mutant: Fate("witness", what, one.facts) for mutant, what in told.items()})
            _help(helpers, told, one.facts)
    say("made-up businesses")
    for mutant, fate in asked(left, helpers):
        if mutant not in left:
            continue
        if fate.verdict != "witness":
            settle({mutant: fate})
            continue
        one = made_up("solver", fate.facts or {})
        told = told_apart_by(one, left)
        if mutant in told and witnesses.add(one, told):
            settle({m: Fate("witness", what, one.facts) for m, what in told.items()})
        else:
            settle({mutant: Fate("open", "a business tells it apart, and no case can be made of it", fate.facts)})
    say("solver")
    if write:
        witnesses.write()
    (DOCS / "mutants-of-rules.md").write_text(page_of(fates, times, witnesses), encoding="utf-8")
    return 1 if any(fate.verdict == "open" for fate in fates.values()) else 0


def caught_by(
    mutants: Iterable[Mutant], cases: list[Shipped], helpers: dict[str, list[dict[str, Any]]]
) -> dict[Mutant, Fate]:
    """The mutants that a case catches, each by one of them: the case that caught the last of its line is tried first."""
    found: dict[Mutant, Fate] = {}
    likely: dict[str, Shipped] = {}
    for mutant in mutants:
        first = likely.get(mutant.line)
        for one in [*([first] if first else []), *cases]:
            instead = mutants_of_cached(one.model).get(mutant)
            if instead is not None and _caught(one, instead):
                found[mutant] = Fate("case", one.id)
                likely[mutant.line] = one
                _help(helpers, [mutant], one.facts)
                break
    return found


def _caught(one: Shipped, instead: Any) -> bool:
    try:
        return caught(one, instead) is not None
    except (TypeError, ValueError, ZeroDivisionError):
        return True  # such a mutant cannot even be computed


def _help(helpers: dict[str, list[dict[str, Any]]], mutants: Iterable[Mutant], facts: dict[str, Any]) -> None:
    for line in {mutant.line for mutant in mutants}:
        known = helpers.setdefault(line, [])
        if len(known) < HELPERS and facts not in known:
            known.append(facts)


def searched(left: dict[Mutant, None]) -> Iterable[Shipped]:
    """Made-up businesses of both kinds; of a law none once nothing is left that it could tell apart."""
    yield from pool(TABLES, ROWS)
    if any(mutant.line.startswith("amortisation") for mutant in left):
        yield from amortised()
    for levy in levies()[::-1]:
        for law in laws_of(levy)[::-1]:
            if not mutants_of_cached(law.model).keys().isdisjoint(left):
                yield from around(law, levy, AROUND)


def asked(left: dict[Mutant, None], helpers: dict[str, list[dict[str, Any]]]) -> Iterable[tuple[Mutant, Fate]]:
    """What the solver says of each mutant, on JOBS processors; what it said before is not asked again."""
    kept: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    if kept.get("of") != fingerprint():
        kept = {"of": fingerprint(), "fates": {}}
    asking = hashlib.sha256(Path(__file__).with_name("told_apart.py").read_bytes()).hexdigest()
    if kept.get("asking") != asking:  # asked otherwise, what stayed open may be settled
        kept["fates"] = {name: fate for name, fate in kept["fates"].items() if fate[0] != "open"}
        kept["asking"] = asking
    waiting: list[Mutant] = []
    for mutant in list(left):
        known = kept["fates"].get(str(mutant))
        if known:
            yield mutant, Fate(*known)
        else:
            waiting.append(mutant)
    until = time.monotonic() + int(os.environ.get("SECONDS_FOR_THE_SOLVER", 10**9))
    jobs = int(os.environ.get("JOBS", os.cpu_count() or 1))
    with ProcessPoolExecutor(jobs) as workers:
        while waiting:
            some = [mutant for mutant in waiting[: 4 * jobs] if mutant in left]
            del waiting[: 4 * jobs]
            if time.monotonic() > until:
                yield from ((mutant, Fate("open", NOT_ASKED)) for mutant in (*some, *waiting))
                return
            futures = {workers.submit(told_apart, mutant, helpers.get(mutant.line, [])): mutant for mutant in some}
            for done in as_completed(futures):
                mutant, fate = futures[done], done.result()
                kept["fates"][str(mutant)] = list(fate)
                print(f"{fate.verdict:8} {mutant}  {fate.by}", flush=True)
                yield mutant, fate
            KEPT.write_text(json.dumps(kept), encoding="utf-8")
