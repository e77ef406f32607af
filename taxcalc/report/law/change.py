"""One change of the law in words: what was, what is, and by how much it differs."""

from __future__ import annotations

from taxcalc.assessment.law_diff import PRESENCE, Change, State
from taxcalc.facts.catalogue import decimal_text
from taxcalc.law.book import Quantity
from taxcalc.report.law.written import UP_TO, Written


def label_of(words: Written, path: str, change: Change) -> str:
    """What a change is of: a parameter, the bands, or whether the table is in force at all."""
    if change.parameter == PRESENCE:
        return words.say("diff_presence")
    labels = words.book.parameters(path)
    if change.parameter in labels:
        return words.pick(labels[change.parameter])
    found = [state.value for state in (*change.before, *change.after) if isinstance(state.value, list)]
    keys = [key for key in dict.fromkeys(key for bands in found for band in bands for key in band) if key != UP_TO]
    return words.listed(words.pick(labels[key]) for key in keys) or words.say("diff_bands")


def side_of(words: Written, path: str, parameter: str, states: tuple[State, ...]) -> str:
    """One side of a change; where a span has several states, each with its days."""
    texts = [words.figure(path, parameter, state.value) for state in states]
    if len(texts) == 1:
        return texts[0]
    days = (words.years(state.start, state.until) for state in states)
    return words.sentences(map(words.aside, texts, days))


def difference(words: Written, path: str, change: Change) -> str:
    """'−50,000 yuan', '+18.75 points', '+5 years'; empty where the two cannot be subtracted."""
    if len(change.before) != 1 or len(change.after) != 1:
        return ""
    before, after = change.before[0].value, change.after[0].value
    if not isinstance(before, Quantity) or not isinstance(after, Quantity):
        return ""
    by = after.exact - before.exact
    sign, size = "+" if by > 0 else "−", abs(by)
    unit = words.book.unit(path, change.parameter)
    if before.unit == "money":
        return sign + words.amount(size)
    if before.unit == "rate" and unit == "‰":
        return f"{sign}{decimal_text(size * 1000)}‰"
    if before.unit == "rate":
        return sign + words.with_unit(decimal_text(size * 100), "points")
    return sign + words.with_unit(decimal_text(size), unit)
