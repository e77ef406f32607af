"""The index of many reports: by need of attention, what to do beside each; and by initial."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from taxcalc.assessment.result import Assessment
from taxcalc.base.money import format_yuan
from taxcalc.base.problem import Lang
from taxcalc.report.conditions import UNKNOWN
from taxcalc.report.html import NOBODY, Letterhead, page
from taxcalc.report.initials import initial
from taxcalc.report.labels import LABELS
from taxcalc.report.open_money import open_money

_LEVELS = ("index_failed", "index_doubted", "index_lacking", "index_open", "index_done")
"""From what needs attention most."""


class Entry(NamedTuple):
    """A business in the index. Amounts in fen; `file` is '' where there is no report, and `said` tells why."""

    name: str
    level: int
    said: tuple[str, ...]
    file: str = ""
    period: str = ""
    saving: int | None = None
    payable: int | None = None
    open: int = 0
    """What could still be saved at most."""


def entry_of(name: str, file: str, assessment: Assessment, lang: Lang) -> Entry:
    """What the index says of one business."""
    warnings = tuple(warning.problem.text(lang) for warning in assessment.warnings)
    total, side = assessment.saved, 0 if lang == "zh" else 1
    most = max((one.most for one in open_money(assessment)), default=0)
    said = warnings
    if total.incomplete:
        names = ("、", ", ")[side].join(assessment.levy(id).label[side] for id in total.incomplete)
        said = (*said, LABELS["partial"][side].format(levies=names))
    level = 1 if warnings else 2 if total.incomplete or total.baseline is None else 3 if assessment.questions else 4
    return Entry(name, level, said, file, str(assessment.period), total.saving, total.payable, most)


def as_index(entries: Iterable[Entry], lang: Lang, footer: str, letterhead: Letterhead = NOBODY) -> str:
    """The page of the index."""
    ordered = sorted(entries, key=lambda one: (one.level, -one.open, initial(one.name), one.name, one.file))
    words = _Words(lang)
    return page(lang, words.say("index_title"), letterhead, footer, _body(ordered, words))


class _Words:
    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang

    def say(self, key: str, **values: object) -> str:
        return escape(LABELS[key][0 if self.lang == "zh" else 1].format(**values))

    def money(self, fen: int | None) -> str:
        return UNKNOWN if fen is None else format_yuan(fen, self.lang)


def _body(entries: list[Entry], words: _Words) -> Iterator[str]:
    yield f"<h1>{words.say('index_title')}</h1>"
    yield f'<p class="who">{words.say("index_count", number=len(entries))}</p>'
    by_initial = sorted(entries, key=lambda one: (initial(one.name), one.name, one.file))
    groups = {letter: list(found) for letter, found in groupby(by_initial, lambda one: initial(one.name))}
    yield f'<nav aria-label="{words.say("index_initials")}">'
    yield from (f'<a href="#initial-{_anchor(letter)}">{letter}</a>' for letter in groups)
    yield "</nav>"
    heads = [words.say(key) for key in ("index_business", "saving", "payable")]
    for level, found in groupby(entries, lambda one: one.level):
        rows = list(found)
        yield f'<section id="level-{level}"><h2>{words.say(_LEVELS[level])} ({len(rows)})</h2><table class="index"><thead><tr>'
        yield "".join(f'<th scope="col">{head}</th>' for head in heads)
        yield "</tr></thead><tbody>"
        yield from (_row(one, heads, words) for one in rows)
        yield "</tbody></table></section>"
    yield f"<section><h2>{words.say('index_initials')}</h2>"
    for letter, rows in groups.items():
        yield f'<h3 id="initial-{_anchor(letter)}">{letter}</h3><ul>'
        yield from (f"<li>{_named(one)}</li>" for one in rows)
        yield "</ul>"
    yield "</section>"


def _anchor(letter: str) -> str:
    return letter if letter.isalpha() else "other"


def _named(one: Entry) -> str:
    period = f' <span class="dim">{escape(one.period)}</span>' if one.period else ""
    linked = f'<a href="{escape(quote(one.file))}">{escape(one.name)}</a>' if one.file else escape(one.name)
    return linked + period


def _row(one: Entry, heads: list[str], words: _Words) -> str:
    said = [escape(sentence) for sentence in one.said]
    said += [words.say("at_stake", amount=words.money(one.open))] if one.open else []
    below = "".join(f"<br><small>{sentence}</small>" for sentence in said)
    amounts = zip(("saving", "payable"), (one.saving, one.payable), heads[1:], strict=True)
    cells = "".join(f'<td class="{role}" data-head="{head}">{words.money(fen)}</td>' for role, fen, head in amounts)
    return f'<tr><th scope="row">{_named(one)}{below}</th>{cells}</tr>'
