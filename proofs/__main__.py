"""python -m proofs prove [YEAR [quick]] | cliffs [YEAR] [LEVY ...] | mutate [--write]: see `make prove` and `make mutate`."""

from __future__ import annotations

import sys
from pathlib import Path

from proofs import pages
from proofs.laws import Law
from proofs.prove import Line, prove
from proofs.theorems import THEOREMS

DOCS = Path(__file__).parent.parent / "docs"


def main(what: str = "prove", option: str = "", quick: str = "", *more: str) -> int:
    """Run one of the commands."""
    if what == "cliffs":
        from proofs.cliffs_run import main as cliffs

        return cliffs(DOCS / "cliffs.md", *(word for word in (option, quick, *more) if word))
    if what == "mutate":
        from proofs.mutate import main as mutate

        return mutate(write=option == "--write")

    def only(law: Law) -> bool:
        return not option or any(str(span.year) == option for span in law.spans)

    lines: list[Line] = []
    names = tuple(name for name in THEOREMS if not (quick and name.startswith("one more")))
    for line in prove(only, names):
        lines.append(line)
        said = f"{line.proved} proved, {len(line.refuted)} refuted, {len(line.unknown)} open, {len(line.products)} not asked"
        print(f"{line.theorem}: {line.levy}: {said}, {line.seconds:.1f} s", flush=True)
    (DOCS / "proofs.md").write_text(pages.proofs(lines, option, names), encoding="utf-8")
    failed = [line for line in lines if line.unknown or (line.refuted and line.theorem not in pages.FINDINGS)]
    print(f"{sum(line.proved for line in lines)} proofs, {len(failed)} lines failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
