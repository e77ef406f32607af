"""Tables of another place over those that are shipped: what is amended, replaced and added, and what is refused."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from taxcalc.compile import compile_tables
from taxcalc.tables import TableError

DOCUMENTS = '[law]\nzh = "法"\nen = "law"\n[notice]\nzh = "通知"\nen = "notice"\n'
FACTS = """
[interns]
zh = "见习人数"
en = "interns"
type = "count"
group = "g"

[small]
zh = "小微企业"
en = "small business"
type = "flag"
group = "g"
"""
GROUPS = '[best]\nzh = "择高"\nen = "the best"\ndocument = "law"\nclause = "9"\n'
MEASURES = """
[wuwei]
zh = "措施"
en = "measures"
document = "notice"
until = 2023-12-31

[[wuwei.measure]]
number = 1
zh = "甲"
en = "first"
who = ["谁", "who"]
much = ["多少", "much"]
by = ["市", "city"]
until = 2023-12-31
status = "computed"
"""
ROWS = """
[[row]]
of = "levy"
form = ["表", "form"]
line = "1"
text = ["行", "line"]
from = 2023-01-01
until = 2025-12-31
confidence = "high"
"""
LEVY = """
[tax.levy]
zh = "税"
en = "levy"
parameters.rate = ["税率", "rate"]
parameters.limit = ["限额", "limit"]
parameters.staff = ["人数", "staff"]

[[tax.levy.version]]
from = 2023-01-01
until = 2024-12-31
document = "law"
clause = "1"
evidence = "read"
note_zh = "注"
note_en = "note"
rate = "5%"
limit = "10 yuan"
staff = "300 persons"

[[tax.levy.version]]
from = 2025-01-01
until = 2026-12-31
document = "law"
clause = "2"
evidence = "memory"
rate = "4%"
limit = "20 yuan"
staff = "200 persons"
"""
TAX = """
[tax]
zh = "总"
en = "the whole"
parameters.rate = ["税率", "rate"]

