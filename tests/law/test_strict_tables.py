"""Tables that are wrong, each refused in one sentence to the letter; and what a right one is compiled to."""

from __future__ import annotations

from typing import Any

import pytest

from taxcalc.law.compile import EMPTY, compile_tables
from taxcalc.law.figures import quantity
from taxcalc.law.strict import TableError

DOCUMENTS = '[law-1]\nzh = "法"\nen = "law"\n[law-2]\nzh = "二"\nen = "second"\n'
GOOD = """[a.levy]
zh = "税"
en = "levy"
measure = 3
notice_until = 2027-12-31
parameters.rate = ["税率", "rate"]
parameters.whole = ["全", "whole"]
parameters.method = ["法", "method"]

[[a.levy.version]]
from = 2025-01-01
until = "open"
document = "law-2"
clause = "2"
evidence = "memory"
clause_evidence = "secondary"
rate = "6.5‰"
whole = true
method = "exempt"

[[a.levy.version]]
from = 2023-01-01
until = 2024-12-31
document = "law-1"
clause = "1"
also = [["law-2", "3"]]
evidence = "read"
note_zh = "注"
note_en = "note"
rate = "5%"
whole = false
method = "taxed"
"""
FACTS = '[money_in]\nzh = "钱 款"\nen = "money"\ntype = "money"\ngroup = "g"\naliases = ["cash"]\n'


def compiled(levy: str = GOOD, facts: str = FACTS, documents: str = DOCUMENTS, **more: str) -> dict[str, Any]:
    """Compile these files."""
    texts = {"documents": documents, "facts": facts, "levy": levy, **more}
    return {**compile_tables({f"{name}.toml": text.encode() for name, text in texts.items()})}


def test_a_table_is_compiled_to_this() -> None:
    versions = [
        {
            "from": "2023-01-01",
            "until": "2024-12-31",
            "cites": [["law-1", "1"], ["law-2", "3"]],
            "evidence": "read",
            "clause_evidence": "read",
            "reviewed": None,
            "note": ["注", "note"],
            "kept_until": None,
            "values": {"rate": ["rate", 1, 20], "whole": False, "method": "taxed"},
            "bands": [],
        },
        {
            "from": "2025-01-01",
            "until": "9999-12-31",
            "cites": [["law-2", "2"]],
            "evidence": "memory",
            "clause_evidence": "secondary",
            "reviewed": None,
            "note": None,
            "kept_until": None,
            "values": {"rate": ["rate", 13, 2000], "whole": True, "method": "exempt"},
            "bands": [],
        },
    ]
    parameters = {"rate": ["税率", "rate"], "whole": ["全", "whole"], "method": ["法", "method"]}
    table = {"zh": "税", "en": "levy", "measure": 3, "notice_until": "2027-12-31"}
    assert compiled() == {
        "documents": {"law-1": ["法", "law"], "law-2": ["二", "second"]},
        "tables": {
            "a.levy": {**table, "parameters": parameters, "versions": versions, "units": {"rate": "‰"}, "reckon": None}
        },
        "facts": {"money_in": {"zh": "钱 款", "en": "money", "type": "money", "group": "g", "aliases": ["cash"]}},
        "groups": {},
        "notices": {},
        "forms": {},
        "records": {"readers": {}, "read": [], "sought": []},
    }
    bare = GOOD.replace("measure = 3\n", "").replace("notice_until = 2027-12-31\n", "")
    found = compiled(bare)["tables"]["a.levy"]
    assert (found["measure"], found["notice_until"]) == (None, None)


def test_bands_are_compiled_one_by_one() -> None:
    bands = (
        '[b]\nzh = "税"\nen = "levy"\nparameters.up_to = ["至", "up to"]\nparameters.rate = ["率", "rate"]\n[[b.version]]\n'
        'from = 2023-01-01\nuntil = "open"\ndocument = "law-1"\nclause = "1"\nevidence = "read"\n'
        'bands = [{up_to = "30_000 yuan", rate = "5%"}, {rate = "10%"}]\n'
    )
    (version,) = compiled(bands)["tables"]["b"]["versions"]
    first, last = version["bands"]
    assert first == {"up_to": ["money", 3_000_000, 1], "rate": ["rate", 1, 20]}
    assert last == {"rate": ["rate", 1, 10]}
    assert refusal(bands.replace('rate = "10%"', 'rat = "10%"')) == (
        "levy.toml: [b] version from 2023-01-01: rat: the version and the table's parameters do not agree; state each of them, and no others"
    )
    assert refusal(bands.replace('"10%"', '"10"')).startswith(
        "levy.toml: [b] version from 2023-01-01 bands.rate: '10' is not a quantity; write a unit, such as"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3_000_000 yuan", ("money", 300_000_000, 1)),
        (" 0.015 yuan ", ("money", 3, 2)),
        ("25%", ("rate", 1, 4)),
        ("6.5‰", ("rate", 13, 2000)),
        ("1/3", ("rate", 1, 3)),
        ("4/6", ("rate", 2, 3)),
        ("300 persons", ("count", 300, 1)),
        ("5 years", ("count", 5, 1)),
        ("12 months", ("count", 12, 1)),
        ("2.5 mu", ("count", 5, 2)),
        ("25", None),
        ("_5%", None),
        ("5.%", None),
        ("5 percent", None),
        ("-5%", None),
        ("1/2/3", None),
    ],
)
def test_quantities(text: str, found: tuple[str, int, int] | None) -> None:
    assert quantity(text) == found


