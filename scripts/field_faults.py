#!/usr/bin/env python3
"""Lets things fail while 'serve' and 'controllers' run over a real mosquitto, and prints what the street did: a row of a table for each case.

    scripts/field_faults.py                    all cases, 1000 street seconds each at 20 times the pace of a street: a minute each
    scripts/field_faults.py --keep DIR broker two-servers
    scripts/field_faults.py --report DIR       and a page of HTML for each case: what the street did, second by second

It needs mosquitto and mosquitto_pub (Debian's mosquitto-clients). What happens at a second is said for the default --end; it happens at a share of it.

A case fails, and the exit status is 1, when a monitor sees an unsafe lamp, a controller gets into a fault, or a log is not sound or does not replay
to itself."""
import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import field_report

ROOT = Path(__file__).resolve().parent.parent
DLL = Path(os.environ.get("TRAFFICAI_DLL", ROOT / "artifacts/bin/TrafficAI.Cli/release/trafficai.dll"))
STREET = ROOT / "simulations/four-arm"
CONTROLLER = "centre"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Relay:
    """Passes bytes between the controllers and the broker, as long as the link is not cut."""

    def __init__(self, to):
        self.to, self.cut, self.open = to, False, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            near, _ = self.listener.accept()
            far = None if self.cut else self._reach()
            if far is None:
                near.close()
                continue
            self.open += [near, far]
            for a, b in ((near, far), (far, near)):
                a.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._pump, args=(a, b), daemon=True).start()

    def _reach(self):
        try:
            return socket.create_connection(("127.0.0.1", self.to))
        except OSError:
            return None

    @staticmethod
    def _pump(a, b):
        try:
            while data := a.recv(65536):
                b.sendall(data)
        except OSError:
            pass
        for s in (a, b):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def break_off(self):
        self.cut = True
        for s in self.open:
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.open = []


