"""What the street did, second by second, while something failed: a page of HTML for each case of field_faults.py, and an index.

The lamps, the lease and the monitor's verdict are from the controllers' own diary (controllers --diary); what a server heard is from its log."""
import html
import json
import subprocess
from datetime import datetime

AROUND = 12
COLOURS = {"R": "#d9443f", "u": "#f08a24", "G": "#2e9b57", "f": "#8ccf6a", "A": "#f2c230", "o": "#f2c230", "-": "#333"}
DRIVES = {"plan": "#3a78c9", "local": "#c98a3a", "fault": "#b0002a", "off": "#777"}
HEARD = {"heard": "#9bbbe0", "told later": "#e5b567", "not heard": "#d9443f"}
STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:2em auto;max-width:1240px;padding:0 1em;color:#1c1c1c}
table{border-collapse:collapse;font-size:13px;width:100%}th,td{text-align:left;padding:2px 8px;vertical-align:top;border-bottom:1px solid #e4e4e4}
th{position:sticky;top:0;background:#fff}td.lamps,td.lamps span{font-family:ui-monospace,monospace;white-space:pre}td.lamps span{color:#fff;padding:0 2px}
tr.usual td{color:#777;background:#f6f6f6}tr.wrong td{background:#fff4e3}tr.unsafe td{background:#b0002a;color:#fff}
svg{width:100%;height:auto}.key i{display:inline-block;width:1em;height:.8em;margin:0 .3em 0 1em}
.wide{overflow-x:auto}"""


class Second:
    """A street second of one controller: what it showed and knew, and what became of the frame that told it."""

    def __init__(self, line):
        self.at, self.wall, self.accepted, self.refused = int(line["second"]), int(line["wall"]), int(line["accepted"]), int(line["refused"])
        self.mode, self.link, self.lamps, self.monitor = line["mode"], line["link"], line["lamps"], line["monitor"]
        self.phase = f"{line['phase']} → {line['next']}" if line["next"] else line["phase"]
        self.plan = (line["epoch"], line["sequence"])
        self.lease = int(line["lease"])
        self.heard, self.events = [], []

    @property
    def is_usual(self):
        return self.mode == "plan" and self.link == "up" and self.refused == 0 and self.monitor == "safe" and not self.events and "heard" in self.heard

    def looks(self):
        """What a line of the table says; seconds that look the same share one."""
        return self.mode, self.link, self.phase, self.lamps, self.monitor, tuple(self.heard), self.refused, self.plan[0], self.accepted == 0


def read(folder, logs, trafficai):
    """The seconds of the one controller of a run; the last one is left out, since no frame tells of it."""
    names, *lines = (folder / "diary.tsv").read_text().splitlines()
    seconds = [Second(dict(zip(names.split("\t"), line.split("\t")))) for line in lines[:-1]]
    for log in logs:
        hear(seconds, show(log, "inputs-centre", folder, trafficai))
        note(seconds, show(log, "session-centre", folder, trafficai), log if len(logs) > 1 else "")
    return seconds


def show(log, stream, folder, trafficai):
    said = subprocess.run([*trafficai, "log", "show", log, stream], cwd=folder, capture_output=True, text=True, check=True).stdout
    return [(kind, json.loads(what)) for _, kind, what in (line.split(None, 2) for line in said.splitlines())]


def hear(seconds, inputs):
    """A frame tells of the second before its own."""
    live = {said["second"] - 1 for kind, said in inputs if kind.startswith("frame.")}
    later = {second - 1 for kind, said in inputs if kind == "backlog.v1" for second in said["frames"]}
    for second in seconds:
        second.heard.append("heard" if second.at in live else "told later" if second.at in later else "not heard")


def note(seconds, session, log):
    for kind, said in session:
        if "received" not in said or kind == "messages-counted.v1":
            continue
        wall = datetime.fromisoformat(said.pop("received")).timestamp() * 1000
        shown = [second for second in seconds if second.wall <= wall]
        told = ", ".join(f"{name} {str(value)[:60]}" for name, value in said.items() if value not in (None, "") and name not in ("boot", "firmware", "configuration"))
        (shown or seconds)[-1 if shown else 0].events.append(f"{log + ': ' if log else ''}{kind.removesuffix('.v1')} {told}".strip())


def near(seconds, faults):
    """Those around what is not as usual; what a start brings is not counted."""
    odd = [s.at for s in seconds if not s.is_usual and s.at > 5] + list(faults)
    return {at for second in odd for at in range(second - AROUND, second + AROUND + 1)}


def rows(seconds, faults):
    """Runs of seconds that share a line: (seconds, whether nothing happened)."""
    told = near(seconds, faults)
    runs = []
    for second in seconds:
        usual = second.at not in told
        last = runs[-1] if runs else None
        alike = last and last[1] == usual and (usual or (not second.events and last[0][-1].looks() == second.looks()))
        if alike:
            last[0].append(second)
        else:
            runs.append(([second], usual))
    return runs


def line(run, usual):
    first, last = run[0], run[-1]
    at = f"{first.at}" if first is last else f"{first.at}–{last.at}"
    if usual:
        changes = sum(a.phase != b.phase and "→" in b.phase for a, b in zip(run, run[1:]))
        return f'<tr class="usual"><td>{at}<td colspan="7">as usual: on the plan, every frame heard, {sum(s.accepted for s in run)} plans acknowledged, {changes} changes of phase, monitor: safe'
    word = "unsafe" if first.monitor != "safe" or first.mode == "fault" else "" if first.is_usual else "wrong"
    return "<td>".join([f'<tr class="{word}"><td>{at}', html.escape(first.phase), lamps(first.lamps), drives(first, last), first.link, " / ".join(first.heard),
                        acknowledged(run), f"{html.escape(first.monitor)}{''.join('<br>' + html.escape(e) for e in first.events)}"]).replace("<td><span", '<td class="lamps"><span')


def lamps(letters):
    return "".join(f'<span style="background:{COLOURS.get(letter, "#999")}">{letter}</span>' for letter in letters)


def drives(first, last):
    if first.mode == "plan":
        plans = first.plan[1] if first.plan == last.plan else f"{first.plan[1]}–{last.plan[1]}"
        lease = f"{first.lease}" if first.lease == last.lease else f"{first.lease} … {last.lease}"
        return f"plan {plans} of epoch {first.plan[0]}, lease {lease} s"
    return {"local": "its own plan", "fault": "nobody: flashing amber", "off": "switched off by hand"}[first.mode]


def acknowledged(run):
    accepted, refused = sum(s.accepted for s in run), sum(s.refused for s in run)
    return f"{accepted or 'none'}" + (f", {refused} refused" if refused else "")


def strip(y, height, seconds, colour_of):
    """Coloured runs along the time."""
    parts, begun = [], 0
    for i in range(1, len(seconds) + 1):
        if i < len(seconds) and colour_of(seconds[i]) == colour_of(seconds[begun]):
            continue
        parts.append(f'<rect x="{seconds[begun].at}" y="{y}" width="{i - begun}" height="{height}" fill="{colour_of(seconds[begun])}"/>')
        begun = i
    return "".join(parts)


def picture(seconds, faults):
    """The whole run: a strip a signal group, who drives, what was heard."""
    groups = len(seconds[0].lamps)
    parts, texts = [], []
    for group in range(groups):
        parts.append(strip(group * 14, 11, seconds, lambda s, g=group: COLOURS.get(s.lamps[g], "#999")))
        texts.append((group * 14 + 10, f"group {group + 1}"))
    below = [("who drives", lambda s: DRIVES[s.mode])]
    below += [(f"server {i + 1} heard", lambda s, i=i: HEARD[s.heard[i]]) for i in range(len(seconds[0].heard))]
    for i, (text, colour_of) in enumerate(below):
        y = groups * 14 + 8 + i * 18
        parts.append(strip(y, 14, seconds, colour_of))
        texts.append((y + 11, text))
    bottom = groups * 14 + 8 + len(below) * 18
    parts += [f'<path d="M{at} -4V{bottom}" stroke="#000" stroke-width="1.5" stroke-dasharray="3 2"/>' for at in faults]
    end = seconds[-1].at
    ticks = "".join(f'<text x="{at}" y="{bottom + 14}" font-size="11" text-anchor="middle">{at}</text>' for at in range(0, end + 1, 100))
    words = "".join(f'<text x="-8" y="{y}" font-size="11" text-anchor="end">{text}</text>' for y, text in texts)
    return f'<svg viewBox="-100 -8 {end + 120} {bottom + 28}" shape-rendering="crispEdges" font-family="sans-serif">{"".join(parts)}{words}{ticks}</svg>'


def key():
    words = {"R": "red", "u": "red and amber", "G": "green", "f": "flashing green", "A": "amber"}
    all_words = [(COLOURS[letter], f"{word} ({letter})") for letter, word in words.items()]
    all_words += [(DRIVES["plan"], "the server's plan"), (DRIVES["local"], "its own plan"), *((colour, word) for word, colour in HEARD.items())]
    return '<p class="key">' + "".join(f'<i style="background:{colour}"></i>{word}' for colour, word in all_words)


def facts(seconds):
    """The figures of a case: (what, value)."""
    own = sum(s.mode == "local" for s in seconds)
    return [
        ("seconds on the controller's own plan", own), ("of them in one piece", longest(seconds, lambda s: s.mode == "local")),
        ("longest time without a new plan, s", longest(seconds, lambda s: s.accepted == 0)), ("seconds without the broker", sum(s.link == "down" for s in seconds)),
        ("orders refused", sum(s.refused for s in seconds)), ("frames told later", sum("told later" in s.heard and "heard" not in s.heard for s in seconds)),
        ("frames that no server heard", sum(set(s.heard) == {"not heard"} for s in seconds)), ("seconds that a monitor called unsafe", sum(s.monitor != "safe" for s in seconds)),
    ]


def longest(seconds, is_so):
    most = now = 0
    for second in seconds:
        now = now + 1 if is_so(second) else 0
        most = max(most, now)
    return most


def page(name, what, seconds, faults):
    head = "".join(f"<th>{text}" for text in ("second", "phase", "lamps", "who drives", "broker", "its frame", "plans acknowledged", "monitor; what the session noted"))
    figures = "".join(f"<tr><td>{text}<td>{value}" for text, value in facts(seconds))
    body = "\n".join(line(*row) for row in rows(seconds, faults))
    return f"""<!doctype html><meta charset="utf-8"><title>{name}</title><style>{STYLE}</style>
<p><a href="index.html">All cases</a><h1>{html.escape(what[0].upper() + what[1:])}</h1>
<p>Intersection centre of four-arm. A street second a line, and one line where nothing changes; lamps are those shown, a letter a group. What lies further than {AROUND} s from anything unusual is told in one line.
{key()}<div class="wide">{picture(seconds, faults)}</div><table style="width:auto">{figures}</table><h2>Second by second</h2>
<table><tr>{head}
{body}
</table>
"""


def index(cases):
    """The page of all pages: (name, what, facts) each."""
    head = "".join(f"<th>{text}" for text, _ in cases[0][2])
    body = "\n".join(f'<tr><td><a href="{name}.html">{html.escape(what)}</a>' + "".join(f"<td>{value}" for _, value in figures) for name, what, figures in cases)
    return f"""<!doctype html><meta charset="utf-8"><title>When things fail</title><style>{STYLE}</style>
<h1>When things fail: what the street did</h1><p>Each case is a run of four-arm over a real broker; its page tells every second around what failed.
<table><tr><th>what fails{head}
{body}
</table>
"""
