#!/usr/bin/env python3
"""The tables of docs/almaty.md: every scenario of Almaty on SUMO, four strategies, both sensings, more demand.

    scripts/almaty_results.py FOLDER [--seeds 11-20] [--groups full,loops] [--scenarios almaty-pilot,almaty-abay]

Writes a file of `trafficai compare --json` per row group into FOLDER, leaves out what is there already, and prints the tables in Markdown.
Plans for `actuated-tuned` are computed from `fixed` with seeds 1 to 3, which no table uses. On two cores it takes some hours.
"""
import argparse
import json
import os
import pathlib
import subprocess

root = pathlib.Path(__file__).resolve().parent.parent
trafficai = os.environ.get("TRAFFICAI", str(root / "trafficai")).split()
SCENARIOS = ["almaty-pilot", "almaty-abay", "almaty-seifullin", "almaty-zheltoksan-brt", "almaty-centre"]
SITE = ["fixed", "actuated-tuned", "max-pressure", "adaptive"]
GROUPS = [
    ("full", SITE, ["--sensing", "full", "--kpi"]),
    ("loops", ["fixed", "actuated-tuned", "adaptive"], ["--sensing", "loops"]),
    ("+10 %", ["fixed", "adaptive"], ["--scale", "1.1"]),
    ("+20 %", ["fixed", "adaptive"], ["--scale", "1.2"]),
]
COLUMNS = [("stops_per_vehicle", "stops", 2), ("bus_delay_s", "bus, s", 1), ("walk_delay_s", "walk, s", 1), ("spillback", "spillback, min", 1), ("co2_g_per_km", "CO₂, g/km", 0)]


def run(*arguments):
    subprocess.run([*trafficai, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def plans(scenario, folder):
    path = folder / f"{scenario}.plans.json"
    if not path.exists():
        logs = [folder / f"{scenario}.{seed}.db" for seed in (1, 2, 3)]
        for seed, log in enumerate(logs, 1):
            log.unlink(missing_ok=True)
            run("simulate", root / "simulations" / scenario, "--engine", "sumo", "--strategy", "fixed", "--seed", seed, "--log", log)
        run("plan", *logs, "--out", path)
    return path


def compare(scenario, folder, name, strategies, options, seeds):
    path = folder / f"{scenario}.{name.strip('+ %')}.json"
    if not path.exists():
        if "actuated-tuned" in strategies:
            options = [*options, "--plans", plans(scenario, folder)]
        run("compare", root / "simulations" / scenario, "--engine", "sumo", "--strategies", ",".join(strategies), "--seeds", seeds, "--jobs", 2, *options, "--json", path)
    return json.loads(path.read_text())


def signed(value, half, digits):
    interval = "" if half is None else f" ± {half:.{digits}f}"
    return f"{value:+.{digits}f}{interval}".replace("-", "−")


def cell(figure, digits, is_reference):
    if figure is None:
        return "–"
    mean = f"{figure['mean']:.{digits}f}"
    return mean if is_reference else f"{mean} ({signed(figure['difference'], figure['difference_half_width95'], digits)})"


def row(strategy, reference):
    is_reference = strategy is reference
    delay = {"mean": strategy["mean_delay_s"], "difference": strategy["difference_s"], "difference_half_width95": strategy["difference_half_width95_s"]}
    figures = [cell(strategy["figures"].get(name), digits, is_reference) for name, _, digits in COLUMNS]
    return [strategy["strategy"], cell(delay, 1, is_reference), f"{strategy['worst_delay_s']:.1f}", str(strategy["gridlocked"]), *figures]


def table(result):
    lines = [["", "delay, s", "worst seed", "jammed", *(title for _, title, _ in COLUMNS)]]
    lines.append(["---"] * len(lines[0]))
    lines += [row(strategy, result["strategies"][0]) for strategy in result["strategies"]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("folder", type=pathlib.Path)
arguments.add_argument("--seeds", default="11-20")
arguments.add_argument("--groups", default=",".join(name for name, _, _ in GROUPS))
arguments.add_argument("--scenarios", default=",".join(SCENARIOS))
given = arguments.parse_args()
given.folder.mkdir(parents=True, exist_ok=True)
for name, strategies, options in GROUPS:
    if name not in given.groups.split(","):
        continue
    for scenario in given.scenarios.split(","):
        print(f"\n`{scenario}`, {name}:\n\n{table(compare(scenario, given.folder, name, strategies, options, given.seeds))}", flush=True)
