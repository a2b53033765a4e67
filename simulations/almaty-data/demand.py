#!/usr/bin/env python3
"""Writes synthetic demand for a network: demand.py NET.xml VEHICLES.xml PEOPLE.xml COUNTS.csv SHARES.txt LIGHTS.txt

Nobody has published counts of Almaty's junctions; what is written here is invented, by these rules alone. Vehicles enter where streets begin, so many for each lane and hour, and turn at junctions by fixed shares, at most twice at lights. COUNTS.csv holds what that
makes of the peak hour over each light. Where the import, with these counts, says in LIGHTS.txt that a light would be saturated by more than MOST_SATURATED, those
who send much of their traffic there send less; SHARES.txt keeps how much is left of each, from one round to the next. Second 0 is 05:00 in Almaty (00:00 UTC). Chance is the simulator's: every flow is one of probabilities, drawn by its seed.
"""
import math
import os
import re
import sys
import xml.etree.ElementTree as ET

PEAK_PER_LANE = {"trunk": 420, "primary": 400, "secondary": 360, "tertiary": 300, "unclassified": 160}  # vehicles per hour
SHARES = {"s": 78, "r": 13, "l": 9}  # of straight, right and left, each per unit of room
MINOR_SHARES = {"s": 90, "r": 6, "l": 4}  # where there is no light
MOST_SATURATED = 0.85
MUCH = 0.15  # of the traffic of an entry
LEAST_SHARE = 0.006  # routes that fewer take are left out
MOST_TURNS = 2
FIRST_HOUR = 5  # of second 0
BY_HOUR = {5: .15, 6: .40, 7: .85, 8: 1.0, 9: .90, 10: .70, 11: .68, 12: .70, 13: .72, 14: .70, 15: .72, 16: .80, 17: .92, 18: 1.0, 19: .95, 20: .85, 21: .70,
           22: .45, 23: .28, 0: .16, 1: .09, 2: .06, 3: .06, 4: .08}
TO_CENTRE = {**{hour: 1.15 for hour in (6, 7, 8, 9)}, **{hour: .87 for hour in (17, 18, 19, 20, 21)}}  # and 2 less that factor away from it
CENTRE = (657880.0, 4790020.0)  # UTM 43N: Nazarbayev × Tole Bi and around
BUS_PERIOD, BRT_PERIOD = 360, 180  # s between buses of a main street, of a bus lane
BUS_HOURS = range(6, 23)
WINDOW_BEGIN = 9000  # 07:30, where the window of every scenario begins
PEOPLE_PER_HOUR = 18  # from each pavement at a light to each other one
TYPES = """  <vTypeDistribution id="traffic">
    <vType id="car" vClass="passenger" length="4.6" accel="2.6" decel="4.5" sigma="0.5" speedFactor="normc(1.0,0.1,0.8,1.2)" probability="0.95"/>
    <vType id="truck" vClass="truck" length="8.0" accel="1.3" decel="4.0" sigma="0.5" speedFactor="normc(0.95,0.08,0.8,1.1)" probability="0.05"/>
  </vTypeDistribution>
  <vType id="bus" vClass="bus" length="12.0" accel="1.2" decel="4.0" sigma="0.5"/>"""


class Net:
    def __init__(self, file):
        root = ET.parse(file).getroot()
        self.offset = tuple(float(v) for v in root.find("location").get("netOffset").split(","))
        self.edges = {e.get("id"): Edge(e) for e in root.iter("edge") if e.get("function") is None}
        self.lights = {j.get("id") for j in root.iter("junction") if j.get("type") == "traffic_light"}
        self.ways = {}
        for way in root.iter("connection"):
            start, end = self.edges.get(way.get("from")), self.edges.get(way.get("to"))
            if start and end and int(way.get("fromLane")) and int(way.get("toLane")):
                self.ways.setdefault(start.id, {})[end.id] = way.get("dir").lower()
        self.footways = {}
        for way in root.iter("connection"):
            if ":" in (way.get("from")[0], way.get("to")[0]) and way.get("fromLane") == way.get("toLane") == "0":
                self.footways.setdefault(way.get("from"), set()).add(way.get("to"))
                self.footways.setdefault(way.get("to"), set()).add(way.get("from"))
        rim = {j.get("id") for j in root.iter("junction") if j.get("type") == "dead_end"}
        self.entries = [e for e in self.edges.values() if e.start in rim]
        self.exits = {e.id for e in self.edges.values() if e.end in rim}

    def leads_on_foot(self, start, end):
        """Over the walking areas and crossings of one junction."""
        found, open_ends = {start}, [start]
        while open_ends:
            here = open_ends.pop()
            if here == end:
                return True
            ahead = {there for there in self.footways.get(here, ()) if there == end or there[0] == ":"} - found
            found |= ahead
            open_ends += sorted(ahead)
        return False

    def is_towards_centre(self, edge):
        x, y = CENTRE[0] + self.offset[0], CENTRE[1] + self.offset[1]
        return math.dist(edge.last, (x, y)) < math.dist(edge.first, (x, y))


