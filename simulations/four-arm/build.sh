#!/usr/bin/env bash
# Builds the four-arm scenario from src/: build.sh [OUTPUT FOLDER]. The same sources give the same bytes (SUMO 1.15).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=$(realpath -m "${1:-$here}")
mkdir -p "$out"
export SUMO_HOME=${SUMO_HOME:-/usr/share/sumo}

cd "$here/src"
netconvert --node-files four-arm.nod.xml --edge-files four-arm.edg.xml --connection-files four-arm.con.xml \
  --tllogic-files four-arm.tll.xml --no-turnarounds true --xml-validation never \
  --output-file "$out/four-arm.net.xml" >/dev/null
# netconvert's opening comment holds the date and the paths of this machine
sed -i -e '/^<!-- generated on/,/^-->$/d' -e '2{/^$/d}' "$out/four-arm.net.xml"
# netconvert forgets minDur, and holds crossings to 1 m/s: put our own states and a usual walking speed in
sed -n '/<phase /s/^ */        /p' four-arm.tll.xml > "$out/states.tmp"
sed -i -e '/<tlLogic id="centre"/r '"$out/states.tmp" -e '/<phase /d' \
  -e 's/\(<lane id=":centre_[cw][0-9]*_0".* speed="\)1\.00"/\11.39"/' "$out/four-arm.net.xml"
rm "$out/states.tmp"
python3 demand.py "$out/four-arm.rou.xml" "$out/four-arm.ped.xml"
