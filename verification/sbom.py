"""Writes what the program is made of as CycloneDX 1.5: each package of requirements.lock with its version and digests.

    make sbom

Nothing is fetched, and nothing but the lock and pyproject.toml is read: the same source gives the same bytes, which name no time.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from taxcalc import __version__
from verification import ROOT

_PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; (?P<marker>[^\\]+?))? *\\$", re.MULTILINE)


def components(lock: str) -> list[dict[str, Any]]:
    """The packages of a lock, in its order. A digest is that of one of the files that may be installed."""
    found = list(_PINNED.finditer(lock))
    ends = [*(one.start() for one in found[1:]), len(lock)]
    made: list[dict[str, Any]] = []
    for one, end in zip(found, ends, strict=True):
        url = f"pkg:pypi/{one['name'].lower()}@{one['version']}"
        component: dict[str, Any] = {
            "type": "library",
            "bom-ref": url,
            "name": one["name"],
            "version": one["version"],
            "purl": url,
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": f"https://pypi.org/project/{one['name']}/{one['version']}/",
                    "hashes": [
                        {"alg": "SHA-256", "content": digest}
                        for digest in re.findall(r"--hash=sha256:([0-9a-f]{64})", lock[one.end() : end])
                    ],
                }
            ],
        }
        if one["marker"]:
            component["properties"] = [{"name": "python:marker", "value": one["marker"]}]
        made.append(component)
    return made


def document() -> dict[str, Any]:
    """The whole document."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parts = components((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    itself = f"pkg:pypi/{project['name']}@{__version__}"
    asked = [re.split(r"[<>=~! ;\[]", one, maxsplit=1)[0].lower() for one in project["dependencies"]]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": itself,
                "name": project["name"],
                "version": __version__,
                "description": project["description"],
                "licenses": [{"license": {"id": project["license"]}}],
                "purl": itself,
            }
        },
        "components": parts,
        "dependencies": [
            {"ref": itself, "dependsOn": sorted(p["bom-ref"] for p in parts if p["name"].lower() in asked)}
        ],
    }


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(document(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(target)
