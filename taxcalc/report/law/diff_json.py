"""What changed in the law, as JSON."""

from __future__ import annotations

from typing import Any

from taxcalc.assessment.law_diff import Change, LawDiff, Piece, State, TableDiff
from taxcalc.base.units import Label
from taxcalc.law.book import LawBook
from taxcalc.law.days import Span
from taxcalc.report.citing import Citing, citation_as_json
from taxcalc.report.law.json import figure_as_json, users_as_json
from taxcalc.report.shapes import both, dumped, until_of


def diff_as_json(words: Citing, diff: LawDiff) -> str:
    """Both spans, and the tables by what became of them."""
    kinds = ("changed", "ended", "began", "documents")
    return dumped(
        "law-diff/1",
        {
            "language": words.lang,
            "from": _span(diff.earlier),
            "to": _span(diff.later),
            **{kind: [_table(words, table) for table in diff.tables if table.kind == kind] for kind in kinds},
            "unchanged": [table.path for table in diff.of("same")],
        },
    )


def _span(span: Span) -> dict[str, str]:
    return {"written": span.written, "start": span.start.isoformat(), "until": span.until.isoformat()}


def _table(words: Citing, table: TableDiff) -> dict[str, Any]:
    book = words.book
    return {
        "path": table.path,
        **both(book.table(table.path).label),
        "changes": [_change(book, table.path, change) for change in table.changes],
        "before": [_piece(words, piece) for piece in table.before],
        "after": [_piece(words, piece) for piece in table.after],
        **users_as_json(book, table.users),
    }


def _change(book: LawBook, path: str, change: Change) -> dict[str, Any]:
    label: Label | None = book.parameters(path).get(change.parameter)
    return {
        "parameter": change.parameter or None,
        "label": both(label) if label else None,
        "before": [_state(book, path, change.parameter, state) for state in change.before],
        "after": [_state(book, path, change.parameter, state) for state in change.after],
    }


def _state(book: LawBook, path: str, parameter: str, state: State) -> dict[str, Any]:
    days = {"from": state.start.isoformat(), "until": until_of(state.until)}
    if state.value is None:
        return {**days, "value": None}
    if not isinstance(state.value, list):
        return {**days, "value": figure_as_json(book, path, parameter, state.value)}
    bands = [{key: figure_as_json(book, path, key, item) for key, item in band.items()} for band in state.value]
    return {**days, "value": bands}


def _piece(words: Citing, piece: Piece) -> dict[str, Any]:
    return {
        "from": piece.start.isoformat(),
        "until": until_of(piece.until),
        "citation": citation_as_json(words, piece.version) if piece.version else None,
    }
