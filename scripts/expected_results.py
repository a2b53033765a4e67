#!/usr/bin/env python3
"""Runs again what simulations/*/expected.json promises, and writes down what comes out. Only when decisions change on purpose: say why in the commit.

    scripts/expected_results.py [SCENARIO…]
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent


def figures(scenario, row, folder):
    out = pathlib.Path(folder) / "run.json"
    command = [root / "trafficai", "simulate", scenario, "--json", out]
    for key in ("engine", "strategy", "class", "sensing", "seed"):
        command += [f"--{key}", str(row[key])]
    subprocess.run([*command, "--latency", str(row["latency_s"])], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    run = json.loads(out.read_text())
    return run["delay_s"], run["finished"]


def renew(scenario, folder):
    path = root / "simulations" / scenario / "expected.json"
    lines = path.read_text().splitlines(keepends=True)
    for i, line in enumerate(lines):
        if '"strategy"' not in line:
            continue
        row = json.loads(line.strip().rstrip(","))
        delay, finished = figures(root / "simulations" / scenario / row.get("variant", ""), row, folder)
        lines[i] = re.sub(r'"delay_s": [\d.]+, "finished": \d+', f'"delay_s": {delay:.2f}, "finished": {finished}', line)
        print(f"{scenario} {row['engine']} {row['strategy']} {row['class']} {row['sensing']}: {row['delay_s']} -> {delay:.2f}", flush=True)
    path.write_text("".join(lines))


scenarios = sys.argv[1:] or sorted(p.parent.name for p in root.glob("simulations/*/expected.json"))
with tempfile.TemporaryDirectory() as folder:
    for scenario in scenarios:
        renew(scenario, folder)
