#!/usr/bin/env bash
# Records the golden runs of tests/TrafficAI.Replay.Tests anew. Only when decisions change on purpose: say why in the commit.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
runs=$root/tests/TrafficAI.Replay.Tests/Runs
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

record() {
  local name=$1
  shift
  "$root/trafficai" simulate "$root/simulations/four-arm" --engine sumo --seed 11 --log "$folder/$name.db" "$@" >"$folder/$name.txt" 2>&1 ||
    { cat "$folder/$name.txt" >&2; exit 1; }
  gzip -9nc "$folder/$name.db" >"$runs/$name.db.gz"
  printf '%-24s %7d bytes\n' "$name" "$(stat -c %s "$runs/$name.db.gz")"
}

record adaptive-full --strategy adaptive --class R+ --end 130
record adaptive-loops-faults --strategy adaptive --class S --sensing loops --end 130 --fault dead=10%,stuck=5%,loss=5%,delay=2s,dup=1%,reorder=1%
record actuated --strategy actuated --class site --end 130
record max-pressure --strategy max-pressure --class R --end 130
"$root/trafficai" plan "$folder/actuated.db" --out "$folder/plans.json" >"$folder/plan.txt"
record actuated-tuned --strategy actuated-tuned --plans "$folder/plans.json" --class site --end 130
record webster --strategy webster --plans "$folder/plans.json" --class site --end 130
record tuc --strategy tuc --plans "$folder/plans.json" --class site --end 250
record fixed --strategy fixed --class site --end 70
