"""The sentence of a check: for all rows of a table the same, for one firm with its amounts."""

from __future__ import annotations

from decimal import Decimal

from taxcalc.assessment.model import Model
from taxcalc.base.problem import Problem, problem
from taxcalc.base.units import Label, Number
from taxcalc.engines.exact import Exact, Unknown, Value
from taxcalc.facts.catalogue import Fact
from taxcalc.facts.statement import FactSet
from taxcalc.graph.nodes import In, Named, Node, walk
from taxcalc.rules.terms import Check

_ENDS: tuple[Label, ...] = (("全不计入时", "with none of it"), ("全部计入时", "with all of it"))

_TURNED: tuple[Label, ...] = (
    ("该季增值税全按小规模纳税人时", "VAT of that quarter as a small-scale payer throughout"),
    ("该季增值税全按一般纳税人时", "VAT of that quarter as a general payer throughout"),
)


def sentence(check: Check, zh: str = "", en: str = "") -> Problem:
    """What a check says, with amounts in the place that its message may have for them."""
    has_amounts = check.amounts or check.ends or check.turning
    return problem(check.id, amounts=(zh, en)) if has_amounts else problem(check.id)


def said(check: Check, model: Model, facts: FactSet, exact: Exact) -> Problem:
    """What a check says of one firm."""
    lines = [rule(model.firm, model.law) for rule in check.amounts]
    found = [(line.label, exact.value(line)) for line in lines if isinstance(line, Named)]
    if check.ends:
        payable = model.levies[check.ends].payable
        zh, en = model.levies[check.ends].levy.label
        for share, (if_zh, if_en) in enumerate(_ENDS):
            found.append(((f"{zh}{if_zh}", f"{en} {if_en}"), _supposed(payable, share, facts, exact)))
    found += _turned(check, model, exact)
    known = [(label, f"{Decimal(int(value)).scaleb(-2):,}") for label, value in found if not isinstance(value, Unknown)]
    if not known:
        return sentence(check)
    zh = "；".join(f"{label[0]} {text} 元" for label, text in known)
    en = "; ".join(f"{label[1]} {text}" for label, text in known)
    return sentence(check, f"（{zh}）", f" ({en})")


def _turned(check: Check, model: Model, exact: Exact) -> list[tuple[Label, Value]]:
    """The amount if the firm becomes a general payer only after the quarter, and if it does with its first month."""
    if not check.turning:
        return []
    amount, month = (rule(model.firm, model.law) for rule in check.turning)
    first = exact.value(month)
    if isinstance(first, Unknown):
        return []
    since = next((one for one in walk(amount) if isinstance(one, In) and one.fact.name == "general_from"), None)
    supposed = ({since: int(first) + later} if since is not None else {} for later in (3, 0))
    return [(label, exact.supposing_all(one).value(amount)) for label, one in zip(_TURNED, supposed, strict=True)]


def _supposed(node: Node, share: int, facts: FactSet, exact: Exact) -> Value:
    """A value where nothing, or all, of each figure that is only stated to the end of the period falls in its quarters."""
    supposed: dict[In, Number] = {}
    seen: set[Fact] = set()
    for quarter in walk(node):
        if isinstance(quarter, In) and quarter.fact.adds_up and quarter.period:
            whole = facts.resolve(quarter.fact, None)
            if whole and not isinstance(whole.value, str) and not facts.resolve(quarter.fact, quarter.period):
                supposed[quarter] = 0 if quarter.fact in seen else whole.value * share
                seen.add(quarter.fact)
    return exact.supposing_all(supposed).value(node)