def refusal(levy: str = GOOD, facts: str = FACTS, **more: str) -> str:
    """How wrong tables are refused."""
    with pytest.raises(TableError) as caught:
        compiled(levy, facts, **more)
    return str(caught.value)


AT = "levy.toml: [a.levy]"
V = f"{AT} version from 2023-01-01"
BAD = [
    ('zh = "税"\n', 'zh = " "\n', f"{AT}: needs a label in Chinese and in English (zh, en)"),
    ('en = "levy"\n', "", f"{AT}: needs a label in Chinese and in English (zh, en)"),
    ('en = "levy"\n', "en = 1\n", f"{AT}: needs a label in Chinese and in English (zh, en)"),
    (
        "measure = 3",
        "colour = 3",
        f"{AT}: the key 'colour' is not known; allowed are at_most, by, en, exclusive, "
        "kind, levy, measure, notice_until, of, parameters, rate, received, reckon, requires, term, "
        "version, yearly, zh",
    ),
    (
        "notice_until = 2027-12-31",
        'notice_until = "2027"',
        f'{AT}: notice_until must be a date such as 2023-01-01 (an open end is written until = "open")',
    ),
    ('["税率", "rate"]', '["税率", ""]', f"{AT} parameters.rate: needs a label in Chinese and in English (zh, en)"),
    (
        '["税率", "rate"]',
        '["税率", "rate", "x"]',
        f"{AT} parameters.rate: needs a label in Chinese and in English (zh, en)",
    ),
    ('["税率", "rate"]', '["税率", 5]', f"{AT} parameters.rate: needs a label in Chinese and in English (zh, en)"),
    ('["税率", "rate"]', '"税率"', f"{AT} parameters.rate: needs a label in Chinese and in English (zh, en)"),
    (
        "from = 2023-01-01",
        "from = 2023",
        f'{AT}: from must be a date such as 2023-01-01 (an open end is written until = "open")',
    ),
    (
        "until = 2024-12-31",
        "until = 2024",
        f'{V}: until must be a date such as 2023-01-01 (an open end is written until = "open")',
    ),
    ("until = 2024-12-31", "until = 2022-12-31", f"{V}: ends before it begins"),
    ("until = 2024-12-31", "until = 2025-01-01", f"{AT}: the versions from 2023-01-01 and 2025-01-01 overlap"),
    ('evidence = "read"', 'evidence = "sure"', f"{V}: evidence must be one of read, secondary, memory"),
    (
        'clause_evidence = "secondary"',
        'clause_evidence = "x"',
        f"{AT} version from 2025-01-01: evidence must be one of read, secondary, memory",
    ),
    ('clause = "1"', 'clause = ""', f"{V}: a citation needs a document and a clause; every figure must have one"),
    ('document = "law-1"\n', "", f"{V}: a citation needs a document and a clause; every figure must have one"),
    ('["law-2", "3"]', '"law-2"', f"{V}: a citation needs a document and a clause; every figure must have one"),
    ('["law-2", "3"]', '["law-2"]', f"{V}: a citation needs a document and a clause; every figure must have one"),
    ('["law-2", "3"]', '["law-2", 3]', f"{V}: a citation needs a document and a clause; every figure must have one"),
    ('["law-2", "3"]', '["law-9", "3"]', f"{V}: document 'law-9' is not in documents.toml"),
    (
        'rate = "5%"\nwhole = false\n',
        "rat = '1%'\n",
        f"{V}: rat, rate, whole: the version and the table's parameters do not agree; state each of them, and no others",
    ),
    (
        'rate = "5%"',
        "rate = 5",
        f'{V} rate: 5 is not a quantity; write a unit, such as "25%", "100_000 yuan" or "300 persons"',
    ),
    (
        'rate = "5%"',
        "rate = 0.05",
        f'{V} rate: the bare number 0.05 has no unit; write it as text, for instance "0.05%"',
    ),
]


@pytest.mark.parametrize(("old", "new", "says"), BAD)
def test_a_wrong_table_is_refused_to_the_letter(old: str, new: str, says: str) -> None:
    assert GOOD.count(old) >= 1
    assert refusal(GOOD.replace(old, new, 1)) == says


