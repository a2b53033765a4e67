#!/usr/bin/env bash
# Builds the corridor scenario from src/: build.sh [OUTPUT FOLDER]. The same sources give the same bytes (SUMO 1.15).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=$(realpath -m "${1:-$here}")
mkdir -p "$out"
export SUMO_HOME=${SUMO_HOME:-/usr/share/sumo}

plain=$(mktemp -d)
trap 'rm -r "$plain"' EXIT
python3 "$here/src/street.py" "$plain" "$out/corridor.rou.xml"
cd "$plain"
netconvert --node-files corridor.nod.xml --edge-files corridor.edg.xml --connection-files corridor.con.xml \
  --tllogic-files corridor.tll.xml --no-turnarounds true --xml-validation never --output-file "$out/corridor.net.xml" >/dev/null
# netconvert's opening comment holds the date and the paths of this machine
sed -i -e '/^<!-- generated on/,/^-->$/d' -e '2{/^$/d}' "$out/corridor.net.xml"
# netconvert forgets minDur: put our own programmes in, where its own stood
sed -n -e '/<tlLogic /,/<\/tlLogic>/p' corridor.tll.xml > programmes.tmp
sed -i -e '/<tlLogic /,/<\/tlLogic>/d' "$out/corridor.net.xml"
first=$(grep -n -m 1 '<junction ' "$out/corridor.net.xml" | cut -d: -f1)
sed -i -e "$((first - 1))r programmes.tmp" "$out/corridor.net.xml"
