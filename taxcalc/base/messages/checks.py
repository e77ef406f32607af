"""What the checks of `taxcalc/rules/` say: facts that do not fit together, figures that were hardly meant."""

from __future__ import annotations

CHECKS: dict[str, tuple[str, str]] = {
    # ---- facts that do not fit together (taxcalc.rules: CHECKS)
    "parts_exceed_sales": (
        "销售额（revenue）小于其各组成部分（专票、不动产租赁等、销售不动产、差额扣除等）之和；请核对",
        "sales (revenue) are less than the sum of their parts (special invoices, leases and the like, real estate, differential deduction); check them",
    ),
    "one_off_exceeds": (
        "偶然发生的销售额大于销售额；它是销售额的一部分，请核对 one_off_sales",
        "one-off sales exceed all sales; they are a part of them: check one_off_sales",
    ),
    "five_percent_part_exceeds": (
        "不动产租赁等专用发票销售额大于不动产租赁等销售额（差额扣除后）；前者应包含在后者之内",
        "leases of real estate and the like on special invoices exceed all such sales after the deduction, of which they are a part",
    ),
    "stated_relief_exceeds": (
        "填报的其他减免税额大于该税种应纳税额；请核对",
        "the other relief stated is more than the tax that it relieves; check it",
    ),
    "income_tax_relief_exceeds": (
        "填报的其他减免税额大于个人所得税应纳税额；请核对",
        "the other relief stated is more than the individual income tax; check it",
    ),
    "over_the_small_scale_limit": (
        "销售额超过小规模纳税人的年销售额标准；通常须登记为一般纳税人，此处按所填小规模计算",
        "sales exceed the yearly limit of small-scale payers; such a payer must normally register as general, but is computed as stated",
    ),
    "general_from_contradicts": (
        "general_from（一般纳税人生效月份）与所填某期的 vat_payer（增值税纳税人类型）不一致；请核对，或只填其一",
        "general_from and the vat_payer of some period contradict each other; check them, or keep one",
    ),
    "general_within_a_filing_period": (
        "在一个申报期内转为一般纳税人：该期增值税须按月计算；请填 filing=monthly，或逐月计算（period 填该月）",
        "the firm becomes a general payer inside of a filing period, whose VAT must be worked out by month: state filing=monthly, or assess its months one by one (state each as the period)",
    ),
    "limit_passed_in_a_quarter": (
        "销售额在一个季度内超过小规模纳税人标准：自超过当月一日起为一般纳税人，最早为该季第一个月，最迟为第三个月，当月起已按小规模申报的须更正；请填 general_from，或填各月销售额并填 filing=monthly。此前各季按小规模计算，该季增值税尚不能计算{amounts}",
        "sales pass the small-scale limit within a quarter: the firm is a general payer from the first day of the month in which they do, at the earliest the first month of that quarter and at the latest its third, and returns filed as small-scale from then on must be corrected; state general_from, or sales by month with filing=monthly. Earlier quarters are computed as small-scale; VAT of this one cannot be told{amounts}",
    ),
    "limit_passed_in_a_month": (
        "销售额超过小规模纳税人标准：自超过当月一日起按一般纳税人计算，当月起已按小规模申报的须更正；未填以前月份销售额（sales_history）的，只以本年销售额判断",
        "sales pass the small-scale limit: from the first day of that month on the firm is computed as a general payer, and returns filed as small-scale from then on must be corrected; without sales of the months before (sales_history) it goes by those of the assessed year alone",
    ),
    "limit_passed_within_the_year": (
        "销售额在年内超过小规模纳税人标准：自登记当月或次月起为一般纳税人，由纳税人选择，此处按全期为一般纳税人计算；请填 general_from",
        "sales pass the small-scale limit within the year: the firm is a general payer from the month of registration or the next, as it chooses, but is computed as general throughout; state general_from",
    ),
    "limit_passed_before": (
        "所属期以前的销售额已超过小规模纳税人标准：全期按一般纳税人计算；已登记的请填 general_from，仍为小规模纳税人的请填 vat_payer",
        "sales of the months before the assessed period pass the small-scale limit: the firm is computed as a general payer throughout; state general_from, or vat_payer if it still is small-scale",
    ),
    "deduction_decides_status": (
        "增值税法施行后，小规模纳税人标准按差额扣除前还是扣除后的销售额判断，尚无规定，此处由它决定纳税人类型；按扣除前计算，请填 vat_payer",
        "under the VAT law nothing says whether the small-scale limit is tested before differential deduction, and here it decides; it is tested before it, so state vat_payer",
    ),
    "divisor_decides": (
        "含税换算决定结果：普通销售额按减征后的征收率换算超过免税标准，按法定征收率换算则不超过；按前者计算，请以不含税金额核对",
        "the divisor decides: ordinary sales pass the threshold when VAT at the reduced rate is taken off, not at the statutory levy rate; the reduced rate is used, so check against the net figure",
    ),
    "exactly_at_threshold": (
        "销售额恰好达到起征点：达到即全额征税（增值税法施行前含本数免税）",
        "sales are exactly at the starting point: reaching it is taxed in full (before the VAT law, it was still exempt)",
    ),
    "simple_part_exceeds": (
        "简易计税销售额大于销售额；它是销售额的一部分，请核对 simple_method_sales",
        "sales under the simple method exceed all sales; they are a part of them: check simple_method_sales",
    ),
    "export_part_exceeds": (
        "出口对应的进项税额大于进项税额；它是进项税额的一部分，请核对 export_input_vat",
        "input VAT of exports exceeds all input VAT; it is a part of it: check export_input_vat",
    ),
    "cultural_deduction_exceeds": (
        "支付其他广告公司的金额大于计费销售额，请核对 cultural_fee_deduction",
        "what was paid to other advertising firms exceeds the sales: check cultural_fee_deduction",
    ),
    "cultural_net_decides": (
        "文化事业建设费的小规模免征标准按不含税销售额比较，含税金额则超过标准；由此决定免征，请向主管税务机关核实",
        "small sales are free of the fee for cultural undertakings by their amount net of VAT; with VAT they pass the limit: ask the tax office",
    ),
    "cultural_starting_point": (
        "娱乐服务未达到增值税起征点的免缴文化事业建设费；增值税法施行后提高的起征点是否适用尚无规定，此处由它决定是否缴费；现按原标准计算，请向主管税务机关核实",
        "entertainment under the starting point of VAT is free of the fee for cultural undertakings; whether that holds for the higher point of the VAT law is not said, and it decides here; computed by the former limit: ask the tax office",
    ),
    "cultural_fee_of_individuals": (
        "文化事业建设费的小规模免征条款只列企业和非企业性单位，未列个体工商户；此处仍按免征计算，请向主管税务机关核实",
        "the clause that frees small sales of the fee for cultural undertakings names enterprises and other units, not individual businesses; computed as free: ask the tax office",
    ),
    "registration_term_ends": (
        "登记注册后免缴残疾人就业保障金的年限在本期内届满，剩余月份如何免征没有规定；此处整期按应缴计算，请向主管税务机关核实",
        "the years after registration in which a small firm owes no fund for the disabled end within the period; what its last months spare is not said: computed as due in full, ask the tax office",
    ),
    "loans_of_an_individual": (
        "借款合同免征印花税的条款只列小型、微型企业，个体工商户是否适用存在疑问；此处仍按免征计算，请向主管税务机关核实",
        "the clause that frees loan contracts of stamp duty names small and micro enterprises; whether it holds for an individual business is doubtful: computed as free, ask the tax office",
    ),
    "more_disabled_than_staff": (
        "残疾职工人数大于在职职工人数，请核对 disabled_staff",
        "there are more disabled staff than staff: check disabled_staff",
    ),
    "real_estate_unconfirmed": (
        "增值税法施行后是否仍可在扣除销售不动产后比较起征点，尚无规定，此处由它决定其余部分是否免税；默认不扣除，填 real_estate_left_out=是 则按可扣除计",
        "whether sales of real estate may still be left out of the test under the VAT law is unconfirmed, and it decides whether the rest is exempt; they are counted unless you set real_estate_left_out=yes",
    ),
    "dispatch_deduction_ended": (
        "增值税法施行后，劳务派遣、安全保护等的差额计税仅限一般纳税人，小规模纳税人所填 five_percent_deduction 未扣除；旅游服务、建筑分包的扣除额请填 differential_deduction",
        "under the VAT law the differential of labour dispatch, security and the like is for general payers only: five_percent_deduction of a small-scale payer is not taken off; what a travel service pays on, or a builder to subcontractors, is differential_deduction",
    ),
    "kind_of_invoices_decides": (
        "未达起征点，专用发票部分仍征税，其中多少属于不动产租赁影响税额；此处先作租赁计，与租赁无关的专用发票请填 special_invoice_sales",
        "below the starting point special invoices are taxed, and how many of them are of leases of real estate changes the tax; as many as can be are taken to be; put the others into special_invoice_sales",
    ),
    "ignored_of_a_general_payer": (
        "一般纳税人：小规模纳税人的销售额分项、差额扣除和预缴地销售额未计入；请并入销项税额填报",
        "a general payer: the parts of sales, deductions and prepayment sales of small-scale payers are left out; put them into output VAT",
    ),
    "ignored_of_a_small_scale_payer": (
        "小规模纳税人：销项、进项、税率和留抵未计入；如为一般纳税人请改填纳税人类型",
        "a small-scale payer: output VAT, input VAT, VAT rate and credit are left out; if the firm is a general payer, say so",
    ),
    "differs_from_vat_paid": (
        "所填实缴增值税与按销售额计算的不一致；附加税费按所填数计算",
        "the VAT stated as paid differs from the VAT computed; the surcharges rest on the stated figure",
    ),
    "short_amortisation": (
        "摊销年限少于规定的最低年限：仅在合同或法律规定了使用年限时可以",
        "amortised over fewer years than the least: allowed only where a contract or the law sets the life of the asset",
    ),
    "rd_claimed_in_july": (
        "本期预缴不能享受研发费用加计扣除；七月预缴申报（六月或第二季度）可就上半年的费用享受，也可留到以后{amounts}",
        "this prepayment cannot claim the R&D deduction; the return filed in July (June or the second quarter) can, for the "
        "costs of the half-year, or a later one{amounts}",
    ),
    "rd_claimed_in_october": (
        "本期预缴不能享受研发费用加计扣除；十月预缴申报（九月或第三季度）可就前三季度的费用享受，也可留到汇算清缴{amounts}",
        "this prepayment cannot claim the R&D deduction; the return filed in October (September or the third quarter) can, "
        "for the costs of three quarters, or else the settlement{amounts}",
    ),
    "rd_claimed_at_settlement": (
        "本期预缴不能享受研发费用加计扣除；次年五月底前汇算清缴时按全年费用享受{amounts}",
        "this prepayment cannot claim the R&D deduction; the settlement, due by the end of next May, does for the whole year{amounts}",
    ),
    "rd_to_september": (
        "第四季度（十二月）预缴按前三季度的研发费用加计扣除（十月申报的金额），只填了全年累计数；请填前三季度各季的研发费用{amounts}",
        "the prepayment of the fourth quarter or December keeps the R&D deduction of three quarters, as filed in October, and only "
        "the costs of the year are stated; state those of the first three quarters{amounts}",
    ),
    "encouraged_shares_differ": (
        "鼓励类收入占比与两项收入之比不一致，且一项达标、一项不达标；按所填占比判断",
        "the share of encouraged income and the two amounts differ on whether the least share is reached; the stated share counts",
    ),
    "partnership_share": (
        "合伙企业由合伙人分别缴纳个人所得税：应纳税所得额须为该合伙人分得的份额",
        "partners of a partnership are taxed one by one: taxable income must be the share of the one partner",
    ),
    # ---- figures that were hardly meant as they stand (taxcalc.rules.plausible)
    "sales_small_for_staff": (
        "与从业人数相比，销售额过小，是否以万元为单位？若是，请在表头写“（万元）”，或在数字后写“万”",
        "sales are very small beside the number of employees: are they in 万元? If so, head the column with （万元）, or write 万 behind the number",
    ),
    "assets_small_for_sales": (
        "与销售额相比，资产总额过小，是否以万元为单位？若是，请在表头写“（万元）”，或在数字后写“万”",
        "total assets are very small beside sales: are they in 万元? If so, head the column with （万元）, or write 万 behind the number",
    ),
    "sales_uneven": (
        "有的季（月）销售额比其他的小几千倍，是否有的以万元、有的以元为单位？请统一为元，或在数字后写“万”",
        "sales of some quarter or month are thousands of times below the others: are some in 万元 and some in yuan? Write all in yuan, or 万 behind the number",
    ),
    "rd_exceeds_sales": (
        "研发费用大于销售额；请核对 rd_expensed 与 revenue 的单位和栏次，属实则不必改动",
        "R&D spend exceeds sales: check the unit and place of rd_expensed and revenue; if it is so, leave it",
    ),
    "no_staff_beside_sales": (
        "有销售额而从业人数为零；未知请留空，否则填全年季度平均数",
        "there are sales but no employees; leave the cell empty if the number is unknown, else write the quarterly average of the year",
    ),
    "no_assets_beside_sales": (
        "有销售额而资产总额为零；未知请留空，否则填全年季度平均数",
        "there are sales but no assets; leave the cell empty if they are unknown, else write the quarterly average of the year",
    ),
}
