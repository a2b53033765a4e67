#!/usr/bin/env bash
# Zheltoksan Street, Abay to Raiymbek, with its bus lanes: build.sh [OUTPUT FOLDER].
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../almaty-data/build.sh" almaty-zheltoksan-brt "${1:-$here}" --junctions ALA-008,ALA-119,ALA-159,ALA-106,ALA-037,ALA-101,ALA-122,ALA-027 --reach 360 --bus-lanes "$here/../almaty-data/bus-lanes.csv" --corridor zheltoksan=ALA-008,ALA-119,ALA-159,ALA-106,ALA-037,ALA-101,ALA-122,ALA-027
