"""VAT, the surcharges on it, and the small taxes of one business, under any claims."""

from __future__ import annotations

from . import addon, small_taxes, surcharges, vat_general, vat_small
from .firm import Firm
from .vat_small import Claims

SMALL_RELIEFS = frozenset(("stamp_loan_exemption", "stated_relief", "six_taxes_halving"))
VAT_RELIEFS = frozenset(
    (
        *("vat_exemption", "vat_full_exemption", "vat_exempt_services", "vat_reduced_rate"),
        *("vat_hubei_exemption", "vat_additional_deduction"),
    )
)


class Turnover:
    """What does not depend on claims is worked out once; the VAT once for each set of claims about it, and so are the small taxes."""

    def __init__(self, firm: Firm) -> None:
        self.firm = firm
        self.kinds: list[vat_small.Sales] | None = None
        self.sales: list[int] | None
        """Fen of taxable sales of each filing period, which the education surcharges ask for."""
        if firm.small_scale:
            self.kinds = vat_small.sales(firm)
            self.sales = [kind.total for kind in self.kinds] if self.kinds else None
        else:
            self.sales = vat_general.sales(firm)
        self.small = small_taxes.before_reliefs(firm)
        self.taxes: dict[Claims, dict[str, int]] = {}
        self.known: dict[Claims, tuple[list[int] | None, list[surcharges.Base]]] = {}

    def vat(self, claimed: Claims) -> tuple[list[int] | None, list[surcharges.Base]]:
        """Fen of VAT of each filing period, None when it is not known, and what the surcharges are levied on.

        VAT that is stated as paid stands in for what cannot be worked out of a general payer; that of a small-scale
        payer always comes from its sales.
        """
        if claimed not in self.known:
            tax = None
            if self.kinds:
                left_out = self.firm.flag("real_estate_left_out")
                hubei = self.firm.flag("hubei")
                periods = zip(self.kinds, self.firm.periods, strict=True)
                tax = [vat_small.tax(kind, period, claimed, left_out, hubei) for kind, period in periods]
            elif not self.firm.small_scale:
                tax = addon.tax(self.firm, claimed)
            if tax is None and not self.firm.small_scale and self.firm.parts("vat_paid"):
                paid = [amount for _, _, amount in self.firm.parts("vat_paid")]
                self.known[claimed] = paid, surcharges.bases(self.firm, None, self.sales)
            else:
                self.known[claimed] = tax, surcharges.bases(self.firm, tax, self.sales)
        return self.known[claimed]

    def levies(self, claimed: Claims) -> dict[str, int]:
        """Fen payable of each levy that is known."""
        kind = claimed & SMALL_RELIEFS
        if kind not in self.taxes:
            self.taxes[kind] = small_taxes.due(self.firm, self.small, kind)
        found = dict(self.taxes[kind])
        tax, bases = self.vat(claimed & VAT_RELIEFS)
        if tax is not None:
            found["vat"] = sum(tax)
        if bases:
            urban, education, local = surcharges.due(self.firm, bases, claimed)
            found |= {"urban_construction": urban, "education_surcharge": education, "local_education_surcharge": local}
        return found
