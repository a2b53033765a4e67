#!/usr/bin/env bash
# All junctions of the table that connect: build.sh [OUTPUT FOLDER].
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../almaty-data/build.sh" almaty-city "${1:-$here}" --bus-lanes "$here/../almaty-data/bus-lanes.csv" --reach 360
