#!/usr/bin/env bash
# The city's six pilot junctions: build.sh [OUTPUT FOLDER].
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../almaty-data/build.sh" almaty-pilot "${1:-$here}" --junctions ALA-003,ALA-011,ALA-039,ALA-099,ALA-121,ALA-172
