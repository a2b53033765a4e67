#!/usr/bin/env python3
"""Draws a network: map.py NET.xml SIGNALS.json MAP.svg [JUNCTION]

Streets as their lanes, their names along them in Russian (Kazakh ones in tooltips), crossings as white bars, a dot with the digits of its id for each light: filled where the light is documented, hollow where it is inferred.
A network of islands is drawn island by island. With a junction's id, that junction close up with the ways over it, in the colours of its first phases, and the diagonals that pedestrians may take where they have a phase alone.
"""
import json
import math
import sys
import xml.etree.ElementTree as ET

from labels import Labels, StreetNames

WIDTH = 1100  # px
PANELS = 3  # islands beside one another
GAP = 12  # px between them
TALLEST = 1.4  # times as high as wide
CORNER = 20  # m between pavements that meet
SMALL = 1  # px per m, below which a street is too narrow for its name
LETTER = 0.57  # of the size of the type
WAYS = ("#1b7f4b", "#b5460f", "#2b5fb8", "#8a2a8a", "#7a6a00")
LEGEND = (("#c22", "светофор документирован"), ("#fff", "светофор предполагается"))


def points(shape):
    return [tuple(float(v) for v in pair.split(",")[:2]) for pair in shape.split()]


class Net:
    def __init__(self, file):
        self.root = ET.parse(file).getroot()
        self.lanes = [(edge, lane, points(lane.get("shape"))) for edge in self.root.iter("edge") for lane in edge.iter("lane")]
        self.junctions = [j for j in self.root.iter("junction") if j.get("type") != "internal" and j.get("shape")]

    def islands(self):
        """Junctions that streets join, the largest island first; each as the set of their ids."""
        group = {j.get("id"): {j.get("id")} for j in self.junctions}
        for edge in self.root.iter("edge"):
            a, b = group.get(edge.get("from")), group.get(edge.get("to"))
            if a and b and a is not b:
                a |= b
                group.update(dict.fromkeys(b, a))
        return sorted({id(island): island for island in group.values()}.values(), key=lambda island: (-len(island), min(island)))

    def part(self, island):
        """The same, with what belongs to an island alone."""
        part = Net.__new__(Net)
        part.root = self.root
        part.junctions = [j for j in self.junctions if j.get("id") in island]
        part.lanes = [item for item in self.lanes if {item[0].get("from"), item[0].get("to")} & island or item[0].get("id").startswith(tuple(f":{name}_" for name in island))]
        return part


class Canvas:
    """A frame of the picture; shapes are in metres, type and lines in px."""

    def __init__(self, box, margin, left=0, top=0, width=WIDTH):
        (self.west, self.south, east, self.north) = (box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin)
        self.left, self.top, self.width = left, top, width
        self.scale = width / (east - self.west)
        self.height = round((self.north - self.south) * self.scale)
        self.body, self.labels = [], Labels()

    def at(self, point):
        return self.left + (point[0] - self.west) * self.scale, self.top + (self.north - point[1]) * self.scale

    def line(self, shape, colour, metres, more=""):
        way = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(self.at, shape))
        self.body.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="{max(0.6, metres * self.scale):.1f}"{more}/>')

    def contains(self, x, y, width):
        return self.left + width / 2 < x < self.left + self.width - width / 2 and self.top + 8 < y < self.top + self.height - 8

    def text(self, candidates, words, size, colour, more="", tip=""):
        """Where it hides nothing else and fits into the frame; nowhere else."""
        width = LETTER * size * len(words)
        place = self.labels.place([c for c in candidates if self.contains(c[0], c[1], width * abs(math.cos(math.radians(c[2]))))], width, size)
        if place:
            x, y, angle = place
            turn = f' transform="rotate({angle:.0f} {x:.1f} {y:.1f})"' if angle else ""
            title = f"<title>{tip}</title>" if tip else ""
            self.body.append(f'<text x="{x:.1f}" y="{y + size * 0.35:.1f}" font-size="{size}" fill="{colour}" text-anchor="middle" paint-order="stroke" stroke="#fff" '
                             f'stroke-width="3"{more}{turn}>{title}{words}</text>')
        return place


def write(file, canvases, notes):
    height = max(canvas.top + canvas.height for canvas in canvases)
    with open(file, "w", encoding="utf-8", newline="\n") as out:
        out.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height + 24}" font-family="sans-serif">\n'
                  f'<rect width="{WIDTH}" height="{height + 24}" fill="#fbfaf7"/>\n' + "\n".join(line for canvas in canvases for line in canvas.body))
        x = 8
        for colour, words in notes:
            out.write(f'\n<circle cx="{x + 5}" cy="{height + 12}" r="5" fill="{colour}" stroke="#c22" stroke-width="2"/>'
                      f'<text x="{x + 15}" y="{height + 16}" font-size="12" fill="#555">{words}</text>')
            x += 30 + round(12 * LETTER * len(words))
        out.write(f'\n<text x="{WIDTH - 8}" y="{height + 16}" font-size="12" fill="#555" text-anchor="end">© OpenStreetMap contributors, ODbL 1.0</text>\n</svg>\n')


