#!/usr/bin/env bash
# The centre between Raiymbek, Dostyk, Abay and Baitursynuly: build.sh [OUTPUT FOLDER].
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../almaty-data/build.sh" almaty-centre "${1:-$here}" --box 76.925,43.2405,76.9585,43.2715 --bus-lanes "$here/../almaty-data/bus-lanes.csv" --reach 360
