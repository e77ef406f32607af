"""Vehicle purchase tax, and its relief for new-energy vehicles: of one price, for a number of vehicles."""

from __future__ import annotations

from taxcalc.graph.firm import Firm
from taxcalc.graph.law import Law
from taxcalc.graph.line import line
from taxcalc.graph.nodes import Node
from taxcalc.graph.words import all_of, round_fen, when
from taxcalc.rules.terms import Levy, Relief, concerns

NEW_ENERGY = Relief("nev_purchase_tax", "tax", "vehicle.new_energy")


@line("车辆计税价格（不含税）", "taxable price of a vehicle")
def price(firm: Firm, law: Law) -> Node:
    net = round_fen(firm.vehicle_price / (1 + law.vat.general.standard))
    return when(firm.amounts_include_vat, net, firm.vehicle_price)


@line("每辆应纳车辆购置税", "purchase tax of a vehicle")
def due(firm: Firm, law: Law) -> Node:
    return round_fen(price(firm, law) * law.vehicle.purchase.rate)


@line("每辆减免的车辆购置税", "purchase tax waived, a vehicle")
def waived(firm: Firm, law: Law) -> Node:
    bought = concerns(firm, firm.vehicle_price) & (firm.vehicles > 0)
    granted = NEW_ENERGY.granted(firm, law, bought, firm.new_energy_vehicle, base=due(firm, law) * firm.vehicles)
    return when(granted, within_limit(round_fen(due(firm, law) * law.vehicle.new_energy.share), firm, law), 0)


@line("车辆购置税", "Vehicle purchase tax")
def purchase_tax(firm: Firm, law: Law) -> Node:
    return (due(firm, law) - waived(firm, law)) * firm.vehicles


def within_limit(amount: Node, firm: Firm, law: Law) -> Node:
    """From 2024 a passenger car saves no more than a limit; a van, a lorry or a bus has none (公告2023年第10号 art. 1)."""
    limit = law.vehicle.new_energy.limit
    return when(all_of(amount > limit, firm.passenger_car), limit, amount) if isinstance(limit, Node) else amount


LEVIES = (
    Levy(
        "vehicle_purchase",
        "tax",
        ("车辆购置税", "Vehicle purchase tax"),
        purchase_tax,
        facts=("vehicle_price",),
        reliefs=(NEW_ENERGY,),
    ),
)
