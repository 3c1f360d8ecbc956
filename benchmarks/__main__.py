"""Runs every benchmark and prints one table: `python -m benchmarks --out out/bench.json [NAME…]`.

A benchmark is a module of this folder with `run() -> {key: {ours, peer, peer_name, ratio, unit, n}}`;
ratio is peer / ours, so 2 is twice as fast.  goal, where there is one, is what ours should not exceed.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
from pathlib import Path
from typing import Any

import benchmarks


def names() -> list[str]:
    """The benchmarks there are."""
    found = [module.name for module in pkgutil.iter_modules(benchmarks.__path__)]
    return sorted(name for name in found if not name.startswith("_"))


def _goal(row: dict[str, Any]) -> str:
    if "goal" not in row:
        return ""
    return f"; цель {row['goal']} {row['unit']}" + ("" if row["ours"] <= row["goal"] else ", НЕ достигнута")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("names", nargs="*", default=names())
    options = parser.parse_args()
    found: dict[str, dict[str, Any]] = {}
    print(f"{'что':34}{'мы':>12}{'рядом':>12}  {'единица':8}{'во сколько':>11}  рядом с чем")
    for name in options.names:
        for key, row in importlib.import_module(f"benchmarks.{name}").run().items():
            found[key] = row
            print(
                f"{key:34}{row['ours']:>12.3f}{row['peer']:>12.3f}  {row['unit']:8}{row['ratio']:>11.1f}"
                f"  {row['peer_name']} (n = {row['n']}){_goal(row)}"
            )
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"\n{options.out}")


if __name__ == "__main__":
    main()
