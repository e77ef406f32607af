"""Every column of a table of answers: an id that depends on neither language nor data, and a name in each language.

total.payable                     taxes and fees together; total.grant and total.financing are beside them
due_now.total|income_tax          what the returns of the period come to, and of it the income tax
vat.baseline|saving|payable|balance       of each levy, by its id
relief.small_low_profit.saving|worth      of each relief, by its id
advice.fact|limit|distance|at_stake      the nearest limit, where advice is asked for
advice.unlock|unlock_saving|unlock_needs  and the largest relief that is not given
regime, reasons, needs, notes, incomplete, due_incomplete    what is said of a row
relief, kind, status, base, before, …     of the reliefs of one business
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Literal

from taxcalc.assessment.model import every_levy, reliefs_with
from taxcalc.base.units import Label
from taxcalc.law.book import LawBook
from taxcalc.report.labels import LABELS

Names = Literal["id", "zh", "en"]
NAMES: tuple[Names, ...] = ("id", "zh", "en")
ITEM = ("id", "relief", "kind", "status", "base", "before", "saving", "after", "worth", "reason", "source")
"""The columns of the reliefs of one business."""
SUM = ("item", "businesses", "amount")
"""The columns of the totals of a batch, after those by which they are grouped."""
SETS: dict[str, Label] = {
    "regime": ("企业所得税采用", "income tax regime"),
    "reasons": ("未享受原因", "not granted because"),
    "needs": ("尚缺资料", "needs"),
    "notes": ("注意", "notes"),
    "incomplete": ("未计入的税费", "not counted"),
    "due_incomplete": ("应补（退）未计入的税费", "not counted in what is due"),
}
REJECTED: dict[str, Label] = {
    "row": ("行", "row"),
    "id": ("标识", "id"),
    "column": ("列", "column"),
    "value": ("值", "value"),
    "problem": ("问题与处理", "what is wrong and what to do"),
}
"""The columns of the rows that could not be computed."""
_FIGURES: dict[str, Label] = {
    "baseline": ("不享受优惠时应纳", "due without reliefs"),
    "saving": ("减免税费额", "saved"),
    "payable": ("优惠后应纳", "to pay"),
    "balance": ("应补（退）", "still to pay"),
    "worth": ("单独放弃多缴", "worth"),
}
_SAVED: dict[str, Label] = {
    "grant": ("获得", "received"),
    "financing": ("融资成本节省", "financing cost saved"),
    "deferral": ("缓缴金额", "kept meanwhile"),
    "evaluation": ("评审优惠（非现金）", "advantage, no cash"),
    "personal": ("个人可得", "paid to persons"),
}
"""What is no tax or fee is not called saved."""
_TOTALS: dict[str, Label] = {
    "baseline": ("不享受优惠时应纳合计", "due without reliefs in all"),
    "saving": ("减免税费额合计", "saved in all"),
    "payable": ("优惠后应纳合计", "to pay in all"),
    "grant": ("获得补助合计", "grants received in all"),
    "financing": ("融资成本节省合计", "financing cost saved in all"),
}
_DUE: dict[str, Label] = {
    "total": ("本期应补（退）合计", "due for the period in all"),
    "income_tax": ("其中：所得税应补（退）", "of it income tax"),
}
_AT_MOST: Label = ("（上限）", " (at most)")
ADVICE: dict[str, Label] = {
    "advice.fact": ("最近临界点所在项目", "nearest limit is of"),
    "advice.limit": ("最近临界点", "nearest limit"),
    "advice.distance": ("距临界点（负为已超）", "room to it, below 0 once over"),
    "advice.at_stake": ("临界点所涉税费", "taxes and fees at stake there"),
    "advice.unlock": ("可再享受的最大优惠", "largest relief not given"),
    "advice.unlock_saving": ("该优惠可再省", "what it would save more"),
    "advice.unlock_needs": ("该优惠所需", "what it needs"),
}
"""The columns of advice on each row of a table."""
NOT_IN: dict[str, Label] = {
    "incomplete": ("未计入", "not counted"),
    "due_incomplete": ("应补（退）未计入", "not counted in what is due"),
}
"""By kind of sum: before the levies that it lacks."""


@functools.cache
def titles(book: LawBook) -> Mapping[str, Label]:
    """The name of every column of answers under these tables, by its id."""
    found: dict[str, Label] = {f"total.{what}": label for what, label in _TOTALS.items()}
    found |= {f"due_now.{what}": label for what, label in _DUE.items()}
    levies = every_levy(book)
    for levy in levies:
        for what in ("baseline", "saving", "payable", "balance"):
            called = _SAVED.get(levy.kind, _FIGURES[what]) if what == "saving" else _FIGURES[what]
            found[f"{levy.id}.{what}"] = _of(levy.label, called)
        found |= {f"{kind}.{levy.id}": _of(words, levy.label) for kind, words in NOT_IN.items()}
    for relief in reliefs_with(levies):
        label = book.table(relief.table).label
        for what in ("saving", "worth"):
            called = _SAVED.get(relief.kind, _FIGURES[what]) if what == "saving" else _FIGURES[what]
            if relief.at_most:
                called = called[0] + _AT_MOST[0], called[1] + _AT_MOST[1]
            found[f"relief.{relief.id}.{what}"] = _of(called, label)
    found["loss_carried_forward"] = ("结转以后年度亏损", "loss carried forward")
    return found | SETS | ADVICE | {id: LABELS[id] for id in (*ITEM[1:], *SUM)} | {"id": ("id", "id")}


def _of(whose: Label, what: Label) -> Label:
    return f"{whose[0]}：{what[0]}", f"{whose[1]}: {what[1]}"


def title(book: LawBook, id: str, names: Names) -> str:
    """The heading of a column."""
    return id if names == "id" else titles(book)[id][0 if names == "zh" else 1]