[[tax.version]]
from = 2023-01-01
until = "open"
document = "law"
clause = "7"
evidence = "read"
rate = "1%"
"""
"""A table that stands above another one."""


def compiled(base: dict[str, Any] | None = None, **files: str) -> dict[str, Any]:
    """Compile these files over a base."""
    return compile_tables({f"{name}.toml": text.encode() for name, text in files.items()}, base)


BASE = compiled(
    documents=DOCUMENTS, facts=FACTS, groups=GROUPS, measures=MEASURES, return_rows=ROWS, levy=LEVY, tax=TAX
)
FIRST, SECOND = BASE["tables"]["tax.levy"]["versions"]


def amendment(start: str, until: str, figures: str = 'rate = "1%"', path: str = "tax.levy", more: str = "") -> str:
    """A version of a table, as another place writes it."""
    dates = f"from = {start}\nuntil = {until}\n"
    return f'[[{path}.version]]\n{dates}document = "notice"\nclause = "3"\nevidence = "read"\n{more}{figures}\n'


def changed(start: str, until: str, before: dict[str, Any]) -> dict[str, Any]:
    """What an amendment of the rate is compiled to, the other figures being those of a version before."""
    return {
        "from": start,
        "until": until,
        "cites": [["notice", "3"]],
        "evidence": "read",
        "clause_evidence": "read",
        "note": None,
        "kept_until": None,
        "values": {**before["values"], "rate": ["rate", 1, 100]},
    }


def refusal(**files: str) -> TableError:
    """How wrong tables are refused over the shipped ones."""
    with pytest.raises(TableError) as caught:
        compiled(BASE, **files)
    return caught.value


# ---------------------------------------------------------------------- amending a table

CUTS = {
    "amid a version": ("2023-03-01", "2023-06-30", [
        {**FIRST, "until": "2023-02-28"},
        changed("2023-03-01", "2023-06-30", FIRST),
        {**FIRST, "from": "2023-07-01"},
        SECOND,
    ]),
    "from the first day of a version": ("2023-01-01", "2023-06-30", [
        changed("2023-01-01", "2023-06-30", FIRST),
        {**FIRST, "from": "2023-07-01"},
        SECOND,
    ]),
    "to the last day of a version": ("2024-02-29", "2024-12-31", [
        {**FIRST, "until": "2024-02-28"},
        changed("2024-02-29", "2024-12-31", FIRST),
        SECOND,
    ]),
    "the whole of the first version": ("2023-01-01", "2024-12-31", [
        changed("2023-01-01", "2024-12-31", FIRST),
        SECOND,
    ]),
    "the whole of the last version": ("2025-01-01", "2026-12-31", [
        FIRST,
        changed("2025-01-01", "2026-12-31", SECOND),
    ]),
    "one day": ("2025-01-01", "2025-01-01", [
        FIRST,
        changed("2025-01-01", "2025-01-01", SECOND),
        {**SECOND, "from": "2025-01-02"},
    ]),
    "the end of one version and the beginning of the next": ("2024-07-01", "2025-06-30", [
        {**FIRST, "until": "2024-06-30"},
        changed("2024-07-01", "2025-06-30", FIRST),
        {**SECOND, "from": "2025-07-01"},
    ]),
    "all versions and the time after": ("2023-01-01", '"open"', [
        changed("2023-01-01", "9999-12-31", FIRST),
    ]),
    "from within the last version on": ("2026-01-01", '"open"', [
        FIRST,
        {**SECOND, "until": "2025-12-31"},
        changed("2026-01-01", "9999-12-31", SECOND),
    ]),
    "after the last version, with a gap": ("2028-01-01", "2028-12-31", [
        FIRST,
        SECOND,
        changed("2028-01-01", "2028-12-31", SECOND),
    ]),
}  # fmt: skip


@pytest.mark.parametrize("name", CUTS)
def test_an_amendment_holds_for_its_dates_and_the_rest_stays(name: str) -> None:
    start, until, versions = CUTS[name]
    table = compiled(BASE, city=amendment(start, until))["tables"]["tax.levy"]
    assert table == {**BASE["tables"]["tax.levy"], "versions": versions}


def test_several_amendments_of_a_table_in_any_order() -> None:
    """Each has the figures that were shipped for its day, not those of the amendment before it."""
    later, earlier = amendment("2025-01-01", "2025-12-31"), amendment("2024-01-01", "2024-12-31", 'limit = "11 yuan"')
    table = compiled(BASE, city=later + earlier)["tables"]["tax.levy"]
    first = changed("2024-01-01", "2024-12-31", FIRST)
    first["values"] = {**FIRST["values"], "limit": ["money", 1100, 1]}
    assert table["versions"] == [
        {**FIRST, "until": "2023-12-31"},
        first,
        changed("2025-01-01", "2025-12-31", SECOND),
        {**SECOND, "from": "2026-01-01"},
    ]


def test_one_amendment_over_another() -> None:
    """A district over a city: it sees what the city left."""
    city = compiled(BASE, city=amendment("2023-07-01", "2024-06-30", 'limit = "11 yuan"'))
    table = compiled(city, district=amendment("2024-01-01", "2025-06-30"))["tables"]["tax.levy"]
    _, of_city, _, _ = city["tables"]["tax.levy"]["versions"]
    assert of_city["values"] == {**FIRST["values"], "limit": ["money", 1100, 1]}
    assert table["versions"] == [
        {**FIRST, "until": "2023-06-30"},
        {**of_city, "until": "2023-12-31"},
        changed("2024-01-01", "2025-06-30", of_city),
        {**SECOND, "from": "2025-07-01"},
    ]


def test_an_amendment_from_before_the_first_version_needs_every_figure() -> None:
    """Nothing was in force that it could leave as it was."""
    before = ("2022-01-01", "2022-12-31")
    assert str(refusal(city=amendment(*before))) == (
        "city.toml: [tax.levy] version from 2022-01-01: limit, staff: the version and the table's parameters do not "
        "agree; check the spelling"
    )
    whole = amendment(*before, 'rate = "1%"\nlimit = "10 yuan"\nstaff = "300 persons"')
    versions = compiled(BASE, city=whole)["tables"]["tax.levy"]["versions"]
    assert versions == [changed(*before, FIRST), FIRST, SECOND]


def test_an_amended_table_tells_the_units_of_all_its_versions() -> None:
    assert BASE["tables"]["tax.levy"]["units"] == {"staff": "persons"}
    table = compiled(BASE, city=amendment("2025-01-01", '"open"', 'rate = "1/7"'))["tables"]["tax.levy"]
    assert table["units"] == {"staff": "persons", "rate": "/"}
    again = compiled(BASE, city=amendment("2025-01-01", '"open"', 'staff = "2 months"'))["tables"]["tax.levy"]
    assert again["units"] == {"staff": "months"}


def test_an_amendment_says_itself_how_well_it_is_known() -> None:
    more = (
        'clause_evidence = "memory"\nnote_zh = "新"\nnote_en = "new"\nkept_until = 2031-06-30\nalso = [["law", "5"]]\n'
    )
    _, _, found = compiled(BASE, city=amendment("2027-01-01", "2027-12-31", more=more))["tables"]["tax.levy"][
        "versions"
    ]
    assert found == {
        **changed("2027-01-01", "2027-12-31", SECOND),
        "cites": [["notice", "3"], ["law", "5"]],
        "clause_evidence": "memory",
        "note": ["新", "new"],
        "kept_until": "2031-06-30",
    }


def test_a_table_above_and_one_below_are_amended_each_alone() -> None:
    """The path of one is the beginning of the other's."""
    found = compiled(BASE, city=amendment("2025-01-01", "2026-12-31"))["tables"]
    assert found == {
        **BASE["tables"],
        "tax.levy": {
            **BASE["tables"]["tax.levy"],
            "versions": [FIRST, changed("2025-01-01", "2026-12-31", SECOND)],
        },
    }
    found = compiled(BASE, city=amendment("2024-01-01", '"open"', path="tax"))["tables"]
    (version,) = BASE["tables"]["tax"]["versions"]
    assert found["tax.levy"] == BASE["tables"]["tax.levy"]
    assert found["tax"]["versions"] == [
        {**version, "until": "2023-12-31"},
        changed("2024-01-01", "9999-12-31", version),
    ]


