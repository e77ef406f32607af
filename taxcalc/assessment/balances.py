"""What the next period opens with: credits, losses, and what was prepaid once this period is settled."""

from __future__ import annotations

from taxcalc.assessment.amounts import BLANK
from taxcalc.assessment.due import Dues
from taxcalc.assessment.model import Model
from taxcalc.base.algebra import Whole, plain_int
from taxcalc.base.money import Fen
from taxcalc.engines.exact import Exact, Unknown
from taxcalc.facts.opening import Balances, Loss
from taxcalc.facts.statement import FactSet
from taxcalc.graph.nodes import Node

_INCOME_TAXES = ("corporate_income", "individual_income")


def balances_of(facts: FactSet, dues: Dues, exact: Exact) -> Balances:
    """The balances of one firm at the end of the assessed period."""
    amounts, model, known = dues.amounts, dues.amounts.model, dues.amounts.known
    closing = {b.id: _known(exact, b.amount) if exact.value(b.applies) is True else None for b in model.balances}
    loss = _fen(amounts.carried())
    income_tax = next((id for id in _INCOME_TAXES if known.get(id) and model.levies[id].balance is not None), None)
    stated = prepaid = None
    if income_tax:
        stated, due = _fen(amounts.balance(income_tax)), _fen(dues.due(income_tax))
        payable = plain_int(amounts.payable[income_tax].n)
        prepaid = None if due is None else Fen(max(payable, payable - due))
    return Balances(
        vat_credit=closing.get("vat_credit"),
        additional_deduction=closing.get("additional_deduction"),
        loss=loss,
        losses=tuple(_losses(facts, model, exact, loss)) if loss else (),
        losses_before=_losses_before(facts),
        income_tax=stated,
        income_tax_prepaid=prepaid,
        months_used=_months_used(facts, model, exact),
    )


def _fen(amount: Whole) -> Fen | None:
    return None if amount == BLANK else Fen(plain_int(amount))


def _known(exact: Exact, node: Node) -> Fen | None:
    value = exact.value(node)
    return None if isinstance(value, Unknown) else Fen(value)


def _losses(facts: FactSet, model: Model, exact: Exact, left: int) -> list[Loss]:
    """What is left of each loss: the oldest is set off first, and the year's own is the youngest."""
    year, years = facts.period.year, int(exact.known(model.years_of_losses))
    own = max(0, -int(exact.known(model.income_after_rd)))
    found: list[Loss] = []
    for loss in (Loss(year, Fen(own), year + years), *reversed(_losses_before(facts))):
        amount = min(loss.amount, left)
        left -= amount
        if amount:
            found.insert(0, loss._replace(amount=Fen(amount)))
    return found


def _losses_before(facts: FactSet) -> tuple[Loss, ...]:
    """Losses brought forward, by their years where an earlier answer told these."""
    stated = facts.stated.get("loss_brought_forward")
    if stated is None or not stated.value:
        return ()
    brought = Fen(int(stated.value))
    opening = facts.opening
    if opening and sum(loss.amount for loss in opening.losses) == brought:
        return tuple(opening.losses)
    return (Loss(None, brought, None),)


def _months_used(facts: FactSet, model: Model, exact: Exact) -> dict[str, int]:
    """Of each relief with a term in months that is granted: the months of this period and of those before it."""
    before = facts.opening.months_used if facts.opening else {}
    used = dict(before)
    for id, terms in model.terms.items():
        if any(exact.value(grant) is True for grant in model.grants.get(id, ())):
            used[id] = sum(int(exact.known(months)) for months in terms)
    return used