class Edge:
    def __init__(self, element):
        self.id, self.start, self.end, self.name = (element.get(word) for word in ("id", "from", "to", "name"))
        lanes = [lane for lane in element.iter("lane") if lane.get("allow") != "pedestrian"]
        self.lanes = sum(lane.get("allow") != "bus" for lane in lanes)
        self.is_for_buses = any(lane.get("allow") == "bus" for lane in lanes)
        self.length = float(lanes[0].get("length"))
        self.kind = element.find("param[@key='class']").get("value").split("_")[0]
        shape = [tuple(float(v) for v in pair.split(",")) for pair in lanes[0].get("shape").split()]
        self.first, self.last = shape[0], shape[-1]


def routes(net, entry):
    """Ways from an entry to an exit with their shares, which add up to 1."""
    found = []

    def follow(way, share, turns):
        edge = net.edges[way[-1]]
        if edge.id in net.exits:
            found.append((way, share))
            return
        room = {}
        for end, turn in net.ways.get(edge.id, {}).items():
            kind = turn if turn in "srl" else "s"
            if net.edges[end].lanes and end not in way and (kind == "s" or edge.end not in net.lights or turns < MOST_TURNS):
                shares = SHARES if edge.end in net.lights else MINOR_SHARES
                room[end] = (shares[kind] * (1 if kind == "s" else min(net.edges[end].lanes, 3) / 2), kind)
        total = sum(weight for weight, _ in room.values())
        for end, (weight, kind) in room.items():
            if share * weight / total >= LEAST_SHARE:
                follow([*way, end], share * weight / total, turns + (kind != "s" and edge.end in net.lights))

    follow([entry.id], 1.0, 0)
    total = sum(share for _, share in found)
    return [(way, share / total) for way, share in found]


def bus_route(net, entry, alone):
    """Straight on as far as it goes, on bus lanes where there are."""
    way = [entry.id]
    while way[-1] not in net.exits:
        ahead = [end for end, turn in net.ways.get(way[-1], {}).items() if turn == "s" and end not in way and (alone or net.edges[end].lanes)]
        ahead = ahead or ([end for end in net.ways.get(way[-1], {}) if end not in way and net.edges[end].lanes] if alone else [])
        if not ahead:
            return None
        way.append(max(ahead, key=lambda end: (net.edges[end].is_for_buses, net.edges[end].lanes)))
    return way


def shares_left(file, lights, net, choices):
    """Per entry what is left of its traffic; less where a light is too full."""
    left = {entry.id: 1.0 for entry, _ in choices}
    if not os.path.exists(file):
        return left
    with open(file, encoding="utf-8") as source:
        left.update((name, float(value)) for name, value in (line.rsplit(" ", 1) for line in source))
    with open(lights, encoding="utf-8") as source:
        full = {name: float(value) for name, value in re.findall(r"^  (\S+): \d+ phases, saturation ([0-9.]+),", source.read(), re.M)}
    for entry, ways in choices:
        through = {}
        for way, share in ways:
            for light in {net.edges[edge].end for edge in way[:-1]} & full.keys():
                through[light] = through.get(light, 0) + share
        left[entry.id] *= min([1.0] + [MOST_SATURATED / full[light] for light, share in through.items() if share >= MUCH])
    return left


def volume(net, entry, hour, load):
    towards = TO_CENTRE.get(hour, 1.0)
    return entry.lanes * PEAK_PER_LANE[entry.kind] * load[entry.id] * BY_HOUR[hour] * (towards if net.is_towards_centre(entry) else 2 - towards)


