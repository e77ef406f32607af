"""What changed in the law, as JSON."""

from __future__ import annotations

from typing import Any

from taxcalc.graph import Label
from taxcalc.inquiry.days import Span
from taxcalc.inquiry.diff import Change, LawDiff, Piece, State, TableDiff
from taxcalc.law import LawBook, is_bands
from taxcalc.report.law_json import both, documents_as_json, dumped, figure_as_json, until_of, users_as_json


def diff_as_json(book: LawBook, diff: LawDiff) -> str:
    """Both spans, and the tables by what became of them."""
    kinds = ("changed", "ended", "began", "documents")
    return dumped(
        {
            "from": _span(diff.earlier),
            "to": _span(diff.later),
            **{kind: [_table(book, table) for table in diff.tables if table.kind == kind] for kind in kinds},
            "unchanged": [table.path for table in diff.of("same")],
        }
    )


def _span(span: Span) -> dict[str, str]:
    return {"written": span.written, "start": span.start.isoformat(), "until": span.until.isoformat()}


def _table(book: LawBook, table: TableDiff) -> dict[str, Any]:
    return {
        "path": table.path,
        **both(book.table(table.path).label),
        "changes": [_change(book, table.path, change) for change in table.changes],
        "before": [_piece(book, piece) for piece in table.before],
        "after": [_piece(book, piece) for piece in table.after],
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
    value: Any = state.value
    if is_bands(value):
        value = [{key: figure_as_json(book, path, key, item) for key, item in band.items()} for band in value]
    elif value is not None:
        value = figure_as_json(book, path, parameter, value)
    return {"from": state.start.isoformat(), "until": until_of(state.until), "value": value}


def _piece(book: LawBook, piece: Piece) -> dict[str, Any]:
    return {
        "from": piece.start.isoformat(),
        "until": until_of(piece.until),
        "documents": documents_as_json(book, piece.version) if piece.version else None,
        "evidence": piece.version.evidence if piece.version else None,
    }
