"""Writes tests/evidence/citations.txt: what each version of the shipped tables cites, and how it is known.

    python tests/evidence/write_citations.py

Nobody computes with clauses and marks, so no other test would see one change. Read the change before it is committed:
each line of it is a statement about the law.
"""

from __future__ import annotations

import sys
from pathlib import Path

PAGE = Path(__file__).with_name("citations.txt")


def page() -> str:
    """Table, first day, document and clause (with those cited besides), how figures and clauses are known."""
    from taxcalc.law.book import LawBook
    from taxcalc.law.folder import load_tables

    book = LawBook(load_tables())
    lines = []
    for path in sorted(book.paths()):
        for v in book.table(path).versions:
            cites = "; ".join(f"{document} {clause}" for document, clause in v.cites)
            lines.append(f"{path} | {v.start} | {cites} | {v.evidence} | {v.clause_evidence}\n")
    return "".join(lines)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    PAGE.write_text(page(), encoding="utf-8")