def test_a_table_with_labels_replaces_the_shipped_one_whole() -> None:
    dated = 'from = 2026-01-01\nuntil = "open"\ndocument = "notice"\nclause = "1"\nevidence = "read"\n'
    own = f'[tax.levy]\nzh = "市税"\nen = "city levy"\nparameters.share = ["比例", "share"]\n[[tax.levy.version]]\n{dated}'
    found = compiled(BASE, city=own + 'share = "1/3"\n')["tables"]
    assert found["tax"] == BASE["tables"]["tax"]
    assert found["tax.levy"] == {
        "zh": "市税",
        "en": "city levy",
        "parameters": {"share": ["比例", "share"]},
        "versions": [{**changed("2026-01-01", "9999-12-31", FIRST), "cites": [["notice", "1"]], "values": {"share": ["rate", 1, 3]}}],
        "units": {"share": "/"},
    }  # fmt: skip
    assert refusal(city=own).problem.values["names"] == ["share"]


# ---------------------------------------------------------------------- what is added, and what stays


def test_every_register_is_added_to_the_shipped_one() -> None:
    before = copy.deepcopy(BASE)
    more = {
        "documents": '[city-1]\nzh = "市"\nen = "city"\n',
        "facts": '[panels]\nzh = "光伏"\nen = "panels"\ntype = "count"\ngroup = "g"\n',
        "groups": '[solar]\nzh = "阳光"\nen = "sun"\ndocument = "city-1"\nclause = "8"\n',
        "measures": '[city]\nzh = "市措施"\nen = "city measures"\ndocument = "city-1"\nuntil = 2026-12-31\n',
        "return_rows": ROWS.replace('"levy"', '"panels"'),
        "city": LEVY.replace("tax.levy", "city.levy") + amendment("2025-01-01", "2025-12-31"),
    }
    found = compiled(BASE, **more)
    assert found == {
        "documents": {**before["documents"], "city-1": ["市", "city"]},
        "facts": {**before["facts"], "panels": {"zh": "光伏", "en": "panels", "type": "count", "group": "g"}},
        "groups": {**before["groups"], "solar": {"label": ["阳光", "sun"], "cite": ["city-1", "8"]}},
        "notices": {
            **before["notices"],
            "city": {
                "label": ["市措施", "city measures"],
                "document": "city-1",
                "until": "2026-12-31",
                "measures": [],
            },
        },
        "rows": [*before["rows"], {**before["rows"][0], "of": "panels"}],
        "tables": {
            **before["tables"],
            "city.levy": before["tables"]["tax.levy"],
            "tax.levy": {
                **before["tables"]["tax.levy"],
                "versions": [
                    FIRST,
                    changed("2025-01-01", "2025-12-31", SECOND),
                    {**SECOND, "from": "2026-01-01"},
                ],
            },
        },
    }
    assert before == BASE  # which others are made of too


