"""Strict reading of the registers: documents, groups, the measures of notices, and the rows of returns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from taxcalc.law.folder import TableError

STATUSES = ("computed", "conditional", "not_computable")
CONFIDENCE = ("high", "medium", "low")
_MEASURE = {"number", "zh", "en", "who", "much", "until", "status", "why", "by"}
_ROW = {"of", "form", "line", "text", "taxpayer", "vat_payer", "from", "until", "confidence"}


def read_documents(name: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Documents: the Chinese and the English name of each."""
    found = {}
    for key, body in content.items():
        where = entry(name, key, body, {"zh", "en"})
        found[key] = list(labels(where, body))
    return found


def read_groups(name: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Groups of which only the highest counts: label and citation."""
    found = {}
    for key, body in content.items():
        where = entry(name, key, body, {"zh", "en", "document", "clause"})
        cite = [_text(where, body, "document"), _text(where, body, "clause")]
        found[key] = {"label": list(labels(where, body)), "cite": cite}
    return found


def read_notices(name: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Notices with their measures, in the order of their numbers."""
    found = {}
    for key, body in content.items():
        where = entry(name, key, body, {"zh", "en", "document", "until", "measure"})
        until = day(where, "until", body.get("until"))
        measures = [_measure(where, one) for one in body.get("measure", [])]
        numbers = [one["number"] for one in measures]
        if numbers != sorted(set(numbers)):
            raise TableError("table_numbers", where=where)
        found[key] = {
            "label": list(labels(where, body)),
            "document": _text(where, body, "document"),
            "until": until.isoformat(),
            "measures": measures,
        }
    return found


def _measure(where: str, body: Any) -> dict[str, Any]:
    if not isinstance(body, dict) or not isinstance(body.get("number"), int):
        raise TableError("table_needs", where=where, key="measure", needed="number")
    where = f"{where} measure {body['number']}"
    only(where, body, _MEASURE)
    if body.get("status") not in STATUSES:
        raise TableError("table_one_of", where=where, key="status", allowed=list(STATUSES))
    if body["status"] == "not_computable" and "why" not in body:
        raise TableError("table_needs", where=where, key="not_computable", needed="why")
    return {
        "number": body["number"],
        "label": list(labels(where, body)),
        **{key: pair(where, body, key) for key in ("who", "much", "by")},
        "why": pair(where, body, "why") if "why" in body else None,
        "until": day(where, "until", body.get("until")).isoformat(),
        "status": body["status"],
    }


def read_rows(name: str, content: Mapping[str, Any]) -> list[Any]:
    """Rows of returns."""
    if set(content) - {"row"}:
        raise TableError("table_key", where=name, key=next(iter(set(content) - {"row"})), allowed=["row"])
    found = []
    for number, body in enumerate(content.get("row", []), 1):
        where = entry(name, f"row {number}", body, _ROW)
        if body.get("confidence") not in CONFIDENCE:
            raise TableError("table_one_of", where=where, key="confidence", allowed=list(CONFIDENCE))
        found.append(
            {
                "of": _text(where, body, "of"),
                "form": pair(where, body, "form"),
                "line": _text(where, body, "line"),
                "text": pair(where, body, "text"),
                "who": {key: body[key] for key in ("taxpayer", "vat_payer") if key in body},
                "from": day(where, "from", body.get("from")).isoformat(),
                "until": day(where, "until", body.get("until")).isoformat(),
                "confidence": body["confidence"],
            }
        )
    return found


def entry(name: str, key: str, body: Any, allowed: set[str]) -> str:
    """Where an entry stands, for messages. Raises TableError where it is no table or has keys not known."""
    where = f"{name}: [{key}]"
    if not isinstance(body, dict):
        raise TableError("table_fact", where=where)
    only(where, body, allowed)
    return where


def only(where: str, body: Mapping[str, Any], allowed: set[str]) -> None:
    """Raises TableError for a key that is not known."""
    for key in body:
        if key not in allowed:
            raise TableError("table_key", where=where, key=key, allowed=sorted(allowed))


def labels(where: str, body: Mapping[str, Any]) -> tuple[str, str]:
    """The two labels of an entry. Raises TableError."""
    both = body.get("zh"), body.get("en")
    if not all(isinstance(label, str) and label.strip() for label in both):
        raise TableError("table_label", where=where)
    return str(both[0]), str(both[1])


def day(where: str, key: str, value: Any) -> date:
    """A date. Raises TableError."""
    if type(value) is date:  # and no time of day, which is a date too in Python
        return value
    raise TableError("table_date", where=where, key=key)


def pair(where: str, body: Mapping[str, Any], key: str) -> list[str]:
    """A text in Chinese and in English. Raises TableError."""
    value = body.get(key)
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(text, str) and text for text in value)):
        raise TableError("table_label", where=f"{where} {key}")
    return value


def _text(where: str, body: Mapping[str, Any], key: str) -> str:
    value = body.get(key)
    if not (isinstance(value, str) and value.strip()):
        raise TableError("table_text", where=where, key=key)
    return value
