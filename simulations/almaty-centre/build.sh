#!/usr/bin/env bash
# The centre between Raiymbek, Dostyk, Abay and Baitursynuly: build.sh [OUTPUT FOLDER].
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-$here}
"$here/../almaty-data/build.sh" almaty-centre "$out" --box 76.925,43.2405,76.9585,43.2715 --bus-lanes "$here/../almaty-data/bus-lanes.csv" --reach 360
variants="$here/../almaty-data/variants.py"
python3 "$variants" september "$out/almaty-centre.rou.xml" "$out/september.rou.xml"
python3 "$variants" incident "$out/almaty-centre.net.xml" "$out/almaty-centre.rou.xml" "$out/incident.rou.xml" ALA-100_ALA-034 2 9900 11700
