"""The list of what the program is made of names each package of the lock once, with all its digests."""

from __future__ import annotations

import re
import tomllib

from helpers.command import ROOT
from verification.sbom import document


def test_it_holds_the_whole_lock_and_what_the_project_asks_for() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    made = document()
    named = {f"{one['name']}=={one['version']}" for one in made["components"]}
    assert named == set(re.findall(r"^[\w.-]+==[^ \n]+", lock, re.MULTILINE))
    digests = [each["content"] for one in made["components"] for each in one["externalReferences"][0]["hashes"]]
    assert digests == re.findall(r"sha256:([0-9a-f]{64})", lock)
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    on = {re.split("[@]", one)[0] for one in made["dependencies"][0]["dependsOn"]}  # of some there are two versions
    assert len(on) == len(asked)
    marked = re.findall(r"^([\w.-]+)==[^ \n]+ ;", lock, re.MULTILINE)  # of some systems or Pythons only
    assert [one["name"] for one in made["components"] if "properties" in one] == marked
