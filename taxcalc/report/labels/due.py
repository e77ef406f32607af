"""What is due and when, and the charts and conditions of the page for a client."""

from __future__ import annotations

from taxcalc.base.units import Label

DUE: dict[str, Label] = {
    "due_total": ("本期应补（退）合计 {amount} 元", "{amount} due for the period in all"),
    "due_back": ("本期应退合计 {amount} 元", "{amount} to get back for the period in all"),
    "due_total_year": ("全年应补（退）合计 {amount} 元", "{amount} due for the year in all"),
    "due_back_year": ("全年应退合计 {amount} 元", "{amount} to get back for the year in all"),
    "due_period": ("{levies}：本期 {amount} 元", "{levies}: {amount} of the period"),
    "due_year": ("{levies}：全年各期申报共 {amount} 元", "{levies}: {amount}, the returns of the year together"),
    "due_less": (
        "{levy}：{which}应纳 {amount} 元，减已预缴 {prepaid} 元，应补 {due} 元",
        "{levy}: {amount} {which} less {prepaid} prepaid, {due} still to pay",
    ),
    "due_less_back": (
        "{levy}：{which}应纳 {amount} 元，减已预缴 {prepaid} 元，应退或抵缴 {due} 元",
        "{levy}: {amount} {which} less {prepaid} prepaid, {due} to get back or set off",
    ),
    "due_also": (
        "另：{levies}{which}应纳 {amount} 元，减已预缴后补",
        "besides: {levies}, {amount} {which} less what was prepaid",
    ),
    "due_of_all": (
        "本期应补（退）合计 {total} 元，其中所得税 {income_tax} 元",
        "{total} due for the periods in all, of it {income_tax} income tax",
    ),
    "due_of_all_but": (
        "本期应补（退）合计 {total} 元，不含所得税",
        "{total} due for the periods in all, without income tax",
    ),
    "due_title": ("应补（退）与申报期限", "Due, and by when"),
    "filed_by": ("{levies}：不晚于 {day} 申报缴纳", "{levies}: to be filed and paid by {day}"),
    "filed_within": (
        "{levies}：{whose}之日起 {days} 日内申报缴纳（遇节假日顺延，以当年征期日历为准）",
        "{levies}: to be filed and paid within {days} days after {whose} ends, later near holidays, as the calendar says",
    ),
    "filed_settled": (
        "{levies}：年度终了之日起 {months} 个月内汇算清缴",
        "{levies}: settled within {months} months after the end of the year",
    ),
    "each_period": ("每期期满", "each filing period"),
    "this_period": ("本期期满", "the period"),
    "filed_place": (
        "其他税费的期限由法律或当地另行规定；各地可延期，以主管税务机关通知为准",
        "other levies have days of their own, some set locally; a place may extend all of them, and its tax office decides",
    ),
    "waterfall": ("从不享受优惠到优惠后", "From what is due without reliefs to what is to pay"),
    "waterfall_of": ("项目", "step"),
    "thresholds": ("各期销售额与免征标准", "Sales of each period and the limit of the exemption"),
    "threshold_limit": ("竖线：免征标准 {limit} 元", "the line across: the limit, {limit} yuan"),
    "threshold_of": ("计税期间", "period"),
    "conditions": ("优惠条件逐项核对", "Each condition with its figures"),
    "condition_met": ("符合", "met"),
    "condition_unmet": ("不符合", "not met"),
    "condition_unknown": ("待填资料", "not known"),
    "of_period": ("本期", "of the period"),
    "of_year_so_far": ("累计", "of the year so far"),
    "of_year": ("全年", "of the year"),
    "filing": ("{filing}申报", "{filing} VAT filing"),
    "monthly": ("按月", "monthly"),
    "quarterly": ("按季", "quarterly"),
}