def bounds(shapes):
    xs, ys = [p[0] for s in shapes for p in s], [p[1] for s in shapes for p in s]
    return min(xs), min(ys), max(xs), max(ys)


def draw_streets(canvas, net):
    for junction in net.junctions:
        corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(canvas.at, points(junction.get("shape"))))
        canvas.body.append(f'<polygon points="{corners}" fill="#c9ccd1"/>')
    for edge, lane, shape in net.lanes:
        function = edge.get("function")
        if function == "crossing":
            canvas.line(shape, "#ffffff", 2.6, ' stroke-dasharray="2 2"')
        elif function is None:
            colour = "#e6dfd0" if lane.get("allow") == "pedestrian" else "#d9a441" if lane.get("allow") == "bus" else "#aeb4bd"
            canvas.line(shape, colour, float(lane.get("width", 3.2)) * 0.92)


def draw_names(canvas, net, names):
    """Each street once, along its longest piece with room, else beside it."""
    pieces = {}
    for edge, _, shape in net.lanes:
        if edge.get("name") and edge.get("function") is None:
            pieces.setdefault(names.russian(edge.get("name")), []).extend((math.dist(a, b), a, b, edge.get("name")) for a, b in zip(shape, shape[1:]))
    for name, legs in sorted(pieces.items(), key=lambda item: (-max(item[1])[0], item[0])):
        spellings = " · ".join(sorted({leg[3] for leg in legs}))
        canvas.text([place for _, a, b, _ in sorted(legs, reverse=True) for place in beside(canvas, a, b)], name, 11, "#333", tip=spellings)


def beside(canvas, a, b):
    """Places along a piece of street: on it, then on its sides."""
    (ax, ay), (bx, by) = canvas.at(a), canvas.at(b)
    angle = math.degrees(math.atan2(by - ay, bx - ax))
    angle = angle - 180 if angle > 90 else angle + 180 if angle <= -90 else angle
    dx, dy = -math.sin(math.radians(angle)), math.cos(math.radians(angle))
    for off in (10, -10, 18, -18, 0) if canvas.scale < SMALL else (0, 12, -12, 20, -20):
        for along in (0.5, 0.3, 0.7):
            yield ax + (bx - ax) * along + dx * off, ay + (by - ay) * along + dy * off, angle


def draw_lights(canvas, net, parts):
    """Dots, with the digits of their ids beside them."""
    lights = sorted((j for j in net.junctions if j.get("id") in parts), key=lambda j: j.get("id"))
    spots = [(j.get("id"), canvas.at((float(j.get("x")), float(j.get("y"))))) for j in lights]
    for _, (x, y) in spots:
        canvas.labels.take(x, y, 7)
    for light, (x, y) in spots:
        names, fill = parts[light]["names"], "#c22" if parts[light]["status"] == "documented" else "#fff"
        tip = f"<title>{light}: {' · '.join(names[word] for word in ('ru', 'kk') if word in names)}</title>"
        canvas.body.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{fill}" stroke="#c22" stroke-width="2">{tip}</circle>')
        around = [(x + side * 19, y + down, 0) for down in (-10, 10, 0) for side in (1, -1)] + [(x, y - 15, 0), (x, y + 15, 0)]
        canvas.text(around, light.removeprefix("ALA-"), 11, "#a11", ' font-weight="bold"')


def inside(net, shapes, lane):
    """The way over a junction, with what lies behind a place to wait."""
    shape = []
    while lane:
        shape += shapes[lane]
        edge, number = lane.rsplit("_", 1)
        lane = next((c.get("via") for c in net.root.iter("connection") if c.get("from") == edge and c.get("fromLane") == number), None)
    return shape


def phases(net, junction):
    return [phase.get("state") for phase in net.root.find(f"tlLogic[@id='{junction}']") if "G" in phase.get("state") and "y" not in phase.get("state")]


def draw_ways(canvas, net, junction):
    shapes = {lane.get("id"): shape for _, lane, shape in net.lanes}
    states, numbers = phases(net, junction), []
    for way in net.root.iter("connection"):
        if way.get("tl") != junction or way.get("from").startswith(":"):
            continue
        link = int(way.get("linkIndex"))
        phase = next((i for i, state in enumerate(states) if state[link] in "Gg"), 0)
        shape = inside(net, shapes, way.get("via")) or [shapes[f"{way.get('from')}_{way.get('fromLane')}"][-1], shapes[f"{way.get('to')}_{way.get('toLane')}"][0]]
        canvas.line(shape, WAYS[phase % len(WAYS)], 0.5)
        numbers.append((shape, link, WAYS[phase % len(WAYS)]))
    for shape, link, colour in numbers:
        canvas.text([(*canvas.at(back(shape, metres)), 0) for metres in (3, 7, 11, 15)], str(link), 13, colour)


