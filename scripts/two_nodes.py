#!/usr/bin/env python3
"""Two nodes share 100 intersections over a real mosquitto; one of them is killed, the link between them is cut, both are restarted in turn. Prints a row of a table for each.

    scripts/two_nodes.py                        all cases, about two minutes each, in real time
    scripts/two_nodes.py --keep DIR cut
    scripts/two_nodes.py --grid 3 --parts 3     a grid of 3 x 3 intersections in 3 parts

It needs netgenerate, mosquitto, and a build with Akka.NET (./trafficai says so). The street is the built-in one, with its controllers, behind the field contract.

Of each intersection whose server changed: the seconds for which it got no plan, from the controllers' own record. A case fails, and the exit status is 1, when a monitor sees an
unsafe lamp, a controller falls back to its own plan or gets into a fault, a log is not sound or does not replay to itself, or a controller obeyed a plan that is in no log."""
import argparse
import csv
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import field_faults
import street_grid

DLL = field_faults.DLL
INTERRUPTED = 130  # as the street ends when it is told to


class Trial:
    """A broker, two nodes with a link between them that can be cut, and a street."""

    def __init__(self, folder, options):
        self.folder, self.options, self.started = folder, options, 0
        self.broker_port = field_faults.free_port()
        self.binds = [field_faults.free_port(), field_faults.free_port()]
        self.links = [field_faults.Relay(port) for port in self.binds]
        self.nodes, self.street, self.fault = [None, None], None, None
        street_grid.write(str(folder / "grid"), options.grid, 8 * options.grid ** 2, attach=0)
        (folder / "broker.conf").write_text(f"listener {self.broker_port} 127.0.0.1\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\n")
        (folder / "site.yaml").write_text("scenario: grid\nkeys: keys.txt\n")
        self.broker = subprocess.Popen([shutil.which("mosquitto") or "/usr/sbin/mosquitto", "-c", str(folder / "broker.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run(["dotnet", str(DLL), "controllers", "grid", "--new-keys", "keys.txt"], cwd=folder, check=True)

    def trafficai(self, name, *arguments):
        return subprocess.Popen(["dotnet", str(DLL), *map(str, arguments)], stdout=open(self.folder / f"{name}.txt", "w"), stderr=subprocess.STDOUT, cwd=self.folder)

    def start(self, node):
        self.started += 1
        seeds = ",".join(f"127.0.0.1:{link.port}" for link in self.links)
        self.nodes[node] = self.trafficai(
            f"node{node + 1}-{self.started}", "serve", "--bus", f"mqtt://127.0.0.1:{self.broker_port}/demo", "--log", "day.db", "--site", "site.yaml",
            "--node", f"127.0.0.1:{self.links[node].port}", "--node-bind", f"127.0.0.1:{self.binds[node]}", "--seeds", seeds, "--parts", self.options.parts)

    def said(self, node):
        return "".join(path.read_text() for path in sorted(self.folder.glob(f"node{node + 1}-*.txt"), key=lambda path: int(re.findall(r"\d+", path.name)[1])))

    def owned(self, node):
        """The parts that a node serves, by what it says."""
        parts = set()
        for line in self.said(node).splitlines() if self.nodes[node] and self.nodes[node].poll() is None else []:
            if found := re.match(r"serve: part (\d+) of \d+: (.*)", line):
                if "end with Ctrl-C" in found[2]:
                    parts.add(found[1])
                elif found[2] == "handed over":
                    parts.discard(found[1])
        return parts

    def wait(self, what, holds, seconds=90):
        for _ in range(10 * seconds):
            if holds():
                return
            time.sleep(0.1)
        raise SystemExit(f"it never came about that {what}: see {self.folder}")

    def wait_for_both(self):
        self.wait("both nodes serve", lambda: all(self.owned(node) for node in (0, 1)) and len(self.owned(0) | self.owned(1)) == self.options.parts)
        time.sleep(self.options.settle)

    def begin(self):
        self.start(0)
        self.wait("the first node serves all", lambda: len(self.owned(0)) == self.options.parts)
        self.start(1)
        self.wait_for_both()
        self.street = self.trafficai(
            "street", "controllers", "grid", "--engine", "builtin", "--bus", f"mqtt://127.0.0.1:{self.broker_port}/demo", "--keys", "keys.txt", "--pace", "real", "--end", 600,
            "--diary", "diary.tsv")
        self.wait("all controllers obey", lambda: (self.folder / "diary.tsv").exists() and len({l["intersection"] for l in self.diary() if l["mode"] == "plan"}) == self.options.grid ** 2)
        time.sleep(self.options.settle)
        self.fault = 1000 * time.time()

    def end(self):
        time.sleep(self.options.settle)
        for process in [self.street, *self.nodes]:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait()
        self.broker.kill()
        self.broker.wait()

    def close(self):
        for process in [self.street, *self.nodes, self.broker]:
            if process and process.poll() is None:
                process.kill()

    def diary(self):
        with open(self.folder / "diary.tsv") as file:
            lines = file.read().rsplit("\n", 1)[0].splitlines()
        return list(csv.DictReader(lines, delimiter="\t"))


def kill(node):
    def act(trial):
        gone = trial.owned(node)
        trial.nodes[node].kill()
        trial.nodes[node].wait()
        trial.wait("the other node serves what the killed one did", lambda: gone <= trial.owned(1 - node))
    return act


def cut(trial):
    for link in trial.links:
        link.break_off()
    trial.wait("one node serves all", lambda: any(len(trial.owned(node)) == trial.options.parts for node in (0, 1)))
    time.sleep(trial.options.settle)
    for link in trial.links:
        link.cut = False
    trial.wait_for_both()


def rolling(trial):
    for node in (1, 0):
        trial.nodes[node].send_signal(signal.SIGTERM)
        trial.nodes[node].wait()
        trial.start(node)
        trial.wait_for_both()


CASES = {
    "kill-first": (kill(0), "first node killed (-9)"),
    "kill-second": (kill(1), "second node killed (-9)"),
    "cut": (cut, "nodes cut off from each other, then joined again"),
    "rolling": (rolling, "both restarted in turn"),
}


def pauses(trial):
    """Of each intersection whose server changed after the fault: its longest time without a plan, in seconds, and how many seconds it had none."""
    lines = {}
    for line in trial.diary():
        if int(line["wall"]) >= trial.fault:
            lines.setdefault(line["intersection"], []).append(line)
    found = {}
    for intersection, all_lines in lines.items():
        if len({line["epoch"] for line in all_lines}) == 1:
            continue
        longest = run = missed = 0
        for line in all_lines:
            run = 0 if int(line["accepted"]) else run + 1
            missed += not int(line["accepted"])
            longest = max(longest, run)
        found[intersection] = (longest, missed)
    return found


def obeyed(trial):
    """The number of the newest plan that each controller held; plans of an intersection are counted through all epochs."""
    newest = {}
    for line in trial.diary():
        if line["sequence"]:
            newest[line["intersection"]] = max(newest.get(line["intersection"], 0), int(line["sequence"]))
    return newest


def judge(trial, what):
    wrong, decided = [], 0
    for log in sorted(trial.folder.glob("day-part-*.db")):
        run = lambda *arguments: subprocess.run(["dotnet", str(DLL), *arguments], cwd=trial.folder, capture_output=True, text=True)
        if run("check", log.name).returncode:
            wrong.append(f"{log.name} is not sound")
        replayed = run("replay", log.name, "--verify").stdout
        if "identical" not in replayed:
            wrong.append(f"{log.name} does not replay to itself")
        decided += int(re.search(r"(\d+) decisions", replayed)[1])
    lost = max(0, sum(obeyed(trial).values()) - decided)
    street = (trial.folder / "street.txt").read_text()
    after = [line for line in trial.diary() if int(line["wall"]) >= trial.fault]
    local = sum(line["mode"] != "plan" for line in after)
    if trial.street.returncode not in (0, INTERRUPTED) or "ALARM" in street or any(line["monitor"] != "safe" for line in trial.diary()):
        wrong.append("UNSAFE")
    if lost:
        wrong.append("plans obeyed that no log knows")
    if local:
        wrong.append("controllers on their own plan")
    found = pauses(trial)
    longest = sorted(pause for pause, _ in found.values()) or [0]
    print(f"| {what} | {len(found)} of {trial.options.grid ** 2} | half within {statistics.median_low(longest)} s, all within {longest[-1]} s | {sum(missed for _, missed in found.values())} "
          f"of {len(after)} | {local} s | {lost} | {'; '.join(wrong) or 'safe, sound, replays'} |", flush=True)
    return not wrong


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    options.add_argument("--grid", type=int, default=10, help="intersections along a side")
    options.add_argument("--parts", type=int, default=8)
    options.add_argument("--settle", type=float, default=10, help="seconds before and after what fails")
    options.add_argument("--keep", type=Path, help="where to leave what was said and recorded")
    chosen = field_faults.parsed(options, CASES)
    print("| what fails | server changed | without a plan | plans missed | on the own plan | events lost | |\n|---|---|---|---|---|---|---|", flush=True)
    good = True
    for name in chosen.cases or CASES:
        act, what = CASES[name]
        with tempfile.TemporaryDirectory() as temporary:
            folder = chosen.keep / name if chosen.keep else Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            trial = Trial(folder, chosen)
            try:
                trial.begin()
                act(trial)
                trial.end()
            finally:
                trial.close()
            good &= judge(trial, what)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
