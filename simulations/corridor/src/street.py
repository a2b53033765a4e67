#!/usr/bin/env python3
"""Writes the corridor: street.py FOLDER VEHICLES.xml

Eight junctions on a road from west to east, as SUMO's plain XML in FOLDER, and half an hour of vehicles, each one written out. In every second,
every movement draws once whether a vehicle departs: integers and comparisons only, so that the files are the same bytes on every machine.
"""
import random
import sys

SEED = 20260401
SECONDS = 1800
PLACES = (0, 330, 560, 910, 1150, 1480, 1790, 2180)  # m from the first junction
MAIN_GREEN = (46, 50, 42, 52, 48, 21, 44, 47)  # s; the sixth junction has half the cycle
CYCLE = (90, 90, 90, 90, 90, 45, 90, 90)
EASTWARD, WESTWARD = 800, 640  # vehicles per hour over the whole road
OFF_MAIN = 36  # per junction and direction, to the right
SIDE = {"right": 42, "straight": 30, "left": 36}  # per side street
COUNT = len(PLACES)
JUNCTIONS = range(1, COUNT + 1)

TYPES = """  <vType id="car" vClass="passenger" length="4.8" minGap="2.5" accel="2.6" decel="4.5" tau="1.0" sigma="0.5" \
speedFactor="normc(1.0,0.1,0.8,1.2)"/>
"""


def write(path, root, body):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- Written by src/street.py. -->\n<{root}>\n')
        file.writelines(f"  {line}\n" for line in body)
        file.write(f"</{root}>\n")


def nodes():
    yield f'<node id="W" x="-300" y="0"/> <node id="E" x="{PLACES[-1] + 300}" y="0"/>'
    for k, x in zip(JUNCTIONS, PLACES):
        yield f'<node id="J{k}" x="{x}" y="0" type="traffic_light"/> <node id="N{k}" x="{x}" y="150"/> <node id="S{k}" x="{x}" y="-150"/>'


def edges():
    chain = ["W", *(f"J{k}" for k in JUNCTIONS), "E"]
    for k in range(COUNT + 1):
        for name, start, end in ((f"east{k}", chain[k], chain[k + 1]), (f"west{k}", chain[k + 1], chain[k])):
            yield f'<edge id="{name}" from="{start}" to="{end}" numLanes="2" priority="3" speed="13.89"/>'
    for k in JUNCTIONS:
        for side in "NS":
            yield f'<edge id="{side}{k}in" from="{side}{k}" to="J{k}" numLanes="1" priority="2" speed="11.11"/>'
            yield f'<edge id="{side}{k}out" from="J{k}" to="{side}{k}" numLanes="1" priority="2" speed="11.11"/>'


def connections():
    for k in JUNCTIONS:
        for start, right, straight in ((f"east{k - 1}", f"S{k}out", f"east{k}"), (f"west{k}", f"N{k}out", f"west{k - 1}")):
            yield f'<connection from="{start}" to="{right}" fromLane="0" toLane="0"/>'
            yield f'<connection from="{start}" to="{straight}" fromLane="0" toLane="0"/> <connection from="{start}" to="{straight}" fromLane="1" toLane="1"/>'
        for start, right, straight, left in ((f"N{k}in", f"west{k - 1}", f"S{k}out", f"east{k}"), (f"S{k}in", f"east{k}", f"N{k}out", f"west{k - 1}")):
            yield f'<connection from="{start}" to="{right}" fromLane="0" toLane="0"/> <connection from="{start}" to="{straight}" fromLane="0" toLane="0"/>'
            yield f'<connection from="{start}" to="{left}" fromLane="0" toLane="1"/>'


def programmes():
    """Letters: north right, through, left; east right, through, through; south and west likewise."""
    for k, main, cycle in zip(JUNCTIONS, MAIN_GREEN, CYCLE):
        yield f'<tlLogic id="J{k}" type="static" programID="0" offset="0">'
        for seconds, state, least in ((main, "rrrGGGrrrGGG", 10), (3, "rrryyyrrryyy", 0), (2, "r" * 12, 0),
                                      (cycle - main - 10, "GGgrrrGGgrrr", 7), (3, "yyyrrryyyrrr", 0), (2, "r" * 12, 0)):
            yield f'  <phase duration="{seconds}" state="{state}"' + (f' minDur="{least}"' if least else "") + "/>"
        yield "</tlLogic>"


def flows():
    """Per route its vehicles per hour and its edges."""
    east = [f"east{k}" for k in range(COUNT + 1)]
    west = [f"west{k}" for k in reversed(range(COUNT + 1))]
    yield "eastward", EASTWARD, east
    yield "westward", WESTWARD, west
    for k in JUNCTIONS:
        yield f"east-S{k}", OFF_MAIN, [*east[:k], f"S{k}out"]
        yield f"west-N{k}", OFF_MAIN, [*west[:COUNT + 1 - k], f"N{k}out"]
        yield f"N{k}-west", SIDE["right"], [f"N{k}in", *west[COUNT + 1 - k:]]
        yield f"N{k}-S{k}", SIDE["straight"], [f"N{k}in", f"S{k}out"]
        yield f"N{k}-east", SIDE["left"], [f"N{k}in", *east[k:]]
        yield f"S{k}-east", SIDE["right"], [f"S{k}in", *east[k:]]
        yield f"S{k}-N{k}", SIDE["straight"], [f"S{k}in", f"N{k}out"]
        yield f"S{k}-west", SIDE["left"], [f"S{k}in", *west[COUNT + 1 - k:]]


def vehicles(chance):
    yield TYPES.strip()
    routes = list(flows())
    for name, _, way in routes:
        yield f'<route id="{name}" edges="{" ".join(way)}"/>'
    number = 0
    for second in range(SECONDS):
        for name, flow, _ in routes:
            if chance.randrange(3600) < flow:
                yield f'<vehicle id="{number}" type="car" route="{name}" depart="{second}" departLane="best" departSpeed="max"/>'
                number += 1


def main(folder, routes):
    write(f"{folder}/corridor.nod.xml", "nodes", nodes())
    write(f"{folder}/corridor.edg.xml", "edges", edges())
    write(f"{folder}/corridor.con.xml", "connections", connections())
    write(f"{folder}/corridor.tll.xml", "tlLogics", programmes())
    write(routes, "routes", vehicles(random.Random(SEED)))


if __name__ == "__main__":
    main(*sys.argv[1:])
