#!/usr/bin/env bash
# Lints the schema and the AsyncAPI document with their own tools, which npm installs into a temporary folder.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
npm install --silent --no-fund --no-audit --ignore-scripts --prefix "$tools" @bufbuild/buf @asyncapi/parser >/dev/null
(cd proto && "$tools/node_modules/.bin/buf" lint)
echo "buf lint: no complaint"
cat >"$tools/parse.mjs" <<'JS'
import { Parser, fromFile } from '@asyncapi/parser';
const { document, diagnostics } = await fromFile(new Parser(), process.argv[2]).parse();
for (const d of diagnostics.filter(d => d.severity === 0)) console.error(`${d.path.join('.')}: ${d.message}`);
if (!document) process.exit(1);
console.log(`asyncapi: ${document.channels().length} channels, ${document.operations().length} operations, no error`);
JS
node "$tools/parse.mjs" asyncapi.yaml
