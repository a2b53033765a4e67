import { geometryOf, roles } from './api.mjs';

const users = Object.fromEntries(roles.map((role) => [role, 'fixture']));
const api = '/api/v1';

/** What is broken on purpose. */
export class Trouble {
  stalled = false;
  failing = new Map();
  slow = 0;
  /** How many alarms the street tells next. */
  alarms = 0;

  set(url, response) {
    const what = url.pathname.slice('/fixture/'.length);
    if (what === 'stall') this.stalled = url.searchParams.get('on') === 'true';
    else if (what === 'fail') this.failing.set(url.searchParams.get('path'), Number(url.searchParams.get('status')));
    else if (what === 'slow') this.slow = Number(url.searchParams.get('milliseconds'));
    else if (what === 'alarms') this.alarms = Number(url.searchParams.get('count'));
    else if (what === 'mend') { this.failing.clear(); this.stalled = false; this.slow = 0; }
    response.writeHead(204).end();
  }
}

export async function handleApi(call) {
  const { trouble, url, response } = call;
  if (trouble.slow) await new Promise((done) => setTimeout(done, trouble.slow));
  const path = decodeURIComponent(url.pathname.slice(api.length));
  const broken = trouble.failing.get(path);
  if (broken) return problem(response, broken, 'Broken on purpose', 'The fixture was told to fail here.', 'Try again.');
  try {
    await route(call, path, sessionOf(call));
  } catch (error) {
    problem(response, 500, 'Fixture failed', String(error.stack), 'Mend the fixture.');
  }
}

function sessionOf({ request, demo }) {
  const role = /(?:^|; )session=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? (demo ? 'operator' : null);
  return roles.includes(role) ? { user: role, role, areas: [], language: 'en' } : null;
}

async function route(call, path, session) {
  const { site, request, response, url, trouble } = call;
  if (path === '/session') return signIn(call, session);
  if (!session) return problem(response, 401, 'Not signed in', 'This needs a session.', 'Sign in.');
  if (request.method !== 'GET' && request.headers['x-csrf'] !== '1') return problem(response, 403, 'Missing header', 'X-CSRF is not 1.', 'Send it.');
  if (path === '/live') return live(site, trouble, request, response, url);
  if (request.method !== 'GET') return write(call, path, session);
  const answer = read(site, path, url.searchParams, session);
  if (answer === undefined) return problem(response, 404, 'Not found', `There is no ${path}.`, 'See the list of intersections.');
  if (answer === forbidden) return problem(response, 403, 'Not allowed', 'Your role may not see this.', 'Ask an administrator.');
  json(response, 200, answer);
}

const forbidden = Symbol('forbidden');

function read(site, path, query, session) {
  const number = (name, otherwise) => Number(query.get(name) ?? otherwise);
  const language = query.get('language') ?? 'en';
  const end = site.now();
  const [, first, id, third, fourth] = path.split('/');
  if (first === 'intersections' && id) return ofIntersection(site, site.nodes.get(id), third, fourth, number, language);
  if (first === 'corridors') return site.timeSpace(id, number('from', end - 300), number('to', end)) ?? undefined;
  if (first === 'jobs' && id) return site.jobs.map(progressOf).find((job) => String(job.id) === id);
  switch (path) {
    case '/site': return site.site();
    case '/network': return { type: 'FeatureCollection', features: site.city.edges };
    case '/intersections': return site.intersections();
    case '/history': return site.history(number('from', end - 600), number('to', end), number('step', 1), query.get('intersections')?.split(','));
    case '/measures': return site.measures({ from: number('from', end - 3600), to: number('to', end), language, intersection: query.get('intersection'), bin: number('bin', 0) });
    case '/measures/definitions': return site.definitions(language);
    case '/health': return site.health();
    case '/jobs': return site.jobs.map(progressOf);
    case '/overrides': return [...site.overrides.values()];
    case '/safety-changes': return site.changes;
    case '/audit': return session.role === 'administrator' ? site.audit : forbidden;
    default: return undefined;
  }
}

function ofIntersection(site, node, what, which, number, language) {
  if (!node) return undefined;
  const end = site.now();
  if (!what) return geometryOf(node);
  if (what === 'state') return site.detail(node, number('at', end));
  if (what === 'comparable') return site.comparable(node, number('at', end));
  if (what === 'decisions' && which) return site.explanation(node, Number(which), language, clock);
  if (what === 'decisions') return site.decisions(node, number('from', end - 600), number('to', end), number('limit', 20));
  return undefined;
}

const clock = (second) => new Date((second + 5 * 3600) * 1000).toISOString().slice(11, 19);

async function signIn({ request, response, site }, session) {
  if (request.method === 'GET') return session ? json(response, 200, session) : problem(response, 401, 'Not signed in', 'No session.', 'Sign in.', { ways: site.ways });
  if (request.method === 'DELETE') {
    response.setHeader('Set-Cookie', 'session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0');
    return void response.writeHead(204).end();
  }
  const { user, password } = await body(request);
  if (users[user] !== password) return problem(response, 401, 'Wrong name or password', 'The name or the password is wrong.', 'Try again.');
  response.setHeader('Set-Cookie', `session=${user}; Path=/; HttpOnly; SameSite=Strict`);
  site.note(user, 'login', '127.0.0.1', '');
  json(response, 200, { user, role: user, areas: [], language: 'en' });
}