def test_wrong_files_are_refused_to_the_letter() -> None:
    lone = GOOD.partition("[[")[0]
    assert refusal(lone) == f"{AT}: has no version; add [[a.levy.version]] with its dates and document"
    assert refusal(other=GOOD) == "other.toml: [a.levy] stands in another file too; keep one"
    assert refusal("x = 1") == "levy.toml: x stands outside any table; put it under a [heading]"
    assert refusal("[a]\nx = 1") == "levy.toml: a.x stands outside any table; put it under a [heading]"
    assert refusal("x = ").startswith("levy.toml: not valid TOML in UTF-8 (")
    assert refusal("x = ").endswith("); mend the line it names")
    with pytest.raises(TableError, match=r"^levy\.toml: not valid TOML in UTF-8 \(.*utf-8"):
        compile_tables({"levy.toml": b"\xff"})
    assert refusal(documents="x = 1") == "documents.toml: [x]: a fact is a table of its own"
    assert refusal(documents='[x]\nzh = "a"') == (
        "documents.toml: [x]: needs a label in Chinese and in English (zh, en)"
    )
    assert refusal(documents='[x]\nzh = "a"\nen = "b"\nc = 1') == (
        "documents.toml: [x]: the key 'c' is not known; allowed are en, zh"
    )


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ("money_in = 1", "facts.toml: [money_in]: a fact is a table of its own"),
        (FACTS.replace('type = "money"', 'type = "float"'), "type must be one of text, money, rate, average, count, month, flag, choice"),
        (FACTS.replace('en = "money"\n', ""), "needs a label in Chinese and in English (zh, en)"),
        (FACTS + "options = {a = ['甲', 'a']}\n", "options belong to a choice, and a choice needs them"),
        (FACTS.replace('"money"\ngroup', '"choice"\ngroup'), "options belong to a choice, and a choice needs them"),
        (FACTS + "colour = 1\n", "the key 'colour' is not known; allowed are aliases, assume, assume_if, cumulative, earlier, en, "
         "entitles, group, help_en, help_zh, holds, max, min, negative, option_aliases, options, paid, places, points, series, settled, spread, type, "
         "words, zh"),
    ],
)  # fmt: skip
def test_a_wrong_fact_is_refused_to_the_letter(facts: str, says: str) -> None:
    assert refusal(facts=facts).removeprefix("facts.toml: [money_in]: ") == says.removeprefix(
        "facts.toml: [money_in]: "
    )


@pytest.mark.parametrize("name", ["money_in", "MONEY-IN", "钱 款", "钱_款", "Cash", "money in"])
def test_a_name_belongs_to_one_fact(name: str) -> None:
    other = f'[other]\nzh = "他"\nen = "other"\ntype = "flag"\ngroup = "g"\naliases = ["{name}"]\n'
    said = refusal(facts=FACTS + other)
    assert said == f"facts.toml: the name {name!r} belongs to both money_in and other; keep one"


def test_a_choice_with_its_options_is_right() -> None:
    facts = FACTS.replace('"money"\ngroup', '"choice"\ngroup') + 'options = {a = ["甲", "a"]}\nhelp_zh = "助"\n'
    assert compiled(facts=facts)["facts"]["money_in"]["options"] == {"a": ["甲", "a"]}


def test_what_may_be_left_out() -> None:
    bare = FACTS.replace('aliases = ["cash"]\n', "")
    assert compiled(facts=bare)["facts"]["money_in"].keys() == {"zh", "en", "type", "group"}
    dated = 'from = 2023-01-01\nuntil = 2023-01-01\ndocument = "law-1"\nclause = "1"\nevidence = "read"\n'
    empty = f'[X.x]\nzh = "税"\nen = "levy"\n[[X.x.version]]\n{dated}'
    assert compiled(empty)["tables"]["X.x"]["versions"][0]["values"] == {}
    assert compile_tables({"documents.toml": DOCUMENTS.encode()}) == {
        **EMPTY,
        "documents": {"law-1": ["法", "law"], "law-2": ["二", "second"]},
    }
    with pytest.raises(
        TableError,
        match=r"^levy\.toml: \[a\.levy\] version from 2023-01-01: document 'law-1' is not in documents.toml$",
    ):
        compile_tables({"levy.toml": GOOD.encode()})


def test_every_band_is_looked_at() -> None:
    head = '[b]\nzh = "税"\nen = "levy"\nparameters.up_to = ["至", "up to"]\nparameters.rate = ["率", "rate"]\n[[b.version]]\n'
    head += 'from = 2023-01-01\nuntil = "open"\ndocument = "law-1"\nclause = "1"\nevidence = "read"\n'
    (version,) = compiled(f'{head}bands = [{{rate = "5%"}}]\n')["tables"]["b"]["versions"]
    assert (version["values"], version["bands"]) == ({}, [{"rate": ["rate", 1, 20]}])
    assert ": rat: the version and the table's parameters do not agree" in refusal(
        f'{head}bands = [{{rat = "5%"}}, {{rate = "6%"}}]\n'
    )
