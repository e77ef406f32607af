"""The fixed words of reports, in Chinese and in English."""

from __future__ import annotations

from taxcalc.base.units import Label

LABELS: dict[str, Label] = {
    "title": ("税费优惠测算", "Tax and fee reliefs"),
    "headline": ("节省 {saving} 元", "You save {saving} yuan"),
    "headline_of": (
        "不享受优惠时应纳 {baseline} 元，优惠后应纳 {payable} 元",
        "{baseline} due without reliefs, {payable} to pay",
    ),
    "headline_none": ("没有节省：按所填情况无优惠可计", "No saving: nothing in these facts brings a relief"),
    "headline_unknown": ("资料不足，尚不能计算", "Too few facts to compute a tax yet"),
    "partial": ("未含尚缺资料的税费：{levies}", "not counting, for lack of facts: {levies}"),
    "items": ("享受的优惠", "Reliefs"),
    "relief": ("优惠", "relief"),
    "base": ("计算基数", "base"),
    "before": ("减免前", "before"),
    "saving": ("减免税费额", "saving"),
    "after": ("减免后", "after"),
    "worth": ("单独放弃多缴", "worth"),
    "worth_note": (
        "减免税费额：按固定顺序逐项计算，合计等于不享受优惠时应纳减优惠后应纳；单独放弃多缴：其他不变、仅放弃该项时多缴的金额",
        "saving: each relief in a fixed order, adding up to what is due without reliefs less what is to pay; "
        "worth: what giving up this one alone would cost",
    ),
    "levies": ("税费", "Taxes and fees"),
    "levy": ("税（费）种", "levy"),
    "baseline": ("不享受优惠时应纳", "without reliefs"),
    "payable": ("优惠后应纳", "to pay"),
    "total": ("合计", "total"),
    "headline_grants": ("另可获得补助 {amount} 元", "and {amount} in grants"),
    "kind_grant": ("可获得的补助（不是税费节省）", "Grants received (not tax saved)"),
    "kind_financing": ("节省的融资成本", "Financing cost saved"),
    "kind_deferral": ("缓缴金额（仅延期，不计入减免）", "Money kept meanwhile (not a saving)"),
    "kind_evaluation": ("评审等优惠（非现金）", "Advantages that are no cash"),
    "kind_personal": ("给个人的补贴（不是企业所得）", "Paid to persons, not to the firm"),
    "at_most_note": (
        "标“≤”者为上限，标区间者由主管部门在区间内核定，均不计入合计",
        "≤ is a ceiling, two amounts a range; the authority decides within it, and it is in no total",
    ),
    "rows": ("申报表栏次", "Where it goes on the returns"),
    "row": ("{form} 第 {line} 行 {text}", "{form}, line {line}: {text}"),
    "row_confidence": ("可信度：{confidence}", "confidence: {confidence}"),
    "high": ("高", "high"),
    "medium": ("中", "medium"),
    "low": ("低", "low"),
    "idle": ("符合条件，本期无减免金额", "Conditions met, nothing to save here"),
    "displaced": ("因择优未采用", "Entitled, but another is better"),
    "displaced_by": ("已采用{chosen}（不得叠加）", "{chosen} is used; they do not combine"),
    "not_entitled": ("不符合条件", "Not granted, and why"),
    "other_kind": ("不适用于{kind}", "Not for this kind of taxpayer ({kind})"),
    "not_in_force": ("政策已到期或尚未施行", "Not in force"),
    "since": ("自 {day} 起", "from {day}"),
    "ended": ("已于 {day} 结束", "ended on {day}"),
    "questions": ("补充以下资料后可继续测算", "Still open: facts to fill in"),
    "at_stake": ("最多可再省 {amount} 元", "up to {amount} more"),
    "at_stake_unknown": ("暂无法估算", "cannot be estimated yet"),
    "up_to": ("最多 {amount} 元", "up to {amount}"),
    "open": ("再填{facts}，最多可再省 {amount} 元", "Up to {amount} yuan more: fill in {facts}"),
    "either": ("或 ", "or "),
    "split_decides": ("{spread}，各期实际数可能改变结果", "{spread}, which decides here"),
    "in_no_total": ("不计入合计", "in no total"),
    "items_total": ("享受的优惠，合计", "Reliefs, in all"),
    "needed": ("须填", "needed"),
    "not_known": ("尚缺", "not known"),
    "more": ("详情 --full", "more: --full"),
    "not_assessed": ("未测算（未填资料）", "Not assessed (no facts given)"),
    "assumptions": ("测算假设", "Assumed"),
    "assumed_none": ("未填、按 0 计算", "not given, taken as 0"),
    "sources": ("依据", "Sources"),
    "source": ("依据", "source"),
    "notice_until": ("武威通知所列期限至 {day}", "the notice of Wuwei says until {day}"),
    "evidence": ("核对", "evidence"),
    "memory_note": (
        "标“待核实”者未见原文，采用前请核对",
        "marked 'from memory': no text was seen; check before relying on it",
    ),
    "regime": (
        "企业所得税按{regime}计算，应纳 {tax} 元",
        "Corporate income tax by {regime}: {tax}",
    ),
    "standard": ("法定税率", "statutory rate"),
    "standard_at": ("法定税率{rate}", "statutory {rate} rate"),
    "loss": (
        "{year}年度亏损 {amount} 元结转以后年度，可弥补至 {until} 年",
        "a loss of {amount} of {year} carries forward, until {until}",
    ),
    "loss_earlier": (
        "以前年度亏损尚余 {amount} 元可弥补",
        "{amount} of earlier losses is left to set off",
    ),
    "opening": ("期初数", "Opening balances"),
    "opening_from": (
        "取自 {period} 的测算结果（{source}）：{facts}",
        "from the answer for {period} ({source}): {facts}",
    ),
    "opening_none": ("无余额", "no balance"),
    "loss_expired": (
        "{year}年度亏损 {amount} 元已过弥补期限（{until} 年），未结转",
        "the loss of {amount} of {year} could be set off until {until} and is left behind",
    ),
    "carried_credit": ("期末留抵税额 {amount} 元，结转下期抵扣", "a VAT credit of {amount} carries forward"),
    "carried_additional": (
        "加计抵减额期末余额 {amount} 元，结转下期",
        "{amount} of additional deduction carries forward",
    ),
    "unknown": ("未知", "unknown"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "none_of": ("均不满足（{conditions}）", "none of ({conditions})"),
    "or": (" 或 ", " or "),
    "and": ("，且 ", " and "),
    "least": ("取较低者（{options}）", "the least of ({options})"),
    "most": ("取较高者（{options}）", "the most of ({options})"),
    "not_claimed": ("未享受", "not claimed"),
    "kept_months": ("自应缴之日起 {n} 个月", "for {n} months from when it falls due"),
    "at_least": ("至少 {figure}", "at least {figure}"),
    "balance_due": (
        "{levy}：减除已预缴后，本期应补 {amount} 元",
        "{levy}: {amount} still to pay after what was prepaid",
    ),
    "balance_back": (
        "{levy}：多预缴 {amount} 元，可退或抵缴",
        "{levy}: {amount} prepaid too much, to get back or set off",
    ),
    "filing": ("{filing}申报", "{filing} VAT filing"),
    "monthly": ("按月", "monthly"),
    "quarterly": ("按季", "quarterly"),
    "period_year": ("{year}年度", "{year}"),
    "status": ("状态", "status"),
    "kind": ("类别", "kind"),
    "status_calculated": ("已计算", "calculated"),
    "status_displaced": ("未采用", "displaced"),
    "status_not_entitled": ("不符合条件", "not entitled"),
    "status_needs_fact": ("缺资料", "needs a fact"),
    "status_not_in_force": ("政策已到期或尚未施行", "not in force"),
    "businesses": ("户数", "businesses"),
    "item": ("项目", "item"),
    "amount": ("金额", "amount"),
    "same": ("其余 {n} 期相同：{periods}", "the same for {n} more: {periods}"),
    "explain": ("计算过程", "The computation"),
    "reason": ("原因", "reason"),
    # ---- the law
    "law_title": ("法规表", "The law in the tables"),
    "law_count": (
        "{tables} 张表、{versions} 个版本、{documents} 份文件",
        "{tables} tables, {versions} versions, {documents} documents",
    ),
    "law_path": ("路径与内容", "path and what it is"),
    "law_versions": ("版本", "versions"),
    "law_more": ("详情：taxcalc law 路径", "one of them: taxcalc law PATH"),
    "law_in_force": ("现行", "in force"),
    "law_measure": ("武威通知第{number}条", "Wuwei notice, measure {number}"),
    "law_measure_until": ("武威通知第{number}条（至 {day}）", "Wuwei notice, measure {number} (until {day})"),
    "law_none": ("此表没有适用于 {day} 的版本：{why}", "no version is in force on {day}: {why}"),
    "law_begins": ("自 {day} 起才有", "the first begins on {day}"),
    "law_ended": ("最后一个版本已于 {day} 结束", "the last ended on {day}"),
    "law_hole": ("{first} 至 {last} 没有版本", "no version from {first} to {last}"),
    "law_clause_evidence": ("条款号{mark}", "clause numbers {mark}"),
    "law_reviewed": ("持证人员 {name} 于 {day} 审阅", "reviewed by {name}, licensed, on {day}"),
    "law_rests": ("以此为依据的优惠和税费", "What rests on it"),
    "law_rests_none": ("没有优惠或税费由此计算", "no relief or levy is computed from it"),
    "law_reliefs": ("优惠", "reliefs"),
    "law_levies": ("税费", "levies"),
    "law_band": ("级距", "part"),
    "law_band_up_to": ("不超过 {top}", "up to {top}"),
    "law_band_between": ("{bottom}–{top}", "{bottom} – {top}"),
    "law_band_above": ("超过 {bottom}", "above {bottom}"),
    "diff_title": ("{earlier} 至 {later} 的法规变动", "The law from {earlier} to {later}"),
    "diff_changed": ("有变动", "Changed"),
    "diff_ended": ("已结束", "Ended"),
    "diff_began": ("新开始", "Began"),
    "diff_documents": ("数字未变、文件更替", "Same figures, other documents"),
    "diff_same": ("未变：{names}", "unchanged: {names}"),
    "diff_counts": (
        "{changed} 项有变动 · {ended} 项已结束 · {began} 项新开始 · {documents} 项仅文件更替 · {same} 项未变",
        "{changed} changed · {ended} ended · {began} began · {documents} with other documents · {same} unchanged",
    ),
    "diff_uncovered": (
        "法规表涵盖 {first} 至 {last} 年；此范围之外的“开始”“结束”可能只是收录的起止",
        "the tables cover {first} to {last}: beyond, what 'began' or 'ended' may only be where they begin or end",
    ),
    "diff_for": ("涉及", "for"),
    "diff_more": ("{names}等，另有 {more} 项", "{names} and {more} more"),
    "diff_by": ("依据", "by"),
    "until": ("至 {day}", "until {day}"),
    "diff_nothing": ("没有变动", "Nothing changed"),
    "diff_none": ("无", "none"),
    "diff_presence": ("是否有效", "in force"),
    "diff_bands": ("分档", "by part"),
    "measures_count": ("共 {number}：{tally}", "{number} measures: {tally}"),
    "measures_notice": ("通知至 {day}", "notice {day}"),
    "check_title": ("法规表检查（{day}）", "Check of the tables on {day}"),
    "check_valid": ("格式全部正确：{count}", "all well formed: {count}"),
    "check_clean": ("没有发现", "nothing was found"),
    "check_ended": ("已结束且无后续版本", "Ended, with no later version"),
    "check_ending": ("一年内到期且无后续版本", "Ends within a year, with no later version"),
    "check_hole": ("两个版本之间有空缺", "A hole between versions"),
    "check_memory": ("仅凭记忆", "From memory only"),
    "evidence_title": ("核对情况", "What was read"),
    "evidence_figures": ("数字", "figures"),
    "evidence_clauses": ("条款", "clauses"),
    "evidence_reviewed": ("经持证人员审阅的版本：{number}", "versions that someone licensed reviewed: {number}"),
    "evidence_unread": ("未读原文或未读全", "Not read, or not all of it"),
    "check_uncited": ("无表引用的文件", "Documents that no table cites"),
    "check_unused": (
        "无规则或措施使用：请写明 reckon、在措施中引用，或删去",
        "Used by no rule or measure: give it a `reckon`, name it in a measure, or take it out",
    ),
    "engine": (
        "taxcalc {version} · 政策数据版本 {tables} · 测算不代替申报",
        "taxcalc {version} · tables {tables} · an estimate, not a return",
    ),
}

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
