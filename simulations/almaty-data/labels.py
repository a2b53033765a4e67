"""Where the labels of a map go, so that none covers another, and what its streets are called in Russian."""
import csv
import math
import os
import re

KINDS = {"проспект": "пр.", "улица": "ул.", "бульвар": "бул.", "даңғылы": "", "көшесі": "", "батыра": "", "батыр": ""}
KAZAKH = str.maketrans("әіңғүұқөһ", "аингуукох")
FOLDED_KINDS = {kind.translate(KAZAKH) for kind in KINDS}
SURELY_THE_SAME = 6  # letters
LONGEST_ENDING = 2


class Labels:
    """Boxes on the map that are taken, in px."""

    def __init__(self):
        self.taken = []

    def take(self, x, y, half):
        self.taken.append((x - half, y - half, x + half, y + half))

    def place(self, candidates, width, size):
        """The first of the candidates (x, y of the middle, angle in degrees) whose label of that width hides nothing; None for none."""
        for x, y, angle in candidates:
            boxes = along(x, y, angle, width, size)
            if not any(meet(a, b) for a in boxes for b in self.taken):
                self.taken += boxes
                return x, y, angle
        return None


def along(x, y, angle, width, size):
    """Squares that cover a slanting label."""
    count = max(1, math.ceil(width / size))
    dx, dy, half = math.cos(math.radians(angle)), math.sin(math.radians(angle)), size / 2 + 1
    steps = [(i - (count - 1) / 2) * width / count for i in range(count)]
    return [(x + dx * s - half, y + dy * s - half, x + dx * s + half, y + dy * s + half) for s in steps]


def meet(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


class StreetNames:
    """OpenStreetMap names one street now in Russian, now in Kazakh, now by an older spelling; here all are one."""

    def __init__(self, names):
        with open(os.path.join(os.path.dirname(__file__), "junctions.csv"), encoding="utf-8") as table:
            pairs = {(row[f"{side}_ru"], row[f"{side}_kk"]) for row in csv.DictReader(table) for side in "ab"}
        others = {(name, name) for name in names if name.split()[0] in KINDS}
        self.known = [[(ru, stems(ru) | stems(kk)) for ru, kk in sorted(streets)] for streets in (pairs, others)]

    def russian(self, name):
        """As the junction table has it, shortened; as the map has it where the table has none."""
        found = next((street for street in (best(streets, name) for streets in self.known) if street), name)
        words = re.sub(r" \(.*\)", "", found).split()
        return " ".join(KINDS.get(words[0], words[0]).split() + words[1:])


def best(streets, name):
    likeness, found = max((shared(a, b), -abs(len(a) - len(b)), ru) for ru, words in streets for a in words for b in stems(name))[::2]
    return found if likeness else None


def stems(name):
    return {word for word in re.split(r"[ ().-]+", name.lower().translate(KAZAKH)) if len(word) >= 3 and word not in FOLDED_KINDS}


def shared(a, b):
    length = len(os.path.commonprefix([a, b]))
    return length if length >= SURELY_THE_SAME or length >= 3 and length >= min(len(a), len(b)) - LONGEST_ENDING else 0
