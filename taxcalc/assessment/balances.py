"""What the next period opens with: credits, losses, and what was prepaid once this period is settled."""

from __future__ import annotations

from taxcalc.assessment.savings import Savings
from taxcalc.base.money import Fen
from taxcalc.engines.exact import Unknown
from taxcalc.facts.opening import Balances, Loss
from taxcalc.graph.nodes import Node

_INCOME_TAXES = ("corporate_income", "individual_income")


def balances_of(savings: Savings) -> Balances:
    """The balances of one firm at the end of the assessed period."""
    model = savings.model
    closing = {b.id: _known(savings, b.amount) if savings.holds(b.applies) else None for b in model.balances}
    loss = _known(savings, model.loss_carried_forward) if "corporate_income" in savings.full else None
    income_tax = next((id for id in _INCOME_TAXES if id in savings.full and model.levies[id].balance is not None), None)
    due = prepaid = None
    if income_tax:
        balance = model.levies[income_tax].balance
        due = _known(savings, balance) if balance is not None else None
        payable = savings.full[income_tax]
        if due is not None:
            prepaid = Fen(max(payable, payable - due))
        elif savings.facts.period.first == 1 and savings.facts.period.months < 12:
            prepaid = Fen(payable)  # nothing of the year can have been prepaid before its first period
    return Balances(
        vat_credit=closing.get("vat_credit"),
        additional_deduction=closing.get("additional_deduction"),
        loss=loss,
        losses=tuple(_losses(savings, loss)) if loss else (),
        losses_before=_losses_before(savings),
        income_tax=due,
        income_tax_prepaid=prepaid,
        months_used=_months_used(savings),
    )


def _known(savings: Savings, node: Node) -> Fen | None:
    value = savings.exact.value(node)
    return None if isinstance(value, Unknown) else Fen(value)


def _losses(savings: Savings, left: int) -> list[Loss]:
    """What is left of each loss: the oldest is set off first, and the year's own is the youngest."""
    year, years = savings.facts.period.year, int(savings.exact.value(savings.model.years_of_losses))
    own = max(0, -savings.exact.value(savings.model.income_after_rd))
    found: list[Loss] = []
    for loss in (Loss(year, Fen(own), year + years), *reversed(_losses_before(savings))):
        amount = min(loss.amount, left)
        left -= amount
        if amount:
            found.insert(0, loss._replace(amount=Fen(amount)))
    return found


def _losses_before(savings: Savings) -> tuple[Loss, ...]:
    """Losses brought forward, by their years where an earlier answer told these."""
    stated = savings.facts.stated.get("loss_brought_forward")
    if stated is None or not stated.value:
        return ()
    brought = Fen(int(stated.value))
    opening = savings.facts.opening
    if opening and sum(loss.amount for loss in opening.losses) == brought:
        return tuple(opening.losses)
    return (Loss(None, brought, None),)


def _months_used(savings: Savings) -> dict[str, int]:
    """Of each relief with a term in months that is granted: the months of this period and of those before it."""
    before = savings.facts.opening.months_used if savings.facts.opening else {}
    used = dict(before)
    for id, months in savings.model.terms.items():
        if any(savings.holds(grant) for grant in savings.model.grants.get(id, ())):
            here = savings.exact.value(months)
            if not isinstance(here, Unknown):
                used[id] = before.get(id, 0) + int(here)
    return used
