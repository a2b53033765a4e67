#!/usr/bin/env bash
# Builds a scenario of Almaty: build.sh NAME FOLDER OPTIONS… (of `trafficai import osm`). The same sources give the same bytes (SUMO 1.15).
set -euo pipefail
data=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
name=$1 out=$(realpath -m "$2")
shift 2
trafficai=${TRAFFICAI:-$data/../../trafficai}
export SUMO_HOME=${SUMO_HOME:-/usr/share/sumo} PYTHONDONTWRITEBYTECODE=1

first=$(mktemp -d)
trap 'rm -r "$first"' EXIT
import() { "$trafficai" import osm "$data/roads.geojson.gz" --signals "$data/junctions.csv" --name "$name" "$@"; }
mkdir -p "$out"
# The streets first, for the demand; then programmes for it, and demand that they can take, by turns.
import "$@" --out "$first" >"$first/lights.txt"
for _ in 1 2 3 4; do
  python3 "$data/demand.py" "$first/$name.net.xml" "$out/$name.rou.xml" "$out/$name.ped.xml" "$first/counts.csv" "$first/shares.txt" "$first/lights.txt" >"$first/told.txt"
  import "$@" --counts "$first/counts.csv" --out "$out" >"$first/lights.txt"
done
cat "$first/told.txt" "$first/lights.txt"
python3 "$data/map.py" "$out/$name.net.xml" "$out/signals.json" "$out/map.svg"
