import { chanceOf } from './chance.mjs';
import { makeCity, metres } from './city.mjs';
import { geometryOf, phasesOf } from './geometry.mjs';
import { definitions, measures } from './measures.mjs';
import { cycleOf, detectorsOf, momentOf, planOf, shapeOf, stateOf } from './signals.mjs';
import { explain } from './words.mjs';

export const begin = 7_200;
export const roles = ['viewer', 'engineer', 'operator', 'administrator'];

/** The model behind the fixture: everything is a function of the seed and the second, save what users did. */
export class FixtureSite {
  /** How one may sign in. */
  ways = ['password'];
  overrides = new Map();
  audit = [];
  jobs = [];
  changes = [];

  note(user, act, target, detail, outcome = 'done') {
    this.audit.unshift({ wall: new Date().toISOString(), user, role: user, act, target, outcome, detail });
  }

  constructor({ count, seed, live, end, geographic }) {
    this.city = makeCity(count, seed);
    this.live = live;
    this.geographic = geographic;
    this.started = Date.now();
    this.first = end;
    this.nodes = new Map(this.city.nodes.map((node) => [node.id, node]));
  }

  now() {
    return this.live ? this.first + Math.floor((Date.now() - this.started) / 1000) : this.first;
  }

  site() {
    const row = (y) => this.city.nodes.filter((n) => n.y === y).sort((a, b) => b.x - a.x);
    return {
      name: { en: 'Fixture city', ru: 'Учебный город', kk: 'Оқу қаласы' }, attribution: '© OpenStreetMap contributors, ODbL 1.0', build: '0.1.0+fixture',
      scenario: 'fixture', strategy: 'adaptive', class: 'site', sensing: 'full', live: this.live, begin, end: this.now(), timeZone: 'Asia/Almaty', start: '2026-01-01T05:00:00+05:00', geographic: this.geographic,
      corridors: [0, 3].filter((y) => y < this.city.high).map((y) => ({
        id: `corridor-${y}`, name: Object.fromEntries(['en', 'ru', 'kk'].map((language, i) => [language, row(y)[0].street.row[i]])), intersections: row(y).map((n) => n.id), distancesMetres: distances(row(y)),
      })),
    };
  }

  intersections() {
    return this.city.nodes.map((n) => ({ id: n.id, name: n.name, position: n.position, provenance: n.provenance, phases: phasesOf(n).map((p) => p.id), groups: shapeOf(n).groups.length }));
  }

  states(second, only) {
    const list = only ? only.map((id) => this.nodes.get(id)).filter(Boolean) : this.city.nodes;
    return Object.fromEntries(list.map((n) => [n.id, stateOf(n, second, this.overrides)]));
  }

  detail(node, second) {
    const state = stateOf(node, second, this.overrides);
    return { intersection: node.id, second, state, lanes: shapeOf(node).lanes.map((l, i) => ({ lane: l.id, arrivalsPerHour: state.connected ? Math.round(shapeOf(node).rates[i] * 3600) : null })), detectors: detectorsOf(node), plan: state.connected ? planOf(node, second) : [] };
  }

  decisions(node, from, to, limit) {
    const list = [];
    let second = to;
    while (second >= from && list.length < limit) {
      const moment = momentOf(node, second);
      const at = moment.since + shapeOf(node).lengths[moment.index] - 4;
      if (at <= to && at >= from) {
        const guard = chanceOf(node.id, at) < 0.2 ? 'minimum-green' : 'none';
        list.push({ revision: at, second: at, from: shapeOf(node).phases[moment.index].id, to: shapeOf(node).phases[moment.next].id, wanted: shapeOf(node).phases[moment.next].id, guard, saved: Math.round(chanceOf(node.id, at + 1) * 60), override: null });
      }
      second = moment.since - 1;
    }
    return list;
  }

  explanation(node, revision, language, clock) {
    const moment = momentOf(node, revision);
    const state = stateOf(node, revision);
    const best = Math.round(80 + 100 * chanceOf(node.id, revision));
    const facts = { from: shapeOf(node).phases[moment.index].id, to: shapeOf(node).phases[moment.next].id, since: clock(moment.since), elapsed: moment.elapsed, best, second: best + 25, queue: Math.round((state.queue ?? 0) / 2), waited: 20 + (revision % 25), guard: chanceOf(node.id, revision) < 0.2 ? 'minimum-green' : 'none' };
    const candidates = shapeOf(node).phases.map((p, i) => ({ phase: p.id, possible_from: revision, value: best + (i === moment.next ? 0 : 25 + 18 * i), queue: Math.round((state.queue ?? 0) / (i + 2)) }));
    return { text: explain(language, facts), explanation: { schema: 'trafficai.explain.v1', second: revision, decided: { yardstick: 'waiting', wanted: facts.to, guard: facts.guard, candidates } } };
  }

  history(from, to, step, only) {
    const list = [];
    for (let s = from; s <= to && list.length < 600; s += step) list.push({ second: s, intersections: this.states(s, only) });
    return list;
  }

