"""One change of the law in words: what was, what is, and by how much it differs."""

from __future__ import annotations

from taxcalc.assessment.law_diff import PRESENCE, Change, State
from taxcalc.facts.catalogue import decimal_text
from taxcalc.law.book import Bands, Quantity, Value
from taxcalc.report.law.figures import UP_TO, part
from taxcalc.report.law.view import LawView


def label_of(view: LawView, path: str, change: Change) -> str:
    """What a change is of: a parameter, the bands, or whether the table is in force at all."""
    if change.parameter == PRESENCE:
        return view.say("diff_presence")
    labels = view.book.parameters(path)
    if change.parameter in labels:
        return view.pick(labels[change.parameter])
    found = [state.value for state in (*change.before, *change.after) if isinstance(state.value, list)]
    keys = [key for key in dict.fromkeys(key for bands in found for band in bands for key in band) if key != UP_TO]
    return view.listed(view.pick(labels[key]) for key in keys) or view.say("diff_bands")


def side_of(view: LawView, path: str, parameter: str, states: tuple[State, ...]) -> str:
    """One side of a change; where a span has several states, each with its days."""
    texts = [value_text(view, path, parameter, state.value) for state in states]
    if len(texts) == 1:
        return texts[0]
    left, right = ("（", "）") if view.lang == "zh" else (" (", ")")
    dated = (
        f"{text}{left}{view.years(state.start, state.until)}{right}" for text, state in zip(texts, states, strict=True)
    )
    return ("；" if view.lang == "zh" else "; ").join(dated)


def value_text(view: LawView, path: str, parameter: str, value: Value | Bands | None) -> str:
    """A figure, or bands in one line: 'up to 1,000,000 yuan 12.5%, above 1,000,000 yuan 25%'."""
    if value is None:
        return view.say("diff_none")
    if not isinstance(value, list):
        return view.written.figure(path, parameter, value)
    parts, bottom = [], ""
    for band in value:
        figures = {key: view.written.figure(path, key, item) for key, item in band.items()}
        top = figures.pop(UP_TO, "")
        text = " / ".join(figures.values())
        parts.append(f"{part(view, bottom, top)} {text}" if top or bottom else text)
        bottom = top
    return view.listed(parts)


def difference(view: LawView, path: str, change: Change) -> str:
    """'−50,000 yuan', '+18.75 points', '+5 years'; empty where the two cannot be subtracted."""
    if len(change.before) != 1 or len(change.after) != 1:
        return ""
    before, after = change.before[0].value, change.after[0].value
    if not isinstance(before, Quantity) or not isinstance(after, Quantity):
        return ""
    by = after.exact - before.exact
    sign, size = "+" if by > 0 else "−", abs(by)
    unit = view.book.unit(path, change.parameter)
    if before.unit == "money":
        return sign + view.written.amount(size)
    if before.unit == "rate" and unit == "‰":
        return f"{sign}{decimal_text(size * 1000)}‰"
    if before.unit == "rate":
        return sign + view.written.with_unit(decimal_text(size * 100), "points")
    return sign + view.written.with_unit(decimal_text(size), unit)
