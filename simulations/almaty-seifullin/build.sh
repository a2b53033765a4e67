#!/usr/bin/env bash
# Seifullin Avenue, Satpayev to Makatayev: build.sh [OUTPUT FOLDER].
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../almaty-data/build.sh" almaty-seifullin "${1:-$here}" --junctions ALA-032,ALA-007,ALA-118,ALA-155,ALA-105,ALA-034,ALA-100,ALA-121 --reach 300 --corridor seifullin=ALA-032,ALA-007,ALA-118,ALA-155,ALA-105,ALA-034,ALA-100,ALA-121
