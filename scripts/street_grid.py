#!/usr/bin/env python3
"""Writes a SUMO scenario for speed: a grid with lights, and vehicles that wander about it.

    scripts/street_grid.py FOLDER [JUNCTIONS [VEHICLES]]

FOLDER gets grid.net.xml, grid.rou.xml and grid.sumocfg: JUNCTIONS x JUNCTIONS (24) signalised junctions 200 m apart, two lanes a road,
VEHICLES (12000) that enter during the first four minutes of ten and stay. Needs netgenerate.
"""
import collections
import os
import random
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

ENTER_SECONDS = 240
EDGES = 60


def write_network(path, junctions, attach=200):
    subprocess.run(
        ['netgenerate', '--grid', '--grid.number', str(junctions), '--grid.length', '200', '--grid.attach-length', str(attach), '--default-junction-type',
         'traffic_light', '--default.lanenumber', '2', '--no-warnings', '-o', path],
        check=True, stdout=subprocess.DEVNULL, env={'SUMO_HOME': '/usr/share/sumo', **os.environ})


def read_ways(path):
    ways = collections.defaultdict(set)
    root = ElementTree.parse(path).getroot()
    for connection in root.iter('connection'):
        if not connection.get('from').startswith(':') and connection.get('dir') != 't':
            ways[connection.get('from')].add(connection.get('to'))
    return ways


def wander(ways, start, chance):
    route = [start]
    while len(route) < EDGES:
        onward = [edge for edge in sorted(ways[route[-1]]) if edge not in route[-4:] and ways[edge]]
        if not onward:
            break
        route.append(chance.choice(onward))
    return route


def write(folder, junctions, vehicles, attach=200):
    os.makedirs(folder, exist_ok=True)
    network = os.path.join(folder, 'grid.net.xml')
    write_network(network, junctions, attach)
    ways, chance = read_ways(network), random.Random(1)
    starts = sorted(ways)
    with open(os.path.join(folder, 'grid.rou.xml'), 'w') as file:
        file.write('<routes>\n')
        for vehicle in range(vehicles):
            route = ' '.join(wander(ways, chance.choice(starts), chance))
            depart = vehicle * ENTER_SECONDS / vehicles
            file.write(f'<vehicle id="{vehicle}" depart="{depart:.2f}" departLane="free" departSpeed="max"><route edges="{route}"/></vehicle>\n')
        file.write('</routes>\n')
    with open(os.path.join(folder, 'grid.sumocfg'), 'w') as file:
        file.write('<configuration><input><net-file value="grid.net.xml"/><route-files value="grid.rou.xml"/></input>'
                   '<time><begin value="0"/><end value="600"/></time></configuration>\n')


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    numbers = [int(word) for word in sys.argv[2:]]
    write(sys.argv[1], *(numbers + [24, 12000][len(numbers):])[:2])


if __name__ == '__main__':
    main()
