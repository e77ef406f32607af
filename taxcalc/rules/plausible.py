"""Signs that figures were not meant as they stand: a unit is missing, or a cell slipped. None changes a figure."""

from __future__ import annotations

from taxcalc.facts.catalogue import COUNT_LIMIT, MONEY_LIMIT
from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.nodes import NEVER, Const, Node
from taxcalc.graph.words import all_of, any_of, at_least_zero, given_sum, least, or_zero, total
from taxcalc.rules.terms import Check
from taxcalc.rules.who import is_enterprise

LEAST_FOR_EACH = Const(100_000, "money", ("每名从业人员的销售额", "sales for each employee"))
"""Fen: one wage of a month is more. Sales in 万元 read as yuan are far below, true ones far above."""
LEAST_ASSETS = Const(1_000_000, "money", ("资产总额", "total assets"))
TURNED_OVER, APART = 100, 3_000
"""How often a year sales may exceed assets; and a part, its whole."""
_MOST_SALES = Const(100_000 * COUNT_LIMIT, "money", ("销售额", "sales"))
_MOST_PART = Const(12 * MONEY_LIMIT // APART, "money", ("销售额", "sales"))
"""What a comparison does not tell from more: so products stay in 64 bits."""


def sales_in_all(firm: Firm) -> Node:
    """As they were given, with VAT or without."""
    return total(view.revenue for view in firm.periods)


def sales_small_for_staff(firm: Firm, law: Law) -> Node:
    sales = _capped(sales_in_all(firm), _MOST_SALES)
    return all_of(sales > 0, sales < firm.employees * LEAST_FOR_EACH)


def assets_small_for_sales(firm: Firm, law: Law) -> Node:
    assets = _capped(firm.assets, LEAST_ASSETS)
    return all_of(assets > 0, assets < LEAST_ASSETS, assets * TURNED_OVER <= sales_in_all(firm))


def sales_uneven(firm: Firm, law: Law) -> Node:
    """One quarter or month is thousands of times below the others: it is in another unit."""
    if len(firm.periods) < 2:
        return NEVER
    sales = total(or_zero(view.revenue) for view in firm.periods)  # some may be known alone
    parts = [_capped(view.revenue, _MOST_PART) for view in firm.periods]
    return any_of(*(all_of(part > 0, part * APART < sales) for part in parts))


def _capped(amount: Node, most: Const) -> Node:
    return least(at_least_zero(amount), most)


def rd_exceeds_sales(firm: Firm, law: Law) -> Node:
    """A business without sales may well do research."""
    first, *more = (firm[name] for name in _RD)
    sales = sales_in_all(firm)
    return all_of(sales > 0, given_sum(first, *more) > sales)


def no_staff_beside_sales(firm: Firm, law: Law) -> Node:
    return all_of(is_enterprise(firm, law), sales_in_all(firm) > 0, firm.employees <= 0)


def no_assets_beside_sales(firm: Firm, law: Law) -> Node:
    return all_of(is_enterprise(firm, law), sales_in_all(firm) > 0, firm.assets <= 0)


_RD = ("rd_expensed", "rd_other_costs", "rd_entrusted_domestic", "rd_entrusted_overseas", "rd_capitalised")
CHECKS = (
    Check("sales_small_for_staff", "warning", ("revenue",), sales_small_for_staff),
    Check("assets_small_for_sales", "warning", ("assets",), assets_small_for_sales),
    Check("sales_uneven", "warning", ("revenue",), sales_uneven),
    Check("rd_exceeds_sales", "warning", _RD, rd_exceeds_sales),
    Check("no_staff_beside_sales", "warning", ("employees",), no_staff_beside_sales),
    Check("no_assets_beside_sales", "warning", ("assets",), no_assets_beside_sales),
)