def test_an_entry_of_a_register_may_be_stated_anew() -> None:
    found = compiled(
        BASE,
        documents='[law]\nzh = "新法"\nen = "new law"\n',
        facts=FACTS.partition("[small]")[0] + "max = '9'\n",
        groups=GROUPS.replace('"9"', '"10"'),
        measures=MEASURES.partition("[[")[0],
    )
    assert found["documents"] == {**BASE["documents"], "law": ["新法", "new law"]}
    assert found["facts"] == {**BASE["facts"], "interns": {**BASE["facts"]["interns"], "max": "9"}}
    assert found["groups"] == {"best": {"label": ["择高", "the best"], "cite": ["law", "10"]}}
    assert found["notices"] == {"wuwei": {**BASE["notices"]["wuwei"], "measures": []}}
    assert found["rows"] == BASE["rows"]


# ---------------------------------------------------------------------- units and dates of figures


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("5%", None),
        ("5 yuan", None),
        ("5yuan", None),
        ("1_000.5 yuan", None),
        ("6.5‰", "‰"),
        ("6‰ ", "‰"),
        ("1_300 persons", "persons"),
        ("3years", "years"),
        ("12  months", "months"),
        ("2.5 mu", "mu"),
        ("2/3", "/"),
        ("10/12", "/"),
        ("exempt", None),
    ],
)
def test_units_that_a_compiled_figure_does_not_tell(written: str, unit: str | None) -> None:
    table = compiled(BASE, city=amendment("2025-01-01", '"open"', f'rate = "{written}"'))["tables"]["tax.levy"]
    assert table["units"] == {"staff": "persons"} | ({"rate": unit} if unit else {})


def test_units_in_bands() -> None:
    bands = LEVY.partition("[[")[0].replace("tax.levy", "b") + amendment(
        "2025-01-01", '"open"', 'bands = [{staff = "30 persons", rate = "5%"}, {rate = "6‰", limit = "1 yuan"}]', "b"
    )
    assert compiled(BASE, city=bands)["tables"]["b"]["units"] == {"staff": "persons", "rate": "‰"}


# ---------------------------------------------------------------------- headings of measures

GRANT = """
[city.grant]
zh = "补助"
en = "grant"
kind = "grant"
reckon = "each"
of = ["interns"]
requires = ["small"]
parameters.amount = ["额", "amount"]

[[city.grant.version]]
from = 2023-01-01
until = 2023-12-31
document = "notice"
clause = "1"
evidence = "read"
kept_until = 2025-05-01
amount = "5 yuan"
"""


def test_the_heading_of_a_measure_is_kept() -> None:
    table = compiled(BASE, city=GRANT)["tables"]["city.grant"]
    assert table == {
        "zh": "补助",
        "en": "grant",
        "parameters": {"amount": ["额", "amount"]},
        "versions": [
            {
                "from": "2023-01-01",
                "until": "2023-12-31",
                "cites": [["notice", "1"]],
                "evidence": "read",
                "clause_evidence": "read",
                "note": None,
                "kept_until": "2025-05-01",
                "values": {"amount": ["money", 500, 1]},
            }
        ],
        "units": {},
        "reckon": {
            "kind": "grant",
            "how": "each",
            "of": ["interns"],
            "rate": None,
            "by": None,
            "requires": [[["small", None, False]]],
            "exclusive": None,
            "at_most": False,
            "received": True,
            "yearly": False,
            "levy": None,
        },
    }


def test_all_of_an_amount_needs_no_parameter() -> None:
    whole = GRANT.replace('"each"', '"whole"').replace('parameters.amount = ["额", "amount"]\n', "")
    found = compiled(BASE, city=whole.replace('amount = "5 yuan"\n', ""))["tables"]["city.grant"]
    assert found["reckon"]["how"] == "whole"
    assert found["versions"][0]["values"] == {}


# ---------------------------------------------------------------------- what is refused

