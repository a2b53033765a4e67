#!/usr/bin/env python3
"""Cuts the streets of Almaty out of a zipped shapefile of Geofabrik: extract.py ROADS.zip ROADS.geojson.gz

Only what collects and carries traffic, within the box of the junction table, with the tags that the import reads. The same archive gives the same bytes.
"""
import gzip
import io
import json
import struct
import sys
import zipfile

CLASSES = {f"{word}{link}" for word in ("motorway", "trunk", "primary", "secondary", "tertiary") for link in ("", "_link")} | {"unclassified"}
WEST, SOUTH, EAST, NORTH = 76.83, 43.19, 76.99, 43.295  # degrees
KEPT = ("osm_id", "fclass", "name", "oneway", "maxspeed", "layer", "bridge", "tunnel")
UNTAGGED = {"name": "", "oneway": "B", "maxspeed": "0", "layer": "0", "bridge": "F", "tunnel": "F"}


def rows(table):
    count, first, size = struct.unpack("<IHH", table[4:12])
    fields, at = [], 32
    while table[at] != 13:
        fields.append((table[at:at + 11].split(b"\0")[0].decode(), table[at + 16]))
        at += 32
    for row in range(count):
        at, tags = first + row * size + 1, {}
        for name, length in fields:
            tags[name] = table[at:at + length].decode("utf-8").strip(" \0")
            at += length
        yield tags


def lines(shapes):
    at = 100
    while at < len(shapes):
        length = struct.unpack(">i", shapes[at + 4:at + 8])[0] * 2
        record = shapes[at + 8:at + 8 + length]
        at += 8 + length
        if struct.unpack("<i", record[:4])[0] == 0:
            yield []
            continue
        parts, points = struct.unpack("<ii", record[36:44])
        starts = [*struct.unpack(f"<{parts}i", record[44:44 + 4 * parts]), points]
        flat = struct.unpack(f"<{2 * points}d", record[44 + 4 * parts:44 + 4 * parts + 16 * points])
        yield [[(round(flat[2 * i], 7), round(flat[2 * i + 1], 7)) for i in range(a, b)] for a, b in zip(starts, starts[1:])]


def main(archive, target):
    with zipfile.ZipFile(archive) as files:
        stem = next(name for name in files.namelist() if name.endswith(".shp"))[:-4]
        shapes, table = files.read(f"{stem}.shp"), files.read(f"{stem}.dbf")
    features = []
    for tags, parts in zip(rows(table), lines(shapes)):
        if tags["fclass"] not in CLASSES:
            continue
        kept = {name: tags[name] for name in KEPT if tags[name] != UNTAGGED.get(name)}
        for line in parts:
            if any(WEST <= x <= EAST and SOUTH <= y <= NORTH for x, y in line):
                features.append({"type": "Feature", "properties": kept, "geometry": {"type": "LineString", "coordinates": line}})
    text = ('{"type":"FeatureCollection","attribution":"© OpenStreetMap contributors, ODbL 1.0; Geofabrik extract of 2024-10-31","features":[\n'
            + ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features) + "\n]}\n")
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0, filename="") as file:
        file.write(text.encode("utf-8"))
    with open(target, "wb") as file:
        file.write(packed.getvalue())


if __name__ == "__main__":
    main(*sys.argv[1:])