  timeSpace(id, from, to) {
    const corridor = this.site().corridors.find((c) => c.id === id);
    if (!corridor) return null;
    const nodes = corridor.intersections.map((i) => this.nodes.get(i));
    const stops = nodes.map((n, i) => ({ intersection: n.id, distanceMetres: corridor.distancesMetres[i], travelSeconds: Math.round(corridor.distancesMetres[i] / speed) }));
    return { stops, greens: nodes.map((n) => greensOf(n, from, to, 'west')), inbound: nodes.map((n) => greensOf(n, from, to, 'east')), bands: bandsOf(nodes, stops, from - 300, to), trajectories: trajectoriesOf(nodes, stops, from, Math.min(to, this.now())) };
  }

  measures(query) {
    return measures(this.city.nodes, query.from, query.to, query.language, query.intersection, query.bin);
  }

  definitions(language) {
    return definitions(language);
  }

  comparable(node, second) {
    return [1, 2, 3, 4, 5].map((i) => {
      const at = second - i * cycleOf(node) * 3 - i * 7;
      const state = stateOf(node, at);
      return { second: at, phase: state.phase, wanted: state.wanted, queues: state.queues, outcome: { delayNext5Min: i === 5 ? null : stateOf(node, at + 300).delay } };
    });
  }

  health() {
    const offline = this.city.nodes.filter((n) => !n.connected);
    const bad = this.city.nodes.filter((n) => n.connected).flatMap((n) => detectorsOf(n).filter((d) => d.health !== 'good').map((d) => ({ intersection: n.id, id: d.id, health: d.health, since: d.since })));
    return {
      connected: true, total: this.city.nodes.length, online: this.city.nodes.length - offline.length,
      outages: offline.map((n, i) => ({ intersection: n.id, since: begin + 300 * i })), detectors: bad.slice(0, 60),
      alarms: [{ intersection: 'FX-001', text: 'the amber of group 1 was too short' }],
      log: { uri: 'sqlite:fixture.db', events: 1_204_337, unreadable: 0, sealed: !this.live, endedAt: this.live ? null : this.now() }, load: { cpuSeconds: 12.5, memoryBytes: 180_000_000, viewers: 3, upSeconds: 4_200 },
    };
  }
}

function distances(nodes) {
  let sum = 0;
  return nodes.map((n, i) => (i === 0 ? 0 : (sum += Math.round(metres(nodes[i - 1].position, n.position)))));
}

function greensOf(node, from, to, side) {
  const shape = shapeOf(node);
  const group = shape.groups.find((g) => g.side === side && g.kind === 'vehicle' && !g.left).index;
  const spans = [];
  let second = from;
  while (second < to) {
    const moment = momentOf(node, second);
    const end = moment.since + shape.lengths[moment.index] + 6;
    if (shape.phases[moment.index].greenGroups.includes(group)) spans.push([Math.max(from, moment.since), Math.min(to, end - 6)]);
    second = end;
  }
  return spans.filter(([a, b]) => b > a);
}

const speed = 13; // metres per second

/** Departures from the first stop that meet green at every one. */
function bandsOf(nodes, stops, from, to) {
  const bands = [];
  for (let s = from; s < to; s++) {
    if (!nodes.every((node, i) => greensAt(node, s + Math.round(stops[i].distanceMetres / speed)))) continue;
    const last = bands.at(-1);
    if (last && last[1] === s) last[1] = s + 1;
    else bands.push([s, s + 1]);
  }
  return bands;
}

function trajectoriesOf(nodes, stops, from, to) {
  const ways = [];
  for (const direction of ['out', 'back'])
    for (let start = from - 200; start < to; start += 9 + (start % 7)) ways.push({ id: `${direction}-${start}`, direction, points: drive(nodes, stops, start, to, direction).filter(([s]) => s >= from) });
  return ways.filter((way) => way.points.length > 1);
}

function drive(nodes, stops, start, to, direction) {
  const sign = direction === 'out' ? 1 : -1;
  const order = direction === 'out' ? [...nodes.keys()] : [...nodes.keys()].reverse();
  let place = stops[order[0]].distanceMetres - 120 * sign;
  const line = [[start, place]];
  let time = start;
  for (const i of order) {
    time += ((stops[i].distanceMetres - place) * sign) / speed;
    place = stops[i].distanceMetres;
    if (time > to) return [...line, [to, Math.round(place - (time - to) * speed * sign)]];
    line.push([Math.round(time), place]);
    let wait = 0;
    while (!greensAt(nodes[i], Math.floor(time) + wait, direction === 'out' ? 'west' : 'east') && wait < 90) wait++;
    if (wait === 0) continue;
    time += wait + 2;
    line.push([Math.round(Math.min(time, to)), place]);
    if (time > to) return line;
  }
  return line;
}

function greensAt(node, second, side = 'west') {
  const shape = shapeOf(node);
  const moment = momentOf(node, second);
  const group = shape.groups.find((g) => g.side === side && g.kind === 'vehicle' && !g.left).index;
  return moment.left > 0 && shape.phases[moment.index].greenGroups.includes(group);
}

export { geometryOf };
