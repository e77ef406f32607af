"""What ids of the tables and of the computation are called: units, kinds, bases, how a figure was come by."""

from __future__ import annotations

from taxcalc.base.units import Label

BASES: dict[str, Label] = {
    "vat_exemption": ("免税销售额", "exempt sales"),
    "vat_reduced_rate": ("减征销售额", "sales at the reduced rate"),
    "rd_super_deduction": ("加计扣除额", "extra deduction"),
    "small_low_profit": ("应纳税所得额", "taxable income"),
    "western_region": ("应纳税所得额", "taxable income"),
    "high_tech": ("应纳税所得额", "taxable income"),
}
"""What a relief is reckoned on, by its id; of others the word is `base`."""

DENIED: dict[str, Label] = {
    "amounts_include_vat": ("金额不含增值税", "amounts are net of VAT"),
}
"""Facts taken to be "no" that are better said as what holds instead."""

UNITS: dict[str, Label] = {
    "yuan": ("元", "yuan"),
    "persons": ("人", "persons"),
    "years": ("年", "years"),
    "months": ("个月", "months"),
    "days": ("日", "days"),
    "mu": ("亩", "mu"),
    "points": ("个百分点", "points"),
}
"""Units in which the tables write their figures."""

WORDS: dict[str, Label] = {
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "exempt": ("免税", "exempt"),
    "none": ("无", "none"),
    "taxed": ("全额征税", "taxed in full"),
}
"""Words that stand in the tables in place of a figure."""

KINDS: dict[str, Label] = {
    "tax": ("税", "tax"),
    "fee": ("费", "fee"),
    "grant": ("补助", "grant"),
    "financing": ("融资", "financing"),
    "deferral": ("缓缴", "deferral"),
    "evaluation": ("非现金", "evaluation"),
    "personal": ("给个人", "to persons"),
}
"""What a levy or a relief is, in a word."""

ASSUMED: dict[str, Label] = {
    "quarter": ("{label}按 {of} 个季度平均分摊", "{label}: spread evenly over {of} quarters"),
    "month": ("{label}按 {of} 个月平均分摊", "{label}: spread evenly over {of} months"),
    "averaged": ("{label}按 {of} 个季度平均", "{label}: mean of {of} quarters"),
    "to_date": (
        "{label}：年度尚未结束，按已填的第{first}至{last}季度平均",
        "{label}: the year is still running; mean of Q{first} to Q{last}",
    ),
    "one_quarter": (
        "{label}：年度尚未结束，按已填的第{first}季度平均",
        "{label}: the year is still running; mean of Q{first}",
    ),
    "since_opening": (
        "{month} 开业：此前的季度不计入平均数，此前的销售额为 0",
        "opened in {month}: averages leave out the quarters before, and sales before are 0",
    ),
}
"""How a figure was come by that was not stated as it is needed."""

ORIGINS: dict[str, Label] = {
    "spread": ("平均分摊", "spread evenly"),
    "summed": ("合计", "summed"),
    "averaged": ("平均", "averaged"),
    "to_date": ("平均", "averaged"),
}
"""The same in a word, beside the source of a figure."""
