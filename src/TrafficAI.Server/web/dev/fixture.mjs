// Stands in for the server: the same HTTP contract over a city made from a seed.
//   node dev/fixture.mjs [--port 0] [--count 24|200] [--seed 7] [--recorded] [--demo] [--plane]
// It prints one line with its address. PUT /fixture/… breaks it on purpose, for tests of what users then see.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FixtureSite } from './api.mjs';
import { handleApi, Trouble } from './routes.mjs';

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '0' }, count: { type: 'string', default: '24' }, seed: { type: 'string', default: '7' }, end: { type: 'string', default: '10800' },
    recorded: { type: 'boolean', default: false }, demo: { type: 'boolean', default: false }, plane: { type: 'boolean', default: false },
  },
});

const dist = join(fileURLToPath(new URL('.', import.meta.url)), '..', 'dist');
const kinds = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
const headers = {
  'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer',
};

const site = new FixtureSite({ count: Number(options.count), seed: Number(options.seed), live: !options.recorded, end: Number(options.end), geographic: !options.plane });
const trouble = new Trouble();

const server = createServer(async (request, response) => {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const url = new URL(request.url, 'http://fixture');
  if (url.pathname.startsWith('/fixture/')) return void trouble.set(url, response);
  if (url.pathname.startsWith('/api/v1/')) return void (await handleApi({ site, trouble, demo: options.demo, request, response, url }));
  await serveFile(url.pathname, response);
});

async function serveFile(path, response) {
  const file = normalize(path === '/' ? '/index.html' : path);
  try {
    const bytes = await readFile(join(dist, file));
    response.writeHead(200, { 'Content-Type': kinds[extname(file)] ?? 'application/octet-stream' }).end(bytes);
  } catch {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found');
  }
}

server.listen(Number(options.port), '127.0.0.1', () => console.log(`fixture listens on http://127.0.0.1:${server.address().port}`));
// A test holds the other end of standard input: when it goes, so does the fixture.
if (!process.stdin.isTTY) process.stdin.on('end', () => process.exit(0)).resume();