class Run:
    """A broker, a server and a street."""

    def __init__(self, folder, end, pace):
        self.folder, self.end, self.pace = folder, end, pace
        self.port = free_port()
        self.relay = Relay(self.port)
        self.servers, self.logs = [], []
        (folder / "broker.conf").write_text(f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\n")
        self.broker = None
        self.start_broker()
        self.write_keys("keys.txt")

    def trafficai(self, *arguments, name):
        out = open(self.folder / f"{name}.txt", "w")
        return subprocess.Popen(["dotnet", str(DLL), *map(str, arguments)], stdout=out, stderr=subprocess.STDOUT, cwd=self.folder)

    def write_keys(self, name):
        subprocess.run(["dotnet", str(DLL), "controllers", str(STREET), "--new-keys", name], cwd=self.folder, check=True)

    def start_broker(self):
        program = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
        self.broker = subprocess.Popen([program, "-c", str(self.folder / "broker.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.025)
        raise SystemExit("mosquitto does not start")

    def kill_broker(self):
        self.broker.kill()
        self.broker.wait()

    def start_server(self, log="log.db", keys="keys.txt", epoch=None):
        number = len(self.servers) + 1
        (self.folder / f"site{number}.yaml").write_text(f"scenario: {STREET}\nkeys: {keys}\nclass: S\n")
        more = ["--epoch", epoch] if epoch else []
        server = self.trafficai(
            "serve", "--bus", f"mqtt://127.0.0.1:{self.port}/demo", "--log", log, "--site", f"site{number}.yaml", *more, name=f"serve{number}")
        self.servers.append(server)
        if log not in self.logs:
            self.logs.append(log)
        self.wait_for(f"serve{number}", "end with Ctrl-C")
        return server

    def start_street(self, more):
        self.street = self.trafficai(
            "controllers", STREET, "--engine", "sumo", "--bus", f"mqtt://127.0.0.1:{self.relay.port}/demo", "--keys", "keys.txt", "--class", "S",
            "--pace", f"{self.pace}x", "--end", self.end, "--diary", "diary.tsv", *more, name="street")
        self.wait_until(0)

    def wait_for(self, name, text):
        for _ in range(12_000):
            if text in (self.folder / f"{name}.txt").read_text():
                return
            time.sleep(0.025)
        raise SystemExit(f"{name} never said '{text}': see {self.folder}")

    def wait_until(self, tenth):
        """Waits until so many tenths of the street's time are over: it says each."""
        self.wait_for("street", f"controllers: {10 * tenth:3} %")

    def stop(self):
        self.street.wait()
        time.sleep(0.5)
        for server in self.servers:
            if server.poll() is None:
                server.send_signal(signal.SIGTERM)
        for server in self.servers:
            server.wait()
        self.kill_broker()

    def close(self):
        for process in [*self.servers, getattr(self, "street", None), self.broker]:
            if process and process.poll() is None:
                process.kill()


def nothing(run):
    pass


def broker(run):
    run.wait_until(4)
    run.kill_broker()
    time.sleep(60 / run.pace)
    run.start_broker()


def server(run):
    run.wait_until(4)
    run.servers[0].kill()
    run.servers[0].wait()
    run.start_server()


def link(run):
    run.wait_until(4)
    run.relay.break_off()
    run.wait_until(7)
    run.relay.cut = False


def forged(run):
    """Somebody who has no key sends plans, and bytes that are none."""
    run.write_keys("other.txt")
    run.wait_until(3)
    run.start_server(log="forger.db", keys="other.txt", epoch=1_000_000)
    for size in range(1, 41):
        subprocess.run(
            ["mosquitto_pub", "-p", str(run.port), "-t", f"tai/v1/demo/{CONTROLLER}/down/plan", "-s"], input=os.urandom(size * 37), check=True)


def two_servers(run):
    run.wait_until(4)
    run.start_server(log="later.db", epoch=100)


# Of each: what is done, what the street is told, what fails, and when, as shares of the run.
CASES = {
    "nothing": (nothing, [], "nothing fails", ()),
    "broker": (broker, [], "broker killed at 400 s, back 60 s later", (0.4, 0.46)),
    "server": (server, [], "server killed (-9) at 400 s, started again at once", (0.4,)),
    "link": (link, [], "link cut from 400 s to 700 s", (0.4, 0.7)),
    "clock": (nothing, ["--clock-ahead", "30@400"], "controller's wall clock 30 s ahead from 400 s on", (0.4,)),
    "loss": (nothing, ["--fault", "loss=5%,dup=5%,reorder=5%"], "5 % of all messages lost, 5 % doubled, 5 % overtaken", ()),
    "forged": (forged, [], "from 300 s on forged plans and noise", (0.3,)),
    "two-servers": (two_servers, [], "a second server of a higher epoch from 400 s on", (0.4,)),
}


def number(pattern, text, default="0"):
    found = re.search(pattern, text)
    return found.group(1) if found else default


def own_logs(run):
    return [log for log in run.logs if log != "forger.db"]


def report(run, name, folder):
    """Writes the page of a case. Returns its line of the index."""
    _, _, what, shares = CASES[name]
    seconds = field_report.read(run.folder, own_logs(run), ["dotnet", str(DLL)])
    (folder / f"{name}.html").write_text(field_report.page(name, what, seconds, [round(share * run.end) for share in shares]))
    return name, what, field_report.facts(seconds)


def judge(run, name):
    street = (run.folder / "street.txt").read_text()
    servers = "".join((run.folder / f"serve{i + 1}.txt").read_text() for i in range(len(run.servers)))
    logs = own_logs(run)
    verified = [subprocess.run(["dotnet", str(DLL), "replay", log, "--verify"], cwd=run.folder, capture_output=True, text=True) for log in logs]
    checked = [subprocess.run(["dotnet", str(DLL), "check", log], cwd=run.folder, capture_output=True, text=True) for log in logs]
    row = {
        "delay": number(r"mean delay +([0-9.]+) s", street, "?"),
        "accepted": int(number(r"plans +(\d+) accepted", street)),
        "local": int(number(r"(\d+) s on the local plan", street)),
        "fault": int(number(r"(\d+) s in fault", street)),
        "missed": int(number(r"frames +(\d+) missed", servers.split("served")[-1])),
    }
    wrong = []
    if name == "clock" and not re.search(r"its clock is (29\.[5-9]|30\.[0-4]) s ahead of ours \(synchronised\)", servers):
        wrong.append("nobody noticed the clock")
    if run.street.returncode != 0:
        wrong.append("the street ended badly")
    if "ALARM" in street + servers or row["fault"]:
        wrong.append("UNSAFE")
    if any("identical" not in v.stdout for v in verified):
        wrong.append("a log does not replay to itself")
    if any(c.returncode for c in checked):
        wrong.append("a log is not sound")
    what = CASES[name][2]
    print(f"| {what} | {row['delay']} s | {row['local']} s | {row['accepted']} | {row['missed']} | {'; '.join(wrong) or 'safe, sound, replays'} |", flush=True)
    return not wrong


def parsed(options, cases):
    """What was asked for; ends with one line where a case is none of these, or nothing is built."""
    chosen = options.parse_args()
    if unknown := set(chosen.cases) - set(cases):
        options.error(f"no case {', '.join(unknown)}. Choose from {', '.join(cases)}.")
    if not DLL.exists():
        options.error(f"{DLL} is missing. Build it with ./trafficai --help.")
    return chosen


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    options.add_argument("--end", type=int, default=1000)
    options.add_argument("--pace", type=float, default=20)
    options.add_argument("--report", type=Path, help="where to write a page for each case")
    options.add_argument("--keep", type=Path, help="where to leave what was said and recorded")
    chosen = parsed(options, CASES)
    print("| what fails | mean delay | on the local plan | plans obeyed | frames missed | |\n|---|---|---|---|---|---|", flush=True)
    good, told = True, []
    if chosen.report:
        chosen.report.mkdir(parents=True, exist_ok=True)
    for name in chosen.cases or CASES:
        act, more, *_ = CASES[name]
        with tempfile.TemporaryDirectory() as temporary:
            folder = chosen.keep / name if chosen.keep else Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            run = Run(folder, chosen.end, chosen.pace)
            try:
                run.start_server()
                run.start_street(more)
                act(run)
                run.stop()
            finally:
                run.close()
            good &= judge(run, name)
            if chosen.report:
                told.append(report(run, name, chosen.report))
                (chosen.report / "index.html").write_text(field_report.index(told))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