CITY = "city.toml: [tax.levy]"
GOOD = amendment("2025-01-01", "2025-12-31")
REFUSED = [
    (
        GOOD.replace("rate =", "rat ="),
        f"{CITY} version from 2025-01-01: rat: the version and the table's parameters do not agree; check the spelling",
    ),
    (
        GOOD.replace('"1%"', '"1"'),
        f"{CITY} version from 2025-01-01 rate: '1' is not a quantity; write a unit, such as "
        '"25%", "100_000 yuan" or "300 persons"',
    ),
    (
        GOOD.replace('"1%"', '["1%"]'),
        f"{CITY} version from 2025-01-01 rate: ['1%'] is not a quantity; write a unit, such as "
        '"25%", "100_000 yuan" or "300 persons"',
    ),
    (
        GOOD + "kept_until = 2030\n",
        f"{CITY} version from 2025-01-01: kept_until must be a date such as 2023-01-01 "
        '(an open end is written until = "open")',
    ),
    (
        GOOD.replace("2025-01-01", "2025-01-01T08:00:00"),
        f'{CITY}: from must be a date such as 2023-01-01 (an open end is written until = "open")',
    ),
    (
        GOOD.replace("2025-12-31", "2025-12-31 08:00:00"),
        f"{CITY} version from 2025-01-01: until must be a date such as 2023-01-01 "
        '(an open end is written until = "open")',
    ),
    (GOOD.replace('"notice"', '"news"'), "[tax.levy] 2025-01-01: document 'news' is not in documents.toml"),
    (GOOD + amendment("2025-12-31", "2026-12-31"), f"{CITY}: the versions from 2025-01-01 and 2025-12-31 overlap"),
    (f"[tax.levy]\nmeasure = 3\n{GOOD}", f"{CITY}: the key 'measure' is not known; allowed are version"),
    ("[tax.levy]\nversion = []\n", f"{CITY}: has no version; add [[tax.levy.version]] with its dates and document"),
    ("[tax.levy]\nversion = 1\n", f"{CITY}: has no version; add [[tax.levy.version]] with its dates and document"),
    (
        amendment("2025-01-01", "2025-12-31", path="tax.levies"),
        "city.toml: tax.levies.version stands outside any table; put it under a [heading]",
    ),
    (
        GRANT.replace('"each"', '"twice"'),
        "city.toml: [city.grant]: reckon must be one of each, share, points, cap, whole",
    ),
    (
        GRANT.replace('"each"', '"share"'),
        "city.toml: [city.grant]: share needs share; add it",
    ),
    (
        GRANT.replace('"each"', '"cap"').replace("requires", "rate = 'interns'\nrequires"),
        "city.toml: [city.grant]: cap needs cap; add it",
    ),
    (
        GRANT.replace('["interns"]', '["interims"]'),
        "[city.grant]: 'interims' is not in facts.toml; check the spelling or add it",
    ),
    (
        GRANT.replace("requires", 'exclusive = "worst"\nrequires'),
        "[city.grant]: 'worst' is not in groups.toml; check the spelling or add it",
    ),
    (GRANT.replace('"small"', '"!small=yes"'), "[city.grant]: requires must be one of small"),
]


@pytest.mark.parametrize(("city", "says"), REFUSED, ids=lambda text: text[-60:])
def test_what_is_not_understood_is_refused_to_the_letter(city: str, says: str) -> None:
    assert str(refusal(city=city)) == says


def test_a_table_is_amended_in_one_file_of_a_folder() -> None:
    said = refusal(city=GOOD, more=amendment("2026-01-01", "2026-12-31"))
    assert str(said) == "more.toml: [tax.levy] stands in another file too; keep one"


def test_only_what_is_shipped_can_be_amended() -> None:
    with pytest.raises(TableError) as caught:
        compiled(documents=DOCUMENTS, city=GOOD)
    assert str(caught.value) == "city.toml: tax.levy.version stands outside any table; put it under a [heading]"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        (
            "groups",
            GROUPS.replace('"law"', '"lore"'),
            "groups.toml: [best]: document 'lore' is not in documents.toml",
        ),
        (
            "measures",
            MEASURES.replace('"notice"', '"news"'),
            "measures.toml: [wuwei]: document 'news' is not in documents.toml",
        ),
        ("groups", "best = 1", "groups.toml: [best]: a fact is a table of its own"),
        ("measures", "wuwei = 1", "measures.toml: [wuwei]: a fact is a table of its own"),
        ("return_rows", "row = [1]", "return_rows.toml: [row 1]: a fact is a table of its own"),
        (
            "facts",
            FACTS + "assume = 'five'\nmin = 'none'\n",
            "facts.toml: a value is not of the form that it must have (ValueError: invalid literal for int() with "
            "base 10: 'none'); compare it with the other tables",
        ),
        (
            "facts",
            FACTS.replace("见习人数", "小微企业"),
            "facts.toml: the name '小微企业' belongs to both interns and small; keep one",
        ),
    ],
)
def test_a_wrong_register_is_refused_to_the_letter(name: str, text: str, says: str) -> None:
    assert str(refusal(**{name: text})) == says