def vehicles(net, choices, load):
    yield TYPES
    for entry, ways in choices:
        yield f'  <routeDistribution id="from-{entry.id}">'
        for way, share in ways:
            yield f'    <route edges="{" ".join(way)}" probability="{share:.4f}"/>'
        yield "  </routeDistribution>"
    buses = list(bus_lines(net))
    for name, way, _ in buses:
        yield f'  <route id="{name}" edges="{" ".join(way)}"/>'
    for second in range(0, 86400, 3600):
        hour = (FIRST_HOUR + second // 3600) % 24
        for entry, _ in choices:
            chance = volume(net, entry, hour, load) / 3600
            yield (f'  <flow id="{entry.id}.{hour:02d}" type="traffic" route="from-{entry.id}" begin="{second}" end="{second + 3600}" probability="{chance:.4f}" '
                   'departLane="best" departSpeed="max"/>')
        lines = sorted((second + 37 * index % period, name, period) for index, (name, _, period) in enumerate(buses))
        for start, name, period in lines:
            if hour in BUS_HOURS:
                yield f'  <flow id="{name}.{hour:02d}" type="bus" route="{name}" begin="{start}" end="{second + 3600}" period="{period}" departLane="best" departSpeed="max"/>'


def bus_lines(net):
    """A line on each main street that comes in, and on each bus lane."""
    for entry in net.entries:
        if entry.lanes and entry.kind in ("trunk", "primary", "secondary") and (way := bus_route(net, entry, False)):
            served = any(net.edges[edge].is_for_buses for edge in way)
            yield f"bus-{entry.id}", way, BRT_PERIOD if served else BUS_PERIOD
    contra = [edge for edge in net.edges.values() if not edge.lanes]
    for edge in contra:
        before = [start for start, ends in net.ways.items() if edge.id in ends]
        if any(not net.edges[start].lanes for start in before):
            continue  # in the middle of one
        feeders = [net.edges[start] for start in before]
        onward = bus_route(net, edge, True)
        for feeder in feeders[:1]:
            entry = next((e for e in net.entries if e.id == feeder.id or e.name == feeder.name and feeder.id in (bus_route(net, e, False) or [])), None)
            if entry and onward:
                head = bus_route(net, entry, False)
                yield f"brt-{edge.id}", head[:head.index(feeder.id) + 1] + onward, BRT_PERIOD


def people(net):
    """06:00 to 23:00, in two parts: SUMO 1.15 leaves out the whole of a personFlow that begins before its run."""
    yield '  <vType id="walker" vClass="pedestrian" speedFactor="normc(1.0,0.1,0.7,1.3)"/>'
    walks = list(crossings(net))
    for name, start, end in ((":before", 3600, WINDOW_BEGIN), ("", WINDOW_BEGIN, 18 * 3600)):
        for a, b in walks:
            yield (f'  <personFlow id="{a.id}:{b.id}{name}" type="walker" begin="{start}" end="{end}" probability="{PEOPLE_PER_HOUR / 3600:.4f}" '
                   f'departPos="{max(0.0, a.length - 30):.1f}"><walk edges="{a.id} {b.id}" arrivalPos="{math.floor(10 * min(30.0, b.length)) / 10:.1f}"/></personFlow>')


def crossings(net):
    """From each pavement that leads to a light to each other one at it."""
    for light in sorted(net.lights):
        ins = [edge for edge in net.edges.values() if edge.end == light and edge.lanes]
        outs = [edge for edge in net.edges.values() if edge.start == light and edge.lanes]
        yield from ((a, b) for a in ins for b in outs if b.id in net.ways.get(a.id, {}) and net.leads_on_foot(a.id, b.id))


def counts(net, choices, load):
    flows = {}
    for entry, ways in choices:
        for way, share in ways:
            for step in zip(way, way[1:]):
                if net.edges[step[0]].end in net.lights:
                    flows[step] = flows.get(step, 0) + share * max(volume(net, entry, hour, load) for hour in (8, 18))
    yield "from,to,vehicles"
    for (start, end), flow in sorted(flows.items()):
        yield f"{start},{end},{flow:.0f}"


def write(path, lines, root=None):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        if root:
            file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- Written by simulations/almaty-data/demand.py: synthetic. -->\n<{root}>\n')
        file.writelines(f"{line}\n" for line in lines)
        if root:
            file.write(f"</{root}>\n")


def main(network, cars, walkers, counted, shares, lights):
    net = Net(network)
    choices = [(entry, routes(net, entry)) for entry in net.entries if entry.lanes]
    choices = [(entry, ways) for entry, ways in choices if ways]
    load = shares_left(shares, lights, net, choices)
    write(shares, (f"{name} {value:.4f}" for name, value in load.items()))
    write(cars, vehicles(net, choices, load), "routes")
    write(walkers, people(net), "routes")
    write(counted, counts(net, choices, load))
    by_hour = [sum(volume(net, entry, hour, load) for entry, _ in choices) for hour in range(24)]
    print(f"{len(choices)} entries, {sum(by_hour):.0f} vehicles a day, {by_hour[8]:.0f} from 08:00 to 09:00, {by_hour[18]:.0f} from 18:00 to 19:00, "
          f"{sum(len(ways) for _, ways in choices)} routes")


if __name__ == "__main__":
    main(*sys.argv[1:])
