"""What the next period opens with: credits, losses, and what was prepaid once this period is settled."""

from __future__ import annotations

from taxcalc.assessment import Balances, Loss
from taxcalc.engine.exact import Unknown
from taxcalc.graph import Node
from taxcalc.money import Fen
from taxcalc.savings import Savings

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
        income_tax=due,
        income_tax_prepaid=prepaid,
    )


def _known(savings: Savings, node: Node) -> Fen | None:
    value = savings.exact.value(node)
    return None if isinstance(value, Unknown) else Fen(value)


def _losses(savings: Savings, left: int) -> list[Loss]:
    """What is left of each loss: the oldest is set off first, so the youngest are left.

    A year's own loss is known by its year; losses brought forward are of earlier years.
    """
    year, years = savings.facts.period.year, int(savings.exact.value(savings.model.years_of_losses))
    own = min(max(0, -savings.exact.value(savings.model.income_after_rd)), left)
    found = [Loss(None, Fen(left - own), None)] if left > own else []
    return [*found, Loss(year, Fen(own), year + years)] if own else found
