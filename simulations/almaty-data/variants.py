#!/usr/bin/env python3
"""Writes what a variant of a scenario has besides its demand.

    variants.py september VEHICLES.rou.xml OUT.rou.xml
    variants.py incident NET.net.xml VEHICLES.rou.xml OUT.rou.xml EDGE LANE FROM TO

`september`: for each flow of cars from 07:00 to 22:00 another one of SEPTEMBER more. `incident`: a lorry that breaks down in front of the stop line of a lane and stands
there from second FROM to second TO. Both are read beside the demand, which stays as it is; all of it is invented.
"""
import sys
import xml.etree.ElementTree as ET

SEPTEMBER = 0.20  # of the vehicles of an ordinary hour: see README.md
SCHOOL_HOURS = range(7, 22)
STANDS_BEFORE = 1.0  # m from the stop line
APPROACH = 240  # s before it breaks down it enters


def september(vehicles, out):
    flows = [flow for flow in ET.parse(vehicles).getroot().iter("flow") if flow.get("type") == "traffic" and int(flow.get("id").rsplit(".", 1)[1]) in SCHOOL_HOURS]
    write(out, (f'  <flow id="{flow.get("id")}.september" type="traffic" route="{flow.get("route")}" begin="{flow.get("begin")}" end="{flow.get("end")}" '
                f'probability="{float(flow.get("probability")) * SEPTEMBER:.4f}" departLane="best" departSpeed="max"/>' for flow in flows))


def incident(net, vehicles, out, edge, lane, start, end):
    place = ET.parse(net).getroot().find(f"edge[@id='{edge}']/lane[@index='{lane}']")
    routes = [(float(route.get("probability", "0")), route.get("edges")) for route in ET.parse(vehicles).getroot().iter("route") if edge in (route.get("edges") or "").split()[1:-1]]
    way = max((r for r in routes if route_goes_on(net, r[1].split(), edge, lane)), default=None)
    if place is None or way is None:
        sys.exit(f"{net}: no vehicle drives on lane {lane} of edge '{edge}'. Name another lane.")
    write(out, [f'  <vehicle id="lorry" type="truck" depart="{int(start) - APPROACH}" departLane="best" departSpeed="max">',
                f'    <route edges="{way[1]}"/>',
                f'    <stop lane="{place.get("id")}" endPos="{float(place.get("length")) - STANDS_BEFORE:.2f}" until="{end}"/>',
                "  </vehicle>"])


def route_goes_on(net, way, edge, lane):
    """Whether a way goes on from that very lane."""
    after = way[way.index(edge) + 1]
    return ET.parse(net).getroot().find(f"connection[@from='{edge}'][@fromLane='{lane}'][@to='{after}']") is not None


def write(path, lines):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<!-- Written by simulations/almaty-data/variants.py: synthetic. -->\n<routes>\n')
        file.writelines(f"{line}\n" for line in lines)
        file.write("</routes>\n")


if __name__ == "__main__":
    {"september": september, "incident": incident}[sys.argv[1]](*sys.argv[2:])
