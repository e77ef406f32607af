"""Tables of another place: what a folder adds to the tables it is put over, what it changes, and what it may not say."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from taxcalc.law.compile import compile_tables
from taxcalc.law.strict import TableError

DOCUMENTS = '[law-1]\nzh = "法"\nen = "law"\n'
FACTS = '[cost]\nzh = "成本"\nen = "cost"\ntype = "money"\ngroup = "g"\n'
GROUPS = '[best]\nzh = "从高"\nen = "the best"\ndocument = "law-1"\nclause = "9"\n'
NOTICES = '[old]\nzh = "旧"\nen = "old"\ndocument = "law-1"\nuntil = 2023-12-31\n'
HEAD = '[a.levy]\nzh = "税"\nen = "levy"\nparameters.rate = ["税率", "rate"]\nparameters.least = ["起征", "least"]\n'


def version(start: str, until: str, *lines: str, path: str = "a.levy", document: str = "law-1") -> str:
    """A version as it is written; an end is a date or "open"."""
    end = '"open"' if until == "open" else until
    head = (
        f'[[{path}.version]]\nfrom = {start}\nuntil = {end}\ndocument = "{document}"\nclause = "1"\nevidence = "read"\n'
    )
    return head + "".join(f"{line}\n" for line in lines)


FIRST = version("2023-01-01", "2023-12-31", 'rate = "5%"', 'least = "100 yuan"')
SECOND = version("2024-01-01", "open", 'rate = "6%"', 'least = "200 yuan"')
LEVY = HEAD + FIRST + SECOND


def read(base: Any = None, **files: str) -> dict[str, Any]:
    """Compile these files, over a base."""
    return {**compile_tables({f"{name}.toml": text.encode() for name, text in files.items()}, base)}


BASE = read(documents=DOCUMENTS, facts=FACTS, groups=GROUPS, measures=NOTICES, levy=LEVY)


def spans(levy: str, base: dict[str, Any] = BASE) -> list[tuple[str, str, int]]:
    """From, until and rate in percent of each version of a table that is amended so."""
    versions = read(base, city=levy)["tables"]["a.levy"]["versions"]
    return [(v["from"], v["until"], 100 * v["values"]["rate"][1] // v["values"]["rate"][2]) for v in versions]


def refused(base: dict[str, Any] | None = BASE, **files: str) -> tuple[str, dict[str, Any]]:
    """The key of the error and what it names."""
    with pytest.raises(TableError) as caught:
        read(base, **files)
    return caught.value.problem.key, caught.value.problem.values


# ---------------------------------------------------------------------- figures changed for a time


@pytest.mark.parametrize(
    ("start", "until", "found"),
    [
        ("2023-04-01", "2023-06-30", [("2023-01-01", "2023-03-31", 5), ("2023-04-01", "2023-06-30", 9),
                                      ("2023-07-01", "2023-12-31", 5), ("2024-01-01", "9999-12-31", 6)]),
        ("2023-01-01", "2023-06-30", [("2023-01-01", "2023-06-30", 9), ("2023-07-01", "2023-12-31", 5),
                                      ("2024-01-01", "9999-12-31", 6)]),
        ("2023-04-01", "2023-12-31", [("2023-01-01", "2023-03-31", 5), ("2023-04-01", "2023-12-31", 9),
                                      ("2024-01-01", "9999-12-31", 6)]),
        ("2023-01-01", "2023-12-31", [("2023-01-01", "2023-12-31", 9), ("2024-01-01", "9999-12-31", 6)]),
        ("2023-12-31", "2024-01-01", [("2023-01-01", "2023-12-30", 5), ("2023-12-31", "2024-01-01", 9),
                                      ("2024-01-02", "9999-12-31", 6)]),
        ("2022-01-01", "2022-06-30", [("2022-01-01", "2022-06-30", 9), ("2023-01-01", "2023-12-31", 5),
                                      ("2024-01-01", "9999-12-31", 6)]),
        ("2024-01-01", "open", [("2023-01-01", "2023-12-31", 5), ("2024-01-01", "9999-12-31", 9)]),
        ("2030-03-01", "open", [("2023-01-01", "2023-12-31", 5), ("2024-01-01", "2030-02-28", 6),
                                ("2030-03-01", "9999-12-31", 9)]),
        ("2022-01-01", "open", [("2022-01-01", "9999-12-31", 9)]),
    ],
)  # fmt: skip
def test_a_figure_holds_for_its_dates_and_the_rest_stays(start: str, until: str, found: list[Any]) -> None:
    assert spans(version(start, until, 'rate = "9%"', 'least = "100 yuan"')) == found


def test_several_versions_amend_in_any_order() -> None:
    one, other = version("2023-03-01", "2023-03-31", 'rate = "8%"'), version("2023-11-01", "2024-02-29", 'rate = "9%"')
    found = [
        ("2023-01-01", "2023-02-28", 5),
        ("2023-03-01", "2023-03-31", 8),
        ("2023-04-01", "2023-10-31", 5),
        ("2023-11-01", "2024-02-29", 9),
        ("2024-03-01", "9999-12-31", 6),
    ]
    assert spans(one + other) == found
    assert spans(other + one) == found


def test_a_folder_amends_what_the_one_before_it_amended() -> None:
    once = read(BASE, city=version("2023-03-01", "2023-06-30", 'rate = "8%"'))
    assert spans(version("2023-05-01", "2023-08-31", 'rate = "9%"'), once) == [
        ("2023-01-01", "2023-02-28", 5),
        ("2023-03-01", "2023-04-30", 8),
        ("2023-05-01", "2023-08-31", 9),
        ("2023-09-01", "2023-12-31", 5),
        ("2024-01-01", "9999-12-31", 6),
    ]


def test_an_amended_table_is_this() -> None:
    """All that it does not state is as it was: labels, its other figures, the versions beside it."""
    news = version("2024-07-01", "2024-12-31", 'rate = "7%"', "kept_until = 2029-12-31", document="city-1")
    documents = '[city-1]\nzh = "市"\nen = "city"\n'
    before = BASE["tables"]["a.levy"]
    first, second = before["versions"]
    amended = read(BASE, documents=documents, city=news)["tables"]["a.levy"]
    assert amended == {
        "zh": "税",
        "en": "levy",
        "parameters": {"rate": ["税率", "rate"], "least": ["起征", "least"]},
        "units": {},
        "measure": None,
        "notice_until": None,
        "reckon": None,
        "versions": [
            first,
            {**second, "until": "2024-06-30"},
            {
                "from": "2024-07-01",
                "until": "2024-12-31",
                "cites": [["city-1", "1"]],
                "evidence": "read",
                "clause_evidence": "read",
                "reviewed": None,
                "note": None,
                "kept_until": "2029-12-31",
                "values": {"rate": ["rate", 7, 100], "least": ["money", 20_000, 1]},
                "bands": [],
            },
            {**second, "from": "2025-01-01"},
        ],
    }


@pytest.mark.parametrize(
    ("start", "least"),
    [("2023-01-01", 100), ("2023-12-31", 100), ("2024-01-01", 200), ("2031-01-01", 200)],
)
def test_what_is_left_out_is_as_it_was_on_that_day(start: str, least: int) -> None:
    versions = read(BASE, city=version(start, start, 'rate = "9%"'))["tables"]["a.levy"]["versions"]
    (one,) = [v for v in versions if v["from"] == start]
    assert one["values"] == {"least": ["money", 100 * least, 1], "rate": ["rate", 9, 100]}


def test_before_the_first_version_nothing_is_left_out() -> None:
    """No figure was in force then that could stand in for one."""
    early = ("2022-12-31", "2022-12-31", 'rate = "9%"')
    with pytest.raises(TableError) as caught:
        read(BASE, city=version(*early))
    assert "least" in caught.value.problem.text("en")
    versions = read(BASE, city=version(*early, 'least = "3 yuan"'))["tables"]["a.levy"]["versions"]
    assert versions[0]["values"] == {"least": ["money", 300, 1], "rate": ["rate", 9, 100]}


def test_after_the_last_version_its_figures_go_on() -> None:
    ended = read(documents=DOCUMENTS, levy=HEAD + FIRST)
    versions = read(ended, city=version("2026-01-01", "2026-12-31", 'rate = "9%"'))["tables"]["a.levy"]["versions"]
    assert [(v["from"], v["until"], v["values"]["least"]) for v in versions] == [
        ("2023-01-01", "2023-12-31", ["money", 10_000, 1]),
        ("2026-01-01", "2026-12-31", ["money", 10_000, 1]),
    ]


def test_amended_figures_are_written_in_the_units_of_the_amendment() -> None:
    base = read(documents=DOCUMENTS, levy=LEVY.replace('"5%"', '"5‰"'))
    assert base["tables"]["a.levy"]["units"] == {"rate": "‰"}
    assert read(base, city=version("2026-01-01", "open", 'rate = "1/3"'))["tables"]["a.levy"]["units"] == {"rate": "/"}
    assert read(base, city=version("2026-01-01", "open", 'rate = "3%"'))["tables"]["a.levy"]["units"] == {"rate": "‰"}


def test_a_table_with_its_labels_replaces_the_other_whole() -> None:
    whole = HEAD.replace("税", "新税", 1) + 'parameters.sum = ["额", "sum"]\n'
    figures = 'rate = "1/3"', 'least = "2 yuan"', 'sum = "1 yuan"'
    found = read(BASE, city=whole + version("2026-01-01", "2026-12-31", *figures))["tables"]["a.levy"]
    assert (found["zh"], list(found["parameters"])) == ("新税", ["rate", "least", "sum"])
    assert [(v["from"], v["until"], v["values"]["sum"]) for v in found["versions"]] == [
        ("2026-01-01", "2026-12-31", ["money", 100, 1]),
    ]


@pytest.mark.parametrize(
    ("old", "new", "key", "found"),
    [
        ('"100 yuan"', '"1%"', "least", "rate"),
        ('"5%"', '"exempt"', "rate", "'exempt'"),
        ('"5%"', "true", "rate", "flag"),
    ],
)
def test_a_figure_that_the_rules_read_stays_what_it_is(old: str, new: str, key: str, found: str) -> None:
    """In a table that replaces another, and in one that amends it."""
    for text in (HEAD + FIRST, FIRST):
        error, values = refused(city=text.replace(old, new))
        assert (error, values["key"], values["value"]) == ("table_form", key, found)
        assert values["where"] == "city.toml: [a.levy] version from 2023-01-01"


def test_a_table_that_replaces_another_states_what_the_rules_read() -> None:
    less = (HEAD + FIRST).replace('parameters.least = ["起征", "least"]\n', "").replace('least = "100 yuan"\n', "")
    assert refused(city=less) == ("table_parameters", {"where": "city.toml: [a.levy]", "names": ["least"]})


def test_what_may_not_be_amended() -> None:
    at = "city.toml: [a.levy]"
    news = version("2026-01-01", "open", 'rate = "9%"')
    assert refused(city="[a.levy]\nmeasure = 3\n" + news) == (
        "table_key",
        {"where": at, "key": "measure", "allowed": ["version"]},
    )
    assert refused(city=news + 'rat = "9%"\n') == (
        "table_parameters",
        {"where": f"{at} version from 2026-01-01", "names": ["rat"]},
    )
    assert refused(city=news + version("2027-01-01", "open", 'rate = "8%"')) == (
        "table_overlap",
        {"where": at, "one": "2026-01-01", "other": "2027-01-01"},
    )
    for empty in ("[a.levy]\nversion = []\n", "[a.levy]\nversion = 5\n", "[a.levy.version]\nfrom = 2023-01-01\n"):
        assert refused(city=empty) == ("table_no_version", {"where": at, "path": "a.levy"})
    assert refused(city=news, other=news) == ("table_twice", {"where": "other.toml", "path": "a.levy"})
    assert refused(None, documents=DOCUMENTS, levy=LEVY, more=news) == (
        "table_twice",
        {"where": "more.toml", "path": "a.levy"},
    )
    assert refused(city=version("2026-01-01", "open", path="a.lev")) == (
        "table_label",
        {"where": "city.toml: [a.lev]"},
    )
    assert refused(city="[a.levy]\nmeasure = 3\n") == ("table_outside", {"where": "city.toml", "key": "a.levy.measure"})
    assert refused(city=version("2026-01-01", "open", 'rate = "9%"', document="law-9")) == (
        "table_document",
        {"where": f"{at} version from 2026-01-01", "document": "law-9"},
    )


# ---------------------------------------------------------------------- registers


def test_every_register_is_added_to() -> None:
    more = read(
        BASE,
        documents='[law-2]\nzh = "二"\nen = "second"\n',
        facts='[shops]\nzh = "店"\nen = "shops"\ntype = "count"\ngroup = "g"\n',
        groups='[next]\nzh = "次"\nen = "next"\ndocument = "law-2"\nclause = "3"\n',
        measures='[new]\nzh = "新"\nen = "new"\ndocument = "law-2"\nuntil = 2026-12-31\n',
        city='[b]\nzh = "乙"\nen = "B"\n' + version("2026-01-01", "open", path="b", document="law-2"),
    )
    assert more["documents"] == {"law-1": ["法", "law"], "law-2": ["二", "second"]}
    assert more["facts"] == {
        "cost": {"zh": "成本", "en": "cost", "type": "money", "group": "g"},
        "shops": {"zh": "店", "en": "shops", "type": "count", "group": "g"},
    }
    assert more["groups"] == {
        "best": {"label": ["从高", "the best"], "cite": ["law-1", "9"]},
        "next": {"label": ["次", "next"], "cite": ["law-2", "3"]},
    }
    assert more["notices"] == {
        "old": {"label": ["旧", "old"], "document": "law-1", "start": None, "until": "2023-12-31", "measures": []},
        "new": {"label": ["新", "new"], "document": "law-2", "start": None, "until": "2026-12-31", "measures": []},
    }
    assert more["tables"].keys() == {"a.levy", "b"}
    assert more["tables"]["a.levy"] == BASE["tables"]["a.levy"]


def test_an_entry_of_the_same_name_replaces_the_other() -> None:
    changed = read(
        BASE,
        documents='[law-1]\nzh = "新法"\nen = "new law"\n',
        facts=FACTS.replace('"cost"', '"costs"'),
        groups=GROUPS.replace('"9"', '"10"'),
        measures=NOTICES.replace("2023-12-31", "2025-12-31"),
    )
    assert changed["documents"] == {"law-1": ["新法", "new law"]}
    assert changed["facts"]["cost"]["en"] == "costs"
    assert changed["groups"]["best"]["cite"] == ["law-1", "10"]
    assert changed["notices"]["old"]["until"] == "2025-12-31"


def test_the_base_stays_as_it_was() -> None:
    kept = copy.deepcopy(BASE)
    read(
        BASE,
        documents='[law-2]\nzh = "二"\nen = "second"\n',
        facts='[shops]\nzh = "店"\nen = "shops"\ntype = "count"\ngroup = "g"\n',
        groups=GROUPS.replace("best", "next"),
        measures=NOTICES.replace("old", "new"),
        city=version("2023-04-01", "2024-06-30", 'rate = "9‰"'),
    )
    assert kept == BASE


def test_nothing_more_is_the_base_itself() -> None:
    assert read(BASE) == BASE


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        (
            "groups",
            GROUPS.replace("law-1", "law-9"),
            ("table_document", {"where": "groups.toml: [best]", "document": "law-9"}),
        ),
        (
            "measures",
            NOTICES.replace("law-1", "law-9"),
            ("table_document", {"where": "measures.toml: [old]", "document": "law-9"}),
        ),
        (
            "facts",
            FACTS.replace("[cost]", "[price]"),
            ("table_name_twice", {"where": "facts.toml", "name": "成本", "one": "cost", "other": "price"}),
        ),
        ("documents", '[d]\nzh = "a"\n', ("table_label", {"where": "documents.toml: [d]"})),
        ("groups", GROUPS.replace('clause = "9"\n', ""), ("table_text", {"where": "groups.toml: [best]", "key": "clause"})),
        ("measures", NOTICES.replace('zh = "旧"\n', ""), ("table_label", {"where": "measures.toml: [old]"})),
        ("return_rows", "[rows]\n", ("table_gone", {"where": "return_rows.toml"})),
    ],
)  # fmt: skip
def test_a_register_that_does_not_fit_is_refused(name: str, text: str, error: tuple[str, dict[str, Any]]) -> None:
    assert refused(BASE, **{name: text}) == error


# ---------------------------------------------------------------------- measures

SHOPS = '[shops]\nzh = "店"\nen = "shops"\ntype = "count"\ngroup = "g"\n'
GRANT = (
    '[m]\nzh = "补"\nen = "grant"\nkind = "grant"\nreckon = "each"\nof = ["shops"]\n'
    'parameters.amount = ["额", "amount"]\n'
)
PAID = version("2026-01-01", "open", 'amount = "5 yuan"', path="m")


def test_a_measure_is_a_table_with_a_reckoning() -> None:
    assert read(BASE, facts=SHOPS, city=GRANT + PAID)["tables"]["m"]["reckon"] == {
        "kind": "grant",
        "reckon": "each",
        "of": ["shops"],
        "rate": None,
        "by": None,
        "requires": [],
        "exclusive": None,
        "at_most": False,
        "received": True,
        "yearly": False,
        "levy": None,
        "term": None,
    }
    every = GRANT.replace("[m]\n", "[m]\nmeasure = 7\nnotice_until = 2026-06-30\n")
    found = read(BASE, facts=SHOPS, city=every + PAID)["tables"]["m"]
    assert (found["measure"], found["notice_until"]) == (7, "2026-06-30")
    assert BASE["tables"]["a.levy"]["reckon"] is None


def test_a_measure_that_takes_all_needs_no_figure() -> None:
    whole = (
        GRANT.replace("shops", "cost")
        .replace('"each"', '"whole"')
        .replace('parameters.amount = ["额", "amount"]\n', "")
    )
    found = read(BASE, city=whole + PAID.replace('amount = "5 yuan"\n', ""))["tables"]["m"]
    assert (found["reckon"]["reckon"], found["parameters"]) == ("whole", {})


def test_a_measure_needs_its_parameter_facts_and_group() -> None:
    at = "city.toml: [m]"
    other = GRANT.replace("parameters.amount", "parameters.sum") + PAID.replace("amount", "sum")
    assert refused(city=other) == ("table_needs", {"where": at, "key": "each", "needed": "amount"})
    assert refused(city=GRANT.replace('"each"', '"twice"') + PAID) == (
        "table_one_of",
        {"where": at, "key": "reckon", "allowed": ["each", "share", "points", "cap", "whole"]},
    )
    assert refused(city=GRANT.replace("shops", "coast") + PAID) == (
        "table_unknown",
        {"where": at, "name": "coast", "file": "facts.toml"},
    )
    assert refused(city=GRANT.replace('of = ["shops"]', 'of = ["cost"]\nexclusive = "west"') + PAID) == (
        "table_unknown",
        {"where": at, "name": "west", "file": "groups.toml"},
    )


SINCE = '[since]\nzh = "起"\nen = "since"\ntype = "month"\ngroup = "g"\n'
SEEN = '[seen]\nzh = "已"\nen = "seen"\ntype = "count"\ngroup = "g"\nmax = "99"\n'
TERM = GRANT.replace(
    "en = ", 'term = { from = "since", months = "months", received = "seen", counts = "shops" }\nen = '
)
TERM += 'parameters.months = ["月数", "months"]\n'


def paid(months: str, start: str = "2026-01-01", until: str = "2026-12-31", amount: str = "5 yuan") -> str:
    """A version of a measure with a term."""
    return version(start, until, f'amount = "{amount}"', f'months = "{months}"', path="m")


def test_a_measure_with_a_term_says_from_when_and_for_how_long() -> None:
    found = read(BASE, facts=SHOPS + SINCE + SEEN, city=TERM + paid("6 months"))["tables"]["m"]["reckon"]
    assert found["term"] == {"from": "since", "months": "months", "received": "seen", "counts": "shops"}
    without = TERM.replace(', counts = "shops"', "") + paid("6 months")
    assert read(BASE, facts=SHOPS + SINCE + SEEN, city=without)["tables"]["m"]["reckon"]["term"]["counts"] is None


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('term = { from = "since"', 'term = { since = "since"', "the key 'since' is not known"),
        ('from = "since", ', "", "from must be a text"),
        ('received = "seen"', "received = 1", "received must be a text"),
        ('months = "months", ', 'months = "span", ', "term needs span"),
        ('from = "since"', 'from = "sinse"', "'sinse' is not in facts.toml"),
        ('from = "since"', 'from = "seen"', "from: 'seen' must be a fact of type month"),
        ('received = "seen"', 'received = "since"', "received: 'since' must be a fact of type count"),
        ('counts = "shops"', 'counts = "seen"', "counts must be one of shops"),
        ('"6 months"', '"1.5 months"', "months is count; it must be a whole number of months"),
        ('"6 months"', '"0 months"', "months is count; it must be a whole number of months"),
        ('"6 months"', '"6%"', "it must be a number such as"),
    ],
)
def test_a_term_that_does_not_fit_is_refused(old: str, new: str, error: str) -> None:
    text = TERM + paid("6 months")
    assert old in text
    with pytest.raises(TableError) as caught:
        read(BASE, facts=SHOPS + SINCE + SEEN, city=text.replace(old, new))
    assert error in str(caught.value)


def test_all_versions_of_a_measure_with_a_term_state_the_same_figures() -> None:
    facts = SHOPS + SINCE + SEEN
    later = {"start": "2027-01-01", "until": "2027-12-31"}
    assert read(BASE, facts=facts, city=TERM + paid("6 months") + paid("6 months", **later))
    for other in (paid("7 months", **later), paid("6 months", **later, amount="6 yuan")):
        with pytest.raises(TableError) as caught:
            read(BASE, facts=facts, city=TERM + paid("6 months") + other)
        assert caught.value.problem.key == "table_term_versions"


# ---------------------------------------------------------------------- figures, units and dates


def levy_with(rate: str, *more: str) -> str:
    """A table of one version."""
    head = '[b.levy]\nzh = "税"\nen = "levy"\nparameters.rate = ["税率", "rate"]\n'
    return head + version("2023-01-01", "open", f"rate = {rate}", *more, path="b.levy")


@pytest.mark.parametrize(
    ("written", "units"),
    [
        ('"5%"', {}),
        ('"1_000.5 yuan"', {}),
        ('"5‰"', {"rate": "‰"}),
        ('" 1_000 persons "', {"rate": "persons"}),
        ('"12months"', {"rate": "months"}),
        ('"2.5 mu"', {"rate": "mu"}),
        ('"10/30"', {"rate": "/"}),
        ('"exempt"', {}),
        ("true", {}),
    ],
)
def test_units_that_the_compiled_form_does_not_tell(written: str, units: dict[str, str]) -> None:
    assert read(BASE, city=levy_with(written))["tables"]["b.levy"]["units"] == units


def test_units_are_those_of_every_version_and_band() -> None:
    head = HEAD + 'parameters.below = ["下限", "below"]\n'
    bands = 'bands = [{below = "3 persons", rate = "5‰"}, {rate = "10%"}]'
    whole = (
        head
        + version("2023-01-01", "2023-12-31", bands, 'least = "1 yuan"')
        + version("2024-01-01", "open", bands, 'least = "1/6"')
    )
    assert read(documents=DOCUMENTS, city=whole)["tables"]["a.levy"]["units"] == {
        "below": "persons",
        "rate": "‰",
        "least": "/",
    }


def test_dates_and_notes_of_a_version() -> None:
    plain = read(BASE, city=levy_with('"5%"'))["tables"]["b.levy"]["versions"]
    assert [(v["kept_until"], v["note"]) for v in plain] == [(None, None)]
    kept = read(BASE, city=levy_with('"5%"', "kept_until = 2029-12-31", 'note_zh = "注"', 'note_en = "note"'))
    (one,) = kept["tables"]["b.levy"]["versions"]
    assert (one["kept_until"], one["note"]) == ("2029-12-31", ["注", "note"])


@pytest.mark.parametrize("key", ["from", "until", "kept_until"])
@pytest.mark.parametrize("written", ['"2023"', "2023", "2023-01-01T00:00:00", "00:00:00"])
def test_a_date_is_a_day_and_nothing_else(key: str, written: str) -> None:
    """A time of day would be kept with the date, and could not be read again."""
    lines = levy_with('"5%"', "kept_until = 2029-12-31").splitlines()
    text = "\n".join(f"{key} = {written}" if line.startswith(f"{key} = ") else line for line in lines)
    at = "city.toml: [b.levy]"
    where = at if key == "from" else f"{at} version from 2023-01-01"
    assert refused(city=text) == ("table_date", {"where": where, "key": key})


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("rate = 5", "5"),
        ("rate = -1", "-1"),
        ('rate = "5"', "'5'"),
        ('rate = "5 percent"', "'5 percent'"),
        ("rate = {}", "{…}"),
        ("rate = []", "[…]"),
        ('rate = [{rate = "5%"}]', "[…]"),
    ],
)
def test_what_is_no_quantity(figure: str, value: str) -> None:
    text = levy_with('"5%"').replace('rate = "5%"', figure)
    where = f"city.toml: [b.levy] version from 2023-01-01 {figure.split()[0]}"
    assert refused(city=text) == ("table_quantity", {"where": where, "value": value})


def test_a_quantity_in_a_band_is_named() -> None:
    text = levy_with('"5%"').replace('rate = "5%"', 'bands = [{rate = "6%"}, {rate = "7"}]')
    assert refused(city=text) == (
        "table_quantity",
        {"where": "city.toml: [b.levy] version from 2023-01-01 bands.rate", "value": "'7'"},
    )


@pytest.mark.parametrize(
    "figure",
    ["5", '"5%"', "true", "{}", "[]", '[{rate = "5%"}, 5]', '[{rate = "5%"}, {rate = "6%"}]'],
)
def test_bands_are_a_list_of_tables_that_end(figure: str) -> None:
    text = levy_with('"5%"').replace('rate = "5%"', f"bands = {figure}")
    key, values = refused(city=text)
    assert (key, values["key"]) == ("table_form", "bands")


@pytest.mark.parametrize(
    "bands",
    [
        '{up_to = "3 yuan", rate = "5%"}, {up_to = "3 yuan", rate = "6%"}, {rate = "7%"}',
        '{up_to = "3 yuan", rate = "5%"}, {up_to = "4 persons", rate = "6%"}, {rate = "7%"}',
        '{up_to = "3 yuan", rate = "5%"}, {up_to = "4 yuan", rate = "6%"}',
        '{up_to = "all", rate = "5%"}, {rate = "6%"}',
        '{up_to = "3 yuan"}, {rate = "6%"}',
    ],
)
def test_bands_rise_and_only_the_last_has_no_end(bands: str) -> None:
    head = '[b.levy]\nzh = "税"\nen = "levy"\nparameters.rate = ["税率", "rate"]\nparameters.up_to = ["至", "up to"]\n'
    key, values = refused(city=head + version("2023-01-01", "open", f"bands = [{bands}]", path="b.levy"))
    assert (key, values["key"]) == ("table_form", "bands")


@pytest.mark.parametrize(
    ("name", "text", "key", "named"),
    [
        ("facts", FACTS.replace("money", "choice") + "options = 5\n", "table_form", "options"),
        ("city", levy_with('"5%"', "also = 5"), "table_citation", None),
        ("city", levy_with('"5%"', 'note_zh = "注"'), "table_text", "note_en"),
        ("city", levy_with('"5/0"'), "table_quantity", None),
        ("city", levy_with(f'"{10**13} yuan"'), "table_quantity", None),
        ("city", '[m]\nzh = "a"\nen = "b"\nparameters = 5\n', "table_form", "parameters"),
        ("facts", FACTS + 'aliases = ["price", 5]\n', "table_form", "aliases"),
        ("facts", FACTS + 'aliases = "price"\n', "table_form", "aliases"),
        ("facts", FACTS + 'max = "x"\n', "table_form", "max"),
        ("facts", FACTS + "places = 10\n", "table_form", "places"),
        ("facts", FACTS + 'assume_if = [["cost", "a", "b"]]\n', "table_form", "assume_if"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_form_is_named_with_table_and_key(
    name: str, text: str, key: str, named: str | None
) -> None:
    found, values = refused(None, documents=DOCUMENTS, **{name: text})
    assert (found, values.get("key")) == (key, named)
    assert re.match(rf"{name}\.toml: \[\S+\]", values["where"])


@pytest.mark.parametrize("key", ["rate", "by", "exclusive"])
@pytest.mark.parametrize("written", ["5", '["cost"]', '""'])
def test_a_measure_names_its_facts_by_texts(key: str, written: str) -> None:
    text = GRANT.replace('of = ["shops"]', f'of = ["shops"]\n{key} = {written}') + PAID
    assert refused(city=text) == ("table_text", {"where": "city.toml: [m]", "key": key})
