"""The columns that a batch adds to a table: their names, and their sets put in words."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from taxcalc.batch.compute import Computation
from taxcalc.engine.text import Wording
from taxcalc.graph import Label
from taxcalc.labels import filled
from taxcalc.problem import Lang
from taxcalc.report.inputs import in_words
from taxcalc.report.labels import LABELS

_FIGURES: dict[str, Label] = {
    "baseline": ("无优惠应缴", "due without reliefs"),
    "saving": ("节省", "saved"),
    "payable": ("应缴", "to pay"),
    "balance": ("应补（退）", "still to pay"),
    "relief": ("节省", "saved"),
    "worth": ("放弃代价", "worth"),
    "loss_carried_forward": ("结转以后年度亏损", "loss carried forward"),
}
_SAVED: dict[str, Label] = {
    "grant": ("获得", "received"),
    "financing": ("融资成本节省", "financing cost saved"),
    "deferral": ("少占用", "kept meanwhile"),
    "evaluation": ("评审优惠（非现金）", "advantage, no cash"),
}
"""What is no tax or fee is not called saved."""
_TOTALS: dict[str, Label] = {
    "grant": ("获得补助合计", "grants received in all"),
    "financing": ("融资成本节省合计", "financing cost saved in all"),
}
_AT_MOST: Label = ("（上限）", " (at most)")
_SETS: dict[str, Label] = {
    "regime": ("企业所得税采用", "income tax regime"),
    "reasons": ("未享受原因", "not granted because"),
    "needs": ("尚缺资料", "needs"),
    "notes": ("注意", "notes"),
}
SETS_OF = {"summary": ("regime", "needs", "notes"), "items": tuple(_SETS), "full": tuple(_SETS)}
"""The columns of text of each detail."""


class Columns:
    """Names and words of one batch in one language."""

    def __init__(self, computation: Computation, lang: Lang) -> None:
        self.computation, self.lang = computation, lang
        self._side = 0 if lang == "zh" else 1
        self.figures = computation.figures
        self.sets = SETS_OF[computation.detail]
        self._lock = threading.Lock()
        self._known: dict[str, list[str]] = {what: [] for what in self.sets}

    @property
    def titles(self) -> list[str]:
        """The headings: figures, then texts."""
        return [*map(self.title, self.figures), *(_SETS[what][self._side] for what in self.sets)]

    def title(self, figure: str) -> str:
        """The heading of a figure."""
        id, _, what = figure.partition(".")
        if id in _TOTALS and not what:
            return _TOTALS[id][self._side]
        if not what:
            text = _FIGURES[id][self._side]
            return text if id == "loss_carried_forward" else f"{text}{('合计', ' in all')[self._side]}"
        colon = ("：", ": ")[self._side]
        if what in ("relief", "worth"):
            relief = self._model.reliefs[id]
            called = _SAVED.get(relief.kind, _FIGURES[what]) if what == "relief" else _FIGURES[what]
            at_most = _AT_MOST[self._side] if relief.at_most else ""
            return f"{called[self._side]}{at_most}{colon}{self.relief(id)}"
        levy = self._model.levies[id].levy
        called = _SAVED.get(levy.kind, _FIGURES[what]) if what == "saving" else _FIGURES[what]
        return f"{levy.label[self._side]}{colon}{called[self._side]}"

    def is_saving(self, figure: str) -> bool:
        """Is this what a relief saves of taxes and fees, not money that is only kept for a while?"""
        id, _, what = figure.partition(".")
        return what == "relief" and self._model.reliefs[id].kind in ("tax", "fee")

    @property
    def _model(self) -> Any:
        return self.computation.model

    def relief(self, id: str) -> str:
        """The name of a relief."""
        return self.computation.book.table(self._model.reliefs[id].table).label[self._side]

    def texts(self, what: str, spell: Callable[[str], str] = str) -> list[str]:
        """The texts of the sets of a kind that were met so far, by their numbers; each spelled once."""
        known = self._known[what]
        with self._lock:  # blocks are written in several threads
            for meaning in self.computation.sets(what)[len(known) :]:
                known.append(spell(self._text(what, meaning)))
        return known

    def _text(self, what: str, meaning: Any) -> str:
        if what == "regime":  # the text is shared by rows of different years, so it names no rate
            standard = filled(LABELS["standard"], {})[self._side]
            return standard if meaning == "standard" else self.relief(meaning) if meaning else ""
        if what == "needs":
            return in_words(self.computation.catalogue, meaning, self._side)
        if what == "notes":
            return ("；", "; ")[self._side].join(sorted(note.said.text(self.lang) for note in meaning))
        by_relief: dict[str, list[str]] = {}
        for reason in sorted(meaning, key=lambda reason: (list(self._model.reliefs).index(reason.relief), reason[1])):
            by_relief.setdefault(reason.relief, []).append(Wording.refusal(reason.node, self.lang))
        parts = [
            f"{self.relief(id)}{('：', ': ')[self._side]}{('、', ', ')[self._side].join(texts)}"
            for id, texts in by_relief.items()
        ]
        return ("；", "; ")[self._side].join(parts)
