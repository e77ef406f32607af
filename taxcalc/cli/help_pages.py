"""What stands on the help page of each command: examples, the options that are used most, and the exit codes.

An option that is not named here is on the page of `--help-all` only. Help pages alone load this.
"""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from taxcalc.base.units import Label

FACTS = "year period taxpayer vat-payer revenue taxable-income rd-expensed employees assets place"
"""The facts that most businesses need."""
SOME_ROWS: "Label" = ("有行未能计算", "some rows were left out")
SOME_FIGURES: "Label" = ("有税费因资料不足未能计算", "a figure is left out for lack of facts")


class Example(NamedTuple):
    """A command to copy, and what it is for."""

    command: str
    zh: str
    en: str


class Page(NamedTuple):
    """The page of one command."""

    shown: str
    """The names of its options, without dashes, in order."""
    examples: tuple[Example, ...]
    one: "Label | None" = None
    """What exit code 1 says."""
    zero: "Label" = ("完成", "done")
    two: "Label" = ("输入或选项无法使用", "the input or the options cannot be used")
    facts: str = ""
    """The facts that it shows."""


_NO_ROW: "Label" = ("输入或选项无法使用，或没有可用的行", "the input or the options cannot be used, or no row can")

PAGES = {
    "": Page(
        "version lang quiet install-completion",
        (
            Example(
                "taxcalc assess --year 2025 --revenue 1200000 --taxable-income 180000",
                "一户：能享受哪些优惠，各省多少",
                "one business: its reliefs, and what each saves",
            ),
            Example(
                "taxcalc batch clients.csv -o savings.xlsx",
                "一批客户：原表附上节省",
                "a table of clients: the same with savings",
            ),
        ),
        one=("有行或金额未能计算，或有所发现", "done, with rows or figures left out, or something found"),
    ),
    "assess": Page(
        "full explain format set carry lang",
        (
            Example(
                "taxcalc assess --year 2025 --revenue 1200000 --taxable-income 180000",
                "全年：能省多少，还缺什么",
                "a year: what is saved, and what is not known yet",
            ),
            Example(
                "taxcalc assess --period 2026Q2 --revenue 310000 --set vat_payer=small_scale",
                "一个季度；任一项目都可用 --set",
                "a quarter; any fact can be set",
            ),
            Example(
                "taxcalc assess firm.toml --explain --lang zh",
                "资料文件，逐行列出计算过程",
                "from a file, line by line",
            ),
        ),
        facts=FACTS,
    ),
    "advise": Page(
        "full format set lang",
        (
            Example(
                "taxcalc advise --period 2026Q1 --vat-payer small_scale --revenue 298500",
                "离免税标准还有多少，越过要多缴多少",
                "how near the limit is, and what crossing it costs",
            ),
            Example(
                "taxcalc advise --year 2026 --taxable-income 3050000 --employees 80",
                "小型微利企业的标准",
                "limits of small low-profit enterprises",
            ),
            Example("taxcalc advise firm.toml --full", "列出全部，不止一屏", "all, not one screen"),
        ),
        facts=FACTS,
    ),
    "what-if": Page(
        "set year against format lang",
        (
            Example(
                "taxcalc what-if firm.toml --set rd_expensed=1_500_000", "研发费用若增加", "if more were spent on R&D"
            ),
            Example("taxcalc what-if firm.toml --year 2027", "同样的资料在另一年度", "the same facts in another year"),
            Example("taxcalc what-if firm.toml --against other.toml", "两户相比", "two businesses side by side"),
        ),
        facts=FACTS.replace("year ", ""),
    ),
    "curve": Page(
        "over output format set lang",
        (
            Example(
                "taxcalc curve --period 2026Q1 --place city --over revenue=0..600000",
                "季度销售额与应纳税费",
                "what is to pay over the sales of a quarter",
            ),
            Example(
                "taxcalc curve firm.toml --over taxable_income=0..4_000_000 -o curve.svg", "写成图片", "as a picture"
            ),
            Example(
                "taxcalc curve firm.toml --over employees=0..400 --format csv", "转折点的数据", "its corners as data"
            ),
        ),
        facts=FACTS,
    ),
    "facts": Page(
        "format lang tables",
        (
            Example("taxcalc facts", "每个项目的名称与说明", "each fact: its name and what it means"),
            Example("taxcalc facts --lang zh", "中文", "in Chinese"),
            Example("taxcalc facts --format json", "供程序使用，含别名与限额", "for programs, with aliases and limits"),
        ),
    ),
    "batch": Page(
        "output rejects columns year period set map pass summary by reports strict excel names lang",
        (
            Example(
                "taxcalc batch clients.csv -o savings.xlsx --rejects bad.csv",
                "原表附上节省",
                "the table with its savings",
            ),
            Example("taxcalc batch clients.csv --summary --by county", "合计，按列分组", "totals, by a column too"),
            Example("taxcalc batch clients.csv --reports pages", "每户一份报告", "a page for each client"),
        ),
        one=SOME_ROWS,
        two=_NO_ROW,
    ),
    "explain": Page(
        "row id line format year period set map pass lang",
        (
            Example("taxcalc explain clients.csv --row 17", "第17行", "row 17 of the file"),
            Example("taxcalc explain clients.csv --id 92620602MA70004116", "按标识或名称", "by identifier or name"),
            Example("taxcalc explain clients.csv --row 17 --format json", "供程序使用", "for programs"),
        ),
    ),
    "returns": Page(
        "line output format set map lang",
        (
            Example(
                "taxcalc returns --period 2026Q2 --place city --revenue 350000",
                "季度申报：填哪张表、哪一栏",
                "a quarter: which form and line",
            ),
            Example(
                "taxcalc returns --period 2026Q2 --taxable-income 180000 --line A200000:28",
                "一栏的由来",
                "what one line is made of",
            ),
            Example("taxcalc returns clients.csv --period 2025Q2 -o lines.csv", "一批客户", "a table of clients"),
        ),
        one=("有栏次因资料不足未能填列，或有行未能计算", "a line waits for facts, or some rows were left out"),
        facts=FACTS,
        two=_NO_ROW,
    ),
    "report": Page(
        "output format office mark set lang",
        (
            Example(
                "taxcalc report firm.toml -o report.html --office 某某事务所", "给客户的一页", "a page to hand over"
            ),
            Example("taxcalc report firm.toml --format markdown", "在终端查看", "to read here"),
            Example("taxcalc batch clients.csv --reports pages", "每户一份", "a page for each client of a table"),
        ),
        one=SOME_FIGURES,
        facts=FACTS,
    ),
    "reform": Page(
        "law draft by top format output lang",
        (
            Example(
                "taxcalc reform clients.csv --law cit.small_low_profit.income=5_000_000",
                "上限若改为500万元",
                "if the limit were 5,000,000",
            ),
            Example(
                "taxcalc reform clients.csv --law vat.exemption.quarterly=400_000 --by county",
                "按县区分列",
                "by county",
            ),
            Example(
                "taxcalc reform clients.csv --law cit.small_low_profit.rate=15% -f json", "供程序使用", "for programs"
            ),
        ),
        one=SOME_ROWS,
        two=_NO_ROW,
    ),
    "config": Page(
        "format lang",
        (
            Example("taxcalc config", "本文件夹与用户的默认设置", "the defaults of this folder, and the user's own"),
            Example("taxcalc config clients.csv", "读这份表时哪些生效", "what counts where this table is read"),
            Example("taxcalc config --format json", "供程序使用", "for programs"),
        ),
    ),
    "check": Page(
        "sample format year period set sheet header-row map pass encoding delimiter lang",
        (
            Example("taxcalc check clients.csv", "测算之前：各列怎样读取", "before a batch: how each column is read"),
            Example(
                "taxcalc check clients.csv --sample 20", "抽20行逐行精确重算并比对", "20 rows computed again, singly"
            ),
            Example("taxcalc check clients.csv --format json", "供程序使用", "for programs"),
        ),
        zero=("全部可用", "all well"),
        one=("有所发现", "something was found"),
        two=("没有可用的行", "no row can be used"),
    ),
    "template": Page(
        "monthly force names tables lang",
        (
            Example(
                "taxcalc template 客户.xlsx --lang zh", "带下拉选项的工作簿", "a workbook with choices, in Chinese"
            ),
            Example("taxcalc template new.csv --monthly", "按月填销售额", "with sales by month"),
            Example("taxcalc template", "写到标准输出", "to standard output"),
        ),
    ),
    "verify": Page(
        "format tables lang",
        (
            Example("taxcalc verify answer.json", "逐项比对", "value by value"),
            Example(
                "taxcalc assess firm.toml --format json --explain | taxcalc verify -",
                "连同计算过程",
                "with its computation",
            ),
            Example("taxcalc verify answer.json --format json", "供程序使用", "for programs"),
        ),
        zero=("一致", "it holds"),
        one=("有不同，逐项列出", "it differs, value by value"),
        two=(
            "无法判断：不是测算结果，或由其他版本、其他政策表得出",
            "it cannot be judged: no answer, or one of another version or of other tables",
        ),
    ),
    "measures": Page(
        "notice computable in-force format tables lang",
        (
            Example("taxcalc measures", "全部措施", "every measure"),
            Example("taxcalc measures --computable --lang zh", "可计算的", "those that can be computed, in Chinese"),
            Example("taxcalc measures --in-force 2026-06-30", "该日仍有效的", "those in force on a day"),
        ),
    ),
    "law": Page(
        "",
        (
            Example("taxcalc law", "全部政策表", "all tables"),
            Example("taxcalc law cit.small_low_profit", "一张表的各版本与依据", "each version of one, with its clause"),
            Example("taxcalc law diff 2022 2026", "两年之间的变动", "what changed between two years"),
        ),
        one=("check --strict 有所发现", "check --strict found something"),
        two=("输入无法使用，或表格不合规则", "the input cannot be used, or a table breaks a rule"),
    ),
    "law show": Page(
        "at format tables lang",
        (
            Example("taxcalc law cit.small_low_profit", "一张表的各版本", "each version of a table"),
            Example("taxcalc law cit.rd.rate --at 2022", "一个参数在某日或某年", "a figure on a day or in a year"),
            Example("taxcalc law vat --format json", "前缀下的各表，供程序使用", "all below a prefix, for programs"),
        ),
    ),
    "law diff": Page(
        "format tables lang",
        (
            Example("taxcalc law diff 2022 2026", "两年", "two years"),
            Example("taxcalc law diff 2022-12-31 2023-01-01", "两日", "two days"),
            Example("taxcalc law diff 2025Q4 2026Q1 --format json", "两季，供程序使用", "two quarters, for programs"),
        ),
    ),
    "law check": Page(
        "on strict evidence format tables lang",
        (
            Example("taxcalc law check", "今天：到期、空缺、待核实", "today: ends, holes, what was not read"),
            Example("taxcalc law check --on 2027-06-30", "某日", "on a day"),
            Example("taxcalc law check --evidence", "各文件在何处核对", "what was read where"),
        ),
        zero=("格式正确", "well formed"),
        one=("--strict 时有所发现", "with --strict: something was found"),
        two=("表格不合规则", "a table breaks a rule"),
    ),
}
