"""The column of a form for the sums since January: of the lines as they were filed, not computed anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from taxcalc.base.period import Period
from taxcalc.law.book import label_of
from taxcalc.law.schema import FormEntry
from taxcalc.returns.sheet import Line, Sheet


def with_sums(sheets: Sequence[Sheet], forms: Mapping[str, FormEntry], year: Period) -> list[Sheet]:
    """The sheets of a year, and behind the last of each form that has such a column that one, where all before are there."""
    found: list[Sheet] = []
    for sheet in sheets:
        found.append(sheet)
        column = forms[sheet.id]["to_date"]
        if column is None or sheet.period.end != year.end:
            continue
        family = forms[sheet.id]["family"]
        filed = [one for one in sheets if forms[one.id]["family"] == family]
        if len(filed) == year.months // sheet.period.months > 1:
            lines = tuple(_sum(line, filed) for line in sheet.lines if line.unit == "yuan")
            found.append(sheet._replace(id=f"{sheet.id}_to_date", column=label_of(column), lines=lines, notes=()))
    return found


def _sum(line: Line, filed: Sequence[Sheet]) -> Line:
    parts = [one for sheet in filed for one in sheet.lines if one.id == line.id]
    amounts = [part.value for part in parts if not isinstance(part.value, str)]
    known = None not in amounts
    needs = dict.fromkeys(each for part in parts for each in part.needs)
    asks = dict.fromkeys(each for part in parts for each in part.asks)
    return line._replace(
        value=sum(int(amount or 0) for amount in amounts) if known else None,
        formula=("", ""),
        source=(),
        needs=() if known else tuple(needs),
        asks=() if known else tuple(asks),
    )
