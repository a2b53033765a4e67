#!/usr/bin/env bash
# Abay Avenue, Seifullin to Dostyk: build.sh [OUTPUT FOLDER].
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$here}
"$here/../almaty-data/build.sh" almaty-abay "$out" --junctions ALA-007,ALA-044,ALA-046,ALA-008,ALA-038,ALA-005,ALA-003 --reach 370 --corridor abay=ALA-007,ALA-044,ALA-008,ALA-038,ALA-005,ALA-003
variants="$here/../almaty-data/variants.py"
python3 "$variants" september "$out/almaty-abay.rou.xml" "$out/september.rou.xml"
python3 "$variants" incident "$out/almaty-abay.net.xml" "$out/almaty-abay.rou.xml" "$out/incident.rou.xml" ALA-044_ALA-008 2 9900 11700
