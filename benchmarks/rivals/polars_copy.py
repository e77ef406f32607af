"""A CSV read and written by Polars with every cell kept as text: what the columns cost without any rule.

python benchmarks/rivals/polars_copy.py IN OUT
"""

from __future__ import annotations

import json
import sys
import time

import polars as pl


def main() -> None:
    """Copy the file IN into the file OUT, then count its rows off the clock."""
    start = time.perf_counter()
    pl.scan_csv(sys.argv[1], infer_schema=False).sink_csv(sys.argv[2])
    total = time.perf_counter() - start
    rows = pl.scan_csv(sys.argv[1], infer_schema=False).select(pl.len()).collect().item()
    print(json.dumps({"rows": rows, "total_s": round(total, 3), "compute_s": 0.0}))


if __name__ == "__main__":
    main()
