"""Forms, the settlement of a year, the index of many pages, and a check of an answer."""

from __future__ import annotations

from taxcalc.base.units import Label

RETURNS: dict[str, Label] = {
    "verify_holds": (
        "复核一致：重新计算，{compared} 项全部相同",
        "It holds: worked out anew, all {compared} values agree",
    ),
    "verify_differs": (
        "复核不一致：{compared} 项中有 {number} 项不同",
        "It differs: {number} of {compared} values are not what its facts and the law give",
    ),
    "verify_where": ("位置", "where"),
    "verify_stated": ("结果所载", "answer"),
    "verify_found": ("重新计算", "worked out"),
    "verify_nothing": ("（无）", "(none)"),
    "returns_title": ("申报表填报", "Filing sheets"),
    "returns_as_on_page": (
        "栏次按公开资料整理，以电子税务局表样为准",
        "lines are compiled from public sources; the form on the tax bureau's page decides",
    ),
    "returns_version_unknown": (
        "{period}：《{form}》当期表样版本不详，未列",
        "{period}: the version of this form is not known, so it is left out: {form}",
    ),
    "returns_not_claimed": (
        "尚缺资料，暂按不享受填列：{relief}（需填：{needs}）",
        "filled as if not claimed, for lack of facts: {relief} (needed: {needs})",
    ),
    "returns_line": ("栏次", "line"),
    "returns_column": ("填入：{column}", "column: {column}"),
    "returns_number": ("{name}（第{no}栏）", "{name} (line {no})"),
    "returns_number_screen": ("{name}（第{no}栏；网页版第{screen}栏）", "{name} (line {no}; on screen {screen})"),
    "returns_from": ("来自：{source}", "from: {source}"),
    "returns_fill": ("需填：{what}", "to fill in: {what}"),
    "returns_short": ("第{no}栏", "line {no}"),
    "returns_lines": ("第{numbers}栏", "lines {numbers}"),
    "returns_as": ("同{line}", "as {line}"),
    "returns_nought": ("为 0：{lines}", "nought: {lines}"),
    "returns_all_nought": ("各金额栏均为 0", "every amount is nought"),
    "returns_blank": ("需填", "fill in"),
    "returns_of_parts": (
        "此处只列年度申报表；各期申报表请以该期为所属期另出报告",
        "only the forms of the year are here; those of a quarter or month are in a report on that period",
    ),
    "index_title": ("客户报告目录", "Client reports"),
    "index_count": ("共 {number} 户，须先处理的排在前面", "{number} businesses, those that need attention first"),
    "index_failed": ("不能测算", "Not computed"),
    "index_doubted": ("须核对", "To be checked"),
    "index_lacking": ("缺资料，税费不全", "Taxes missing for lack of facts"),
    "index_open": ("补充资料可能再省", "Open: more may be saved"),
    "index_done": ("无待办", "Nothing left to do"),
    "index_business": ("客户", "business"),
    "index_row": ("第 {row} 行", "row {row}"),
    "index_why": ("“{column}”列：{why}", "column '{column}': {why}"),
    "index_initials": ("按首字母", "By initial"),
    "settlement": ("预缴与汇算清缴", "Prepayments and settlement"),
    "settlement_return": ("申报", "return"),
    "settlement_tax": ("累计应纳税额", "tax to date"),
    "settlement_before": ("此前已预缴", "prepaid before"),
    "settlement_left": ("本期应补（退）", "still to pay"),
    "settlement_with": ("本期缴纳", "paid with it"),
    "settlement_line": ("汇算清缴", "settlement"),
    "settlement_due": ("{levy}汇算清缴应补 {amount} 元", "{levy}: {amount} still to pay at settlement"),
    "settlement_back": ("{levy}汇算清缴应退 {amount} 元", "{levy}: {amount} to get back at settlement"),
    "settlement_even": ("{levy}汇算清缴无应补（退）税额", "{levy}: nothing is left to pay at settlement"),
    "settlement_open": (
        "{levy}汇算清缴应补（退）税额待定，尚缺资料",
        "{levy}: what is left to pay at settlement is not known yet, for lack of facts",
    ),
    "settlement_paid": ("实际缴纳 {amount} 元（已填列）", "{amount} paid, as stated"),
    "settlement_over": ("多缴 {amount}，留待抵减", "{amount} too much: set off later"),
    "settlement_turn": ("{what}：{first} {before}；{then} {after}", "{what}: {first} {before}; {then} {after}"),
    "settlement_regime": ("税率与减免", "rate and relief"),
    "settlement_computed": (
        "已预缴按填列的 {prepaid} 元计算；按各季资料测算为 {computed} 元",
        "prepaid is {prepaid}, as stated; by the figures of the quarters it is {computed}",
    ),
    "settlement_averages": (
        "只填全年平均，各季按此计算：{facts}",
        "stated as the average of the year, which stands for each quarter: {facts}",
    ),
    "settlement_undivided": (
        "未分季填写，未计入各季预缴：{facts}",
        "not stated by quarters, so in no prepayment: {facts}",
    ),
}
