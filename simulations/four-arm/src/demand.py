#!/usr/bin/env python3
"""Writes the demand of the four-arm junction: demand.py VEHICLES.xml PERSONS.xml

One hour of vehicles and pedestrians, each one written out. In every second, every movement draws once
whether a vehicle departs: integers and comparisons only, so that the files are the same bytes on every machine.
"""
import random
import sys

SEED = 20260101
QUARTERS = (0.85, 1.25, 1.10, 0.80)  # share of the mean flow in each quarter of an hour
VEHICLES_PER_HOUR = {
    ("west", "north"): 125, ("west", "east"): 740, ("west", "south"): 95,
    ("east", "south"): 105, ("east", "west"): 470, ("east", "north"): 75,
    ("north", "east"): 90, ("north", "south"): 240, ("north", "west"): 60,
    ("south", "west"): 75, ("south", "north"): 215, ("south", "east"): 65,
}
TRUCK_SHARE = 0.05
BUSES = {("west", "east"): (40, 300), ("east", "west"): (190, 300), ("north", "south"): (330, 600)}  # first second, headway
PERSONS_PER_HOUR = 20  # on foot, for each pair of different corners
CORNERS = ("west", "south", "east", "north")  # the corner beside the pavement of that arm's entry

TYPES = """  <vType id="car" vClass="passenger" length="4.8" minGap="2.5" accel="2.6" decel="4.5" tau="1.0" sigma="0.5" \
speedFactor="normc(1.0,0.1,0.8,1.2)"/>
  <vType id="truck" vClass="truck" length="9.5" minGap="2.5" accel="1.3" decel="4.0" tau="1.2" sigma="0.5" \
speedFactor="normc(0.95,0.05,0.8,1.05)"/>
  <vType id="bus" vClass="bus" length="12.0" minGap="2.5" accel="1.2" decel="4.0" tau="1.2" sigma="0.5" \
speedFactor="normc(0.95,0.05,0.8,1.05)"/>
"""


def write(path, body):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<!-- Written by src/demand.py. -->\n<routes>\n')
        file.writelines(body)
        file.write("</routes>\n")


def vehicles(chance):
    body = [TYPES]
    for start, end in VEHICLES_PER_HOUR:
        body.append(f'  <route id="{start}-{end}" edges="{start}_approach {start}_stop {end}_exit"/>\n')
    number = 0
    for second in range(3600):
        for (start, end), flow in VEHICLES_PER_HOUR.items():
            first, headway = BUSES.get((start, end), (second + 1, 1))
            if second >= first and (second - first) % headway == 0:
                kind = "bus"
            elif chance.random() * 3600 < flow * QUARTERS[second // 900]:
                kind = "truck" if chance.random() < TRUCK_SHARE else "car"
            else:
                continue
            body.append(f'  <vehicle id="{start}-{end}.{number}" type="{kind}" route="{start}-{end}" depart="{second}" '
                        'departLane="best" departSpeed="max"/>\n')
            number += 1
    return body


def persons(chance):
    body, number = [], 0
    pairs = [(a, b) for a in CORNERS for b in CORNERS if a != b]
    for second in range(3600):
        for start, end in pairs:
            if chance.random() * 3600 >= PERSONS_PER_HOUR:
                continue
            body.append(f'  <person id="walk.{number}" depart="{second}" departPos="200">'
                        f'<walk edges="{start}_approach {start}_stop {end}_exit" arrivalPos="100"/></person>\n')
            number += 1
    return body


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write(sys.argv[1], vehicles(random.Random(SEED)))
    write(sys.argv[2], persons(random.Random(SEED + 1)))


main()