async function write(call, path, session) {
  const { site, request, response } = call;
  const rank = roles.indexOf(session.role);
  const allowed = path.startsWith('/safety-changes') || path === '/what-if' || path.startsWith('/jobs') ? 1 : 2;
  if (rank < allowed) return problem(response, 403, 'Not allowed', `A ${session.role} may not do this.`, 'Ask an operator.');
  const data = await body(request);
  const [, first, id, third] = path.split('/');
  if (first === 'overrides') return override(site, request.method, id, data, session, response);
  if (path === '/what-if') return startJob(site, data, session, response);
  if (first === 'jobs') { site.jobs = site.jobs.filter((job) => String(job.id) !== id); return void response.writeHead(204).end(); }
  if (first === 'safety-changes') return safetyChange(site, id, third, data, session, response);
  problem(response, 404, 'Not found', `There is no ${path}.`, 'Check the address.');
}

function override(site, method, id, data, session, response) {
  if (method === 'DELETE') {
    if ((data.reason ?? '').length < 10) return problem(response, 400, 'Reason missing', 'A release needs a reason of 10 characters.', 'Write one.');
    site.overrides.delete(id);
    site.note(session.user, 'override-end', id, data.reason);
    return void response.writeHead(204).end();
  }
  if (!site.nodes.has(data.intersection)) return problem(response, 404, 'Not found', `There is no ${data.intersection}.`, 'Choose another.');
  if ((data.reason ?? '').trim().length < 10) return problem(response, 400, 'Reason missing', 'An override needs a reason of 10 characters.', 'Write one.');
  const made = { ...data, by: session.user, since: site.now(), until: site.now() + data.minutes * 60 };
  site.overrides.set(data.intersection, made);
  site.note(session.user, 'override', data.intersection, data.reason);
  json(response, 201, made);
}

function startJob(site, data, session, response) {
  const job = { id: site.jobs.length + 1, by: session.user, started: Date.now(), order: data };
  site.jobs.unshift(job);
  json(response, 202, { job: job.id });
}

function progressOf(job) {
  const progress = Math.min(1, (Date.now() - job.started) / 2500);
  const done = progress >= 1;
  const result = {
    schema: 'trafficai.what-if.v1', scenario: 'fixture', recorded_strategy: 'adaptive', other_strategy: job.order.strategy, from: job.order.from, end: job.order.from + 3600,
    recorded: { served: 18_204, delay_s: 27.4 }, seeds: [1, 2, 3, 4, 5].map((seed) => ({ seed, trips: 18_300, again: { served: 18_190, delay_s: 27.9 }, other: { served: 17_960, delay_s: 36.2 + seed / 4 } })),
    delay_difference_s: 9.05, delay_difference_half_width95_s: 0.5, served_difference: -230, served_difference_half_width95: 41, delay_error: 0.018, served_error: 0.001, reliable: true,
  };
  return { id: job.id, by: job.by, strategy: job.order.strategy ?? null, from: job.order.from ?? null, change: null, state: done ? 'done' : 'running', progress, result: done ? result : null, error: null };
}

function safetyChange(site, id, approve, data, session, response) {
  if (!approve) {
    site.changes.push({ id: String(site.changes.length + 1), change: data, proposedBy: session.user, proposedAt: new Date().toISOString(), approvedBy: null, approvedAt: null });
    site.note(session.user, 'safety-change', site.changes.at(-1).id, data.reason);
    return json(response, 201, site.changes.at(-1));
  }
  const change = site.changes.find((c) => c.id === id);
  if (!change) return problem(response, 404, 'Not found', `There is no ${id}.`, 'See the list.');
  if (change.proposedBy === session.user) return problem(response, 403, 'Four eyes', 'Who proposes may not approve.', 'Ask another engineer.');
  Object.assign(change, { approvedBy: session.user, approvedAt: new Date().toISOString() });
  json(response, 200, change);
}

function live(site, trouble, request, response, url) {
  const only = url.searchParams.get('intersections')?.split(',');
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  let last = {};
  const send = () => {
    if (trouble.stalled) return;
    const second = site.now();
    const states = site.states(second, only);
    const changed = Object.fromEntries(Object.entries(states).filter(([id, state]) => last[id] !== JSON.stringify(state)));
    last = Object.fromEntries(Object.entries(states).map(([id, state]) => [id, JSON.stringify(state)]));
    response.write(`event: state\ndata: ${JSON.stringify({ second, wall: new Date().toISOString(), intersections: changed })}\n\n`);
    decided(site, second, only, response);
    for (; trouble.alarms > 0; trouble.alarms--) response.write(`event: alarm\ndata: ${JSON.stringify({ intersection: 'FX-001', second, kind: 'violation', text: `rule ${trouble.alarms} was broken` })}\n\n`);
  };
  send();
  if (!site.live) return;
  const timer = setInterval(send, 1000);
  request.on('close', () => clearInterval(timer));
}

function decided(site, second, only, response) {
  for (const node of site.city.nodes)
    if (!only || only.includes(node.id))
      for (const decision of site.decisions(node, second, second, 1))
        response.write(`event: decided\ndata: ${JSON.stringify({ intersection: node.id, ...decision })}\n\n`);
}

async function body(request) {
  let text = '';
  for await (const part of request) text += part;
  return text ? JSON.parse(text) : {};
}

function json(response, status, value) {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

function problem(response, status, title, detail, next, more = {}) {
  response.writeHead(status, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify({ title, status, detail, next, ...more }));
}
