"""python -m verification.proofs prove [YEAR [quick]] | cliffs [YEAR] [LEVY ...] | mutate [--write]: see the Makefile."""

from __future__ import annotations

import os
import sys
import time

from verification import DOCS
from verification.proofs.laws import Law
from verification.proofs.theorems import page as pages
from verification.proofs.theorems.catalogue import THEOREMS
from verification.proofs.theorems.run import Line, prove


def main(what: str = "prove", option: str = "", quick: str = "", *more: str) -> int:
    """Run one of the commands."""
    if what == "cliffs":
        from verification.proofs.cliffs.run import main as cliffs

        return cliffs(DOCS / "cliffs.md", *(word for word in (option, quick, *more) if word))
    if what == "mutate":
        from verification.proofs.rule_mutants.run import main as mutate

        return mutate(write=option == "--write")

    def only(law: Law) -> bool:
        return not option or any(str(span.year) == option for span in law.spans)

    started = time.perf_counter()
    jobs = int(os.environ.get("JOBS", "0")) or os.cpu_count() or 1
    lines: list[Line] = []
    names = tuple(name for name in THEOREMS if not (quick and name.startswith("one more")))
    for line in prove(only, names, jobs):
        lines.append(line)
        counts = ", ".join(f"{len(line.of(how))} {word}" for how, word in pages.HOW.items())
        print(f"{line.theorem}: {line.levy}: {counts}, {line.seconds:.1f} s", flush=True)
    page = DOCS / "proofs.md"
    begun = page.with_suffix(".md.new")  # a run that is stopped leaves the page as it was
    begun.write_text(pages.proofs(lines, option, names, time.perf_counter() - started, jobs), encoding="utf-8")
    begun.replace(page)
    failed = [line for line in lines if line.of("open") or (line.of("fails") and line.theorem not in pages.FINDINGS)]
    print(f"{sum(len(line.of('holds')) for line in lines)} proofs, {len(failed)} lines failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