def back(shape, metres):
    """So far before the beginning of a way, where its lane ends."""
    (ax, ay), (bx, by) = shape[0], shape[1]
    length = math.dist(shape[0], shape[1]) or 1
    return ax - (bx - ax) / length * metres, ay - (by - ay) / length * metres


def draw_diagonals(canvas, net, junction):
    """Where pedestrians have a phase alone they may cross from corner to corner; no network can say so."""
    walks = [int(c.get("linkIndex")) for c in net.root.iter("connection") if c.get("tl") == junction and c.get("from").startswith(f":{junction}_w")]
    cars = [int(c.get("linkIndex")) for c in net.root.iter("connection") if c.get("tl") == junction and not c.get("from").startswith(":")]
    if not walks or not any(all(state[link] == "G" for link in walks) and all(state[link] == "r" for link in cars) for state in phases(net, junction)):
        return
    around = corners(net, junction)
    for i, a in enumerate(around):
        for b in around[i + 2:len(around) - (i == 0)]:
            canvas.line([a, b], "#b02a7a", 0.4, ' stroke-dasharray="9 6"')
            (ax, ay), (bx, by) = canvas.at(a), canvas.at(b)
            canvas.text([(ax + (bx - ax) * part, ay + (by - ay) * part, 0) for part in (0.3, 0.7, 0.4, 0.6, 0.5)], "по диагонали", 12, "#b02a7a")


def corners(net, junction):
    """Where pavements meet at a junction, round it."""
    ends = [shape[-1] if edge.get("to") == junction else shape[0] for edge, lane, shape in net.lanes
            if edge.get("function") is None and lane.get("allow") == "pedestrian" and junction in (edge.get("from"), edge.get("to"))]
    found = []
    for end in ends:
        near = next((corner for corner in found if math.dist(middle(corner), end) < CORNER), None)
        near.append(end) if near else found.append([end])
    centre = middle(ends)
    return sorted(map(middle, found), key=lambda at: math.atan2(at[1] - centre[1], at[0] - centre[0]))


def middle(shape):
    return sum(p[0] for p in shape) / len(shape), sum(p[1] for p in shape) / len(shape)


def close_up(net, junction):
    node = next(j for j in net.junctions if j.get("id") == junction)
    canvas = Canvas(bounds([points(node.get("shape"))]), 35)
    draw_streets(canvas, net)
    draw_ways(canvas, net, junction)
    draw_diagonals(canvas, net, junction)
    return canvas


def frames(net):
    """A canvas for each island of streets, and what lies on it: several are squares, one is no taller than a page."""
    islands = [net.part(island) for island in net.islands()]
    boxes = [bounds([shape for edge, _, shape in island.lanes if edge.get("function") is None]) for island in islands]
    if len(islands) == 1:
        yield Canvas(no_higher(boxes[0], TALLEST), 40), islands[0]
        return
    side = (WIDTH - (PANELS - 1) * GAP) // PANELS
    for number, (island, box) in enumerate(zip(islands, boxes)):
        left, top = number % PANELS * (side + GAP), number // PANELS * (side + GAP)
        canvas = Canvas(no_higher(no_wider(box), 1), 15, left, top, side)
        canvas.body.append(f'<rect x="{left}" y="{top}" width="{side}" height="{side}" fill="none" stroke="#d8d4c8"/>')
        yield canvas, island


def no_higher(box, most):
    """With room on both sides, so that it is at most so many times as high as wide."""
    more = max(0, (box[3] - box[1]) / most - (box[2] - box[0])) / 2
    return box[0] - more, box[1], box[2] + more, box[3]


def no_wider(box):
    """With room above and below, so that it is at least as high as wide."""
    more = max(0, (box[2] - box[0]) - (box[3] - box[1])) / 2
    return box[0], box[1] - more, box[2], box[3] + more


def whole(net, signals):
    with open(signals, encoding="utf-8") as source:
        parts = {part["id"]: part for part in json.load(source)["intersections"]}
    names = StreetNames({edge.get("name") for edge in net.root.iter("edge") if edge.get("name")})
    for canvas, island in frames(net):
        draw_streets(canvas, island)
        draw_lights(canvas, island, parts)
        draw_names(canvas, island, names)
        yield canvas


def main(file, signals, out, junction=None):
    net = Net(file)
    write(out, [close_up(net, junction)] if junction else list(whole(net, signals)), () if junction else LEGEND)


if __name__ == "__main__":
    main(*sys.argv[1:])
