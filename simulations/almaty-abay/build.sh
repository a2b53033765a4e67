#!/usr/bin/env bash
# Abay Avenue, Seifullin to Dostyk: build.sh [OUTPUT FOLDER].
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../almaty-data/build.sh" almaty-abay "${1:-$here}" --junctions ALA-007,ALA-044,ALA-046,ALA-008,ALA-038,ALA-005,ALA-003 --reach 370 --corridor abay=ALA-007,ALA-044,ALA-046,ALA-008,ALA-038,ALA-005,ALA-003
