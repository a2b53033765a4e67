#!/usr/bin/env bash
# Lints the schema and the AsyncAPI document with their own tools, which come from npm once and are kept.
#   ./check.sh              installs what is missing, then checks
#   ./check.sh --install    only installs
# TAI_TOOLS is where they are kept, ../artifacts/contract-tools unless set. The last two packages are for the test with an independent client.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
packages=(@bufbuild/buf@1.75.0 @asyncapi/parser@3.6.3 mqtt@5.16.0 protobufjs@8.8.1)
tools=$(readlink -m "${TAI_TOOLS:-../artifacts/contract-tools}")
if [[ ! -e $tools/installed || $(<"$tools/installed") != "${packages[*]}" ]]; then
  mkdir -p "$tools"
  npm install --silent --no-fund --no-audit --ignore-scripts --prefix "$tools" "${packages[@]}" >/dev/null
  echo "${packages[*]}" >"$tools/installed"
fi
[[ ${1:-} != --install ]] || exit 0

(cd proto && "$tools/node_modules/.bin/buf" lint)
echo "buf lint: no complaint"
node - "$tools/" asyncapi.yaml <<'JS'
const [tools, file] = process.argv.slice(2);
const { Parser, fromFile } = require('module').createRequire(tools)('@asyncapi/parser');
fromFile(new Parser(), file).parse().then(({ document, diagnostics }) => {
  for (const d of diagnostics.filter(d => d.severity === 0)) console.error(`${d.path.join('.')}: ${d.message}`);
  if (!document) process.exit(1);
  console.log(`asyncapi: ${document.channels().length} channels, ${document.operations().length} operations, no error`);
});
JS
