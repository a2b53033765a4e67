#!/usr/bin/env python3
"""Removes each guard of the signals by hand, one at a time, in a copy of the sources, and says which tests then fail.

    scripts/remove_guards.py [WORDS]...     only the guards whose name holds one of the WORDS

Prints the table of docs/safety.md. Exit status 1 if some guard can go without a test noticing, or if its text is no longer found.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = "src/TrafficAI.Signals/"
TESTS = "tests/TrafficAI.Signals.Tests"
COPIED = ["src/TrafficAI.Network", "src/TrafficAI.Signals", "src/BannedSymbols.txt", TESTS, "Directory.Build.props",
          "Directory.Packages.props", ".editorconfig", "TrafficAI.sln", "NuGet.config"]

# Name of the guard, file, its text, what stands there without it.
GUARDS = [
    ("minimum green of a group", "PassageRules.cs",
     "minimum = Math.Max(minimum, tables.MinimumGreen[group] - state.LampSeconds[group] - until[group]);", "minimum += 0;"),
    ("minimum of a phase", "PassageRules.cs", "tables.PhaseMinimum[state.Phase] - state.Elapsed", "0"),
    ("intergreen after an earlier passage", "PassageRules.cs", "missing = Math.Max(missing, tables.Signals.Intergreen(foe, group) - since - from);",
     "missing += Math.Min(0, since);"),
    ("intergreen within a passage", "InterphaseDerivation.cs",
     "clear = Math.Max(clear, intergreens[ending.Index * groups.Length + starting.Index]);", "clear = Math.Max(clear, 0);"),
    ("a turn that gains priority waits", "InterphaseDerivation.cs", "if (from.Letters[link] == 'g' && to.Letters[link] == 'G') return true;",
     "if (from.Letters[link] == to.Letters[link] && link < 0) return true;"),
    ("an interphase is never broken off", "SignalDecider.cs", "if (state.Next is { } next)\n        {\n            return clears",
     "if (state.Next is { } next && wanted.Index != state.Phase)\n        {\n            return clears"),
    ("flashing green is shown", "InterphaseDerivation.cs", "passed >= -group.FlashingGreenSeconds ? Lamp.FlashingGreen",
     "passed >= group.FlashingGreenSeconds ? Lamp.FlashingGreen"),
    ("flashing green comes before the intergreen", "InterphaseDerivation.cs", "clear[g.Index] + g.FlashingGreenSeconds : 0", "clear[g.Index] : 0"),
    ("red-amber only while others are red", "InterphaseDerivation.cs", "most = Math.Min(most, clear[foe.Index] - foe.AmberSeconds - allRedSeconds);", "most += 0;"),
    ("amber of the profile", "GroupDerivation.cs", "profile.AmberSeconds ??", "profile.AmberSeconds * 0 ??"),
    ("pedestrian minimum of class S", "ClassRules.cs", "Math.Max(PedestrianGreenOfS, PedestrianTime.GreenSeconds(group.CrossingMetres))",
     "PedestrianGreenOfS"),
    ("pedestrian minimum of kz", "GroupDerivation.cs",
     "var least = group.Kind == GroupKind.Pedestrian ? PedestrianTime.GreenSeconds(group.CrossingMetres) : profile.LeastGreenSeconds;",
     "var least = profile.LeastGreenSeconds;"),
    ("pedestrian clearance", "IntergreenDerivation.cs",
     "Math.Max(ClassRules.Intergreen(controlClass), PedestrianTime.ClearanceSeconds(ending.CrossingMetres))", "ClassRules.Intergreen(controlClass)"),
    ("all red lasts no longer than it may", "SignalDecider.cs", "&& state.LampSeconds[allRed.Group] - allRed.RedSeconds < tables.Signals.AllRedExtensionSeconds", ""),
    ("a longer all red keeps the maximum red", "SignalDecider.cs", "MaximumRed.IsFarFromLimit(tables, state, calls, limit - 1)", "limit > 0"),
    ("only all red lasts longer", "SignalDecider.cs", "return state.Elapsed == allRed.Second", "return state.Elapsed >= 1"),
    ("decision interval", "SignalDecider.cs", "return tables.AtInterval(state.Second + 1) == state.Second + 1 ? Guard.None : Guard.DecisionInterval;",
     "return Guard.None;"),
    ("unknown phase", "SignalDecider.cs", "phase.Number >= 1 && phase.Number <= signals.Phases.Length", "phase.Number >= 1"),
    ("maximum red", "MaximumRed.cs", "if (IsFarFromLimit(tables, state, calls, limit)) return choice;", "if (limit > 0) return choice;"),
    ("maximum red looks at all who are due", "RedRound.cs", "if (due[group] && start - waitSince[group] > limit) inTime = false;", ""),
    ("maximum red takes over early enough", "MaximumRed.cs", "if (waited + tables.RoundSeconds > limit) return false;",
     "if (waited > limit) return false;"),
    ("calls: each turn at its longest", "RedRound.cs", "passage = Math.Max(passage, tables.LongestPassages[p]);", "passage = tables.LongestPassages.Min();"),
    ("maximum red from the call", "RedRound.cs", "waitSince[group] = Math.Max(redSince[group], call);", "waitSince[group] = redSince[group];"),
    ("the fit of the maximum red", "MaximumRedFit.cs", "if (waits[worst] <= limit) return null;", "if (waits[worst] >= 0) return null;"),
    ("a lone phase that repeats keeps its minima", "SignalDecider.cs", "&& PassageRules.MissingMinimum(tables, state, 0) <= 0", ""),
    ("a lone phase that repeats has its time", "SignalDecider.cs", "&& state.Elapsed >= plan.CycleSeconds - tables.Passage(0, 0)", ""),
    ("start-up: all red", "FlashSequences.cs", "StartSeconds = amberSeconds + allRedSeconds;", "StartSeconds = amberSeconds;"),
    ("start-up: amber", "FlashSequences.cs", "second < amberSeconds ? amber : allRed", "second < 0 ? amber : allRed"),
    ("switch-off: minima", "VirtualController.cs", "&& sequences.MayClose(running.View)", ""),
    ("switch-off: all red", "FlashSequences.cs", "return [.. passage.Seconds, .. Enumerable.Repeat(allRed, allRedSeconds)];",
     "return [.. passage.Seconds, .. Enumerable.Repeat(allRed, Math.Min(1, allRedSeconds))];"),
    ("a restart trusts no impossible picture", "VirtualController.cs", "var isOwn = SignalDecider.IsOwn(signals, state);",
     "var isOwn = SignalDecider.IsOwn(signals, state) || SignalDecider.IsKnown(signals, state.Phase);"),
    ("lease", "VirtualController.cs", "var obeys = held is not null && next < leaseEnd;", "var obeys = held is not null && leaseEnd != long.MinValue;"),
    ("a clock that is set does not lengthen a lease", "VirtualController.cs",
     "if (leaseEnd != long.MinValue && leaseEnd != long.MaxValue) leaseEnd += next - 1 - Second;", ""),
    ("a stale plan is refused", "VirtualController.cs", "return PlanReply.Stale;", "return PlanReply.Accepted;"),
    ("a plan for others is refused", "VirtualController.cs", "return PlanReply.WrongIntersection;", "return PlanReply.Accepted;"),
    ("a plan without a known phase is refused", "VirtualController.cs", "return PlanReply.UnknownPhase;", "return PlanReply.Accepted;"),
    ("no plan in a fault", "VirtualController.cs", "if (Mode == ControlMode.Fault) return PlanReply.Fault;", ""),
    ("no plan while switched off", "VirtualController.cs", "if (Mode == ControlMode.Off) return PlanReply.Off;", ""),
    ("a violation makes the controller flash", "VirtualController.cs", "        if (Violation is null)\n", "        if (Violation is null || move.Elapsed > 0)\n"),
    ("a person must release a fault", "VirtualController.cs", "if (Mode == ControlMode.Fault) Flash();", "if (Mode == ControlMode.Fault && startsAgain) Flash();"),
    ("monitor: conflicting greens", "ConflictMonitor.cs", "if (Goes(lamps[b]) && conflicts[a * lamps.Length + b])",
     "if (Goes(lamps[b]) && conflicts[a * lamps.Length + b] && second < 0)"),
    ("monitor: minimum green", "ConflictMonitor.cs", "second - rules.GreenSince >= rules.MinimumGreenSeconds", "second > rules.GreenSince"),
    ("monitor: flashing green", "ConflictMonitor.cs", "if (flashed >= rules.FlashingGreenSeconds) return null;", "if (flashed >= 0) return null;"),
    ("monitor: amber", "ConflictMonitor.cs", "second - rules.AmberSince < rules.AmberSeconds", "second < rules.AmberSince"),
    ("monitor: intergreen", "ConflictMonitor.cs", "if (second - ended < least)", "if (second < ended)"),
    ("monitor: order of lamps", "ConflictMonitor.cs", "        return forbidden\n", "        return forbidden && second < 0\n"),
    ("monitor: who was off may have gone", "ConflictMonitor.cs", "if (!rules.IsOffAtTimes) rules.GoingEnded = second;", ""),
    ("monitor: a clock that is set is no gap", "ConflictMonitor.cs", "foreach (var group in groups) group.Shift(next - 1 - lastSecond);", ""),
    ("monitor: nothing judged across a gap", "ConflictMonitor.cs", "lastSecond != Never && second == lastSecond + 1", "lastSecond != Never"),
    ("red may come sooner than amber", "Observation.cs", "if (At(group, end + length) == Lamp.Red) least = length;", "length += 0;"),
    ("signals.json: a minimum only raises", "SignalsJson/PartOnSite.cs", "if (seconds < group.MinimumGreenSeconds)", "if (seconds < 0)"),
    ("signals.json: an intergreen only raises", "SignalsJson/PartOnSite.cs", "if (own.Seconds < intergreens[pair])", "if (own.Seconds < 0)"),
    ("signals.json: a crossing only grows", "SignalsJson/PartOnSite.cs", "if (metres < groups[index].CrossingMetres)", "if (metres < 0)"),
    ("signals.json: who raises times computes passages", "SignalsBuilder.cs",
     "part.RaisesTimes ? part.Profile with { ComputesIntergreens = true } : part.Profile", "part.Profile"),
    ("signals.json: benchmark classes stay", "SignalsBuilder.cs", "if (controlClass == ControlClass.Site)\n            return", "if (part.Id.Value != \"\")\n            return"),
]


def copy_to(folder):
    for item in COPIED:
        source, target = ROOT / item, folder / item
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def build(folder, project, *options):
    """What the compiler says, or None."""
    made = subprocess.run(["dotnet", "build", project, "-c", "Release", "-v", "q", "--nologo", "-p:TreatWarningsAsErrors=false",
                           "-p:RunAnalyzers=false", *options], cwd=folder, capture_output=True, text=True)
    return re.search(r"error \w*: ?[^\[]*", made.stdout + made.stderr).group(0) if made.returncode else None


def failing(folder):
    """Names of the tests that fail, or what the compiler says."""
    bins = folder / "artifacts/bin"
    run = bins / "TrafficAI.Signals.Tests/release/TrafficAI.Signals.Tests"
    if error := build(folder, SOURCES, "--no-restore", "--no-dependencies"):
        return [error]
    shutil.copy(bins / "TrafficAI.Signals/release/TrafficAI.Signals.dll", run.parent)
    try:
        tests = subprocess.run([run, "-noColor"], cwd=folder, capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired:
        return ["(the tests do not end)"]
    names = re.findall(r"TrafficAI\.Signals\.Tests\.(\w+\.\w+)(?:\(.*\))? \[FAIL\]", tests.stdout)
    names = sorted(set(names), key=lambda name: (name.startswith(("Pinned", "FaultSoak")), name))
    return names or ([] if tests.returncode == 0 else ["(the tests break off)"])


def without(guard, folder):
    name, file, text, instead = guard
    path = folder / SOURCES / file
    original = path.read_text(encoding="utf-8")
    if original.count(text) < 1:
        return name, file, ["text not found"], False
    path.write_text(original.replace(text, instead), encoding="utf-8")
    try:
        failed = failing(folder)
        print(f"{name}: {', '.join(failed) or 'NONE'}", file=sys.stderr, flush=True)
    finally:
        path.write_text(original, encoding="utf-8")
    return name, file, failed, bool(failed) and not failed[0].startswith("error")


def main():
    chosen = [g for g in GUARDS if any(words in g[0] for words in sys.argv[1:] or [""])]
    workers = max(1, min(2, os.cpu_count() or 1))
    good = True
    with tempfile.TemporaryDirectory(prefix="trafficai-guards") as temporary, ThreadPoolExecutor(workers) as pool:
        folders = [Path(temporary) / str(i) for i in range(workers)]
        for folder in folders:
            copy_to(folder)
            if error := build(folder, TESTS):
                sys.exit(error)
        parts = [pool.submit(lambda i=i: [without(g, folders[i]) for g in chosen[i::workers]]) for i in range(workers)]
        found = {row[0]: row for part in parts for row in part.result()}
    print("| guard removed | in | tests that fail |\n|---|---|---|")
    for name, *_ in chosen:
        _, file, failed, fine = found[name]
        good &= fine
        shown = ", ".join(f"`{test.split('.')[-1]}`" for test in failed[:3])
        more = f" and {len(failed) - 3} more" if len(failed) > 3 else ""
        print(f"| {name} | `{file.removesuffix('.cs')}` | {shown or 'NONE'}{more} |")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
