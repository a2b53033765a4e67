#!/usr/bin/env python3
"""Draws a network: map.py NET.xml SIGNALS.json MAP.svg [JUNCTION]

Streets as their lanes, the names of the streets along them, crossings as white bars, a dot for each light: filled where the light is documented, hollow where
it is inferred. With a junction's id, that junction close up with the ways over it, in the colours of its first phases.
"""
import json
import math
import sys
import xml.etree.ElementTree as ET

WIDTH = 1100  # px
WAYS = ("#1b7f4b", "#b5460f", "#2b5fb8", "#8a2a8a", "#7a6a00")


def points(shape):
    return [tuple(float(v) for v in pair.split(",")[:2]) for pair in shape.split()]


def read(file):
    net = ET.parse(file).getroot()
    lanes = [(edge, lane, points(lane.get("shape"))) for edge in net.iter("edge") for lane in edge.iter("lane")]
    return net, lanes


class Canvas:
    def __init__(self, box, margin):
        (self.left, self.bottom, right, self.top) = (box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin)
        self.scale = WIDTH / (right - self.left)
        self.height = round((self.top - self.bottom) * self.scale)
        self.body = []

    def at(self, point):
        return (point[0] - self.left) * self.scale, (self.top - point[1]) * self.scale

    def line(self, shape, colour, metres, more=""):
        way = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(self.at, shape))
        self.body.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="{max(0.6, metres * self.scale):.1f}"{more}/>')

    def text(self, point, words, size, colour, angle=0, anchor="middle"):
        x, y = self.at(point)
        turn = f' transform="rotate({angle:.0f} {x:.1f} {y:.1f})"' if angle else ""
        self.body.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}" paint-order="stroke" stroke="#fff" '
                         f'stroke-width="3"{turn}>{words}</text>')

    def write(self, file):
        with open(file, "w", encoding="utf-8", newline="\n") as out:
            out.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height + 24}" font-family="sans-serif">\n'
                      f'<rect width="{WIDTH}" height="{self.height + 24}" fill="#fbfaf7"/>\n' + "\n".join(self.body) +
                      f'\n<text x="{WIDTH - 8}" y="{self.height + 16}" font-size="12" fill="#555" text-anchor="end">'
                      "© OpenStreetMap contributors, ODbL 1.0</text>\n</svg>\n")


def bounds(shapes):
    xs, ys = [p[0] for s in shapes for p in s], [p[1] for s in shapes for p in s]
    return min(xs), min(ys), max(xs), max(ys)


def draw_streets(canvas, net, lanes):
    for junction in net.iter("junction"):
        if junction.get("type") != "internal" and junction.get("shape"):
            corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(canvas.at, points(junction.get("shape"))))
            canvas.body.append(f'<polygon points="{corners}" fill="#c9ccd1"/>')
    for edge, lane, shape in lanes:
        function = edge.get("function")
        if function == "crossing":
            canvas.line(shape, "#ffffff", 2.6, ' stroke-dasharray="2 2"')
        elif function is None:
            colour = "#e6dfd0" if lane.get("allow") == "pedestrian" else "#d9a441" if lane.get("allow") == "bus" else "#aeb4bd"
            canvas.line(shape, colour, float(lane.get("width", 3.2)) * 0.92)


def draw_names(canvas, lanes):
    longest = {}
    for edge, _, shape in lanes:
        name = edge.get("name")
        if name and edge.get("function") is None:
            a, b = shape[0], shape[-1]
            length = math.dist(a, b)
            longest.setdefault(name, []).append((length, a, b))
    for name, pieces in sorted(longest.items()):
        length, a, b = max(pieces)
        if length * canvas.scale < 35:
            continue
        angle = math.degrees(math.atan2(a[1] - b[1], b[0] - a[0]))
        angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
        canvas.text(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), name, 11, "#333", angle)


def draw_lights(canvas, net, file):
    """Dots, and their names where they hide no other name."""
    with open(file, encoding="utf-8") as source:
        parts = {part["id"]: part for part in json.load(source)["intersections"]}
    taken = []
    for junction in sorted((j for j in net.iter("junction") if j.get("id") in parts), key=lambda j: j.get("id")):
        part = parts[junction.get("id")]
        x, y = canvas.at((float(junction.get("x")), float(junction.get("y"))))
        fill = "#c22" if part["status"] == "documented" else "#fff"
        canvas.body.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{fill}" stroke="#c22" stroke-width="2"/>')
        words = " ".join(word for word in part["names"]["en"].split() if word not in ("Avenue", "Street", "Boulevard"))
        wide = 6.0 * len(words)
        places = [(x + side * 8 - (wide if side < 0 else 0), y + down) for down in (-6, 15, 28, -19) for side in (1, -1)]
        left, base = next((p for p in places if 0 < p[0] < WIDTH - wide and not any(overlaps(p, wide, other) for other in taken)), places[0])
        taken.append((left, base, wide))
        canvas.body.append(f'<text x="{left:.1f}" y="{base:.1f}" font-size="11" font-weight="bold" fill="#a11" paint-order="stroke" stroke="#fff" '
                           f'stroke-width="3">{words}</text>')


def overlaps(place, wide, other):
    return place[0] < other[0] + other[2] and other[0] < place[0] + wide and abs(place[1] - other[1]) < 12


def inside(net, shapes, lane):
    """The way over a junction, with what lies behind a place to wait."""
    shape = []
    while lane:
        shape += shapes[lane]
        edge, number = lane.rsplit("_", 1)
        lane = next((c.get("via") for c in net.iter("connection") if c.get("from") == edge and c.get("fromLane") == number), None)
    return shape


def draw_ways(canvas, net, lanes, junction):
    shapes = {lane.get("id"): shape for _, lane, shape in lanes}
    states = [phase.get("state") for phase in net.find(f"tlLogic[@id='{junction}']") if "G" in phase.get("state") and "y" not in phase.get("state")]
    for way in net.iter("connection"):
        if way.get("tl") != junction or way.get("from").startswith(":"):
            continue
        link = int(way.get("linkIndex"))
        phase = next((i for i, state in enumerate(states) if state[link] in "Gg"), 0)
        shape = inside(net, shapes, way.get("via")) or [shapes[f"{way.get('from')}_{way.get('fromLane')}"][-1], shapes[f"{way.get('to')}_{way.get('toLane')}"][0]]
        canvas.line(shape, WAYS[phase % len(WAYS)], 0.5)
        canvas.text(shape[0], link, 11, WAYS[phase % len(WAYS)])


def main(file, signals, out, junction=None):
    net, lanes = read(file)
    if junction:
        node = next(j for j in net.iter("junction") if j.get("id") == junction)
        canvas = Canvas(bounds([points(node.get("shape"))]), 35)
    else:
        canvas = Canvas(bounds([shape for edge, _, shape in lanes if edge.get("function") is None]), 40)
    draw_streets(canvas, net, lanes)
    if junction:
        draw_ways(canvas, net, lanes, junction)
    else:
        draw_names(canvas, lanes)
        draw_lights(canvas, net, signals)
    canvas.write(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
