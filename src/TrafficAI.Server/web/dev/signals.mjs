import { chanceOf } from './chance.mjs';
import { geometryOf, groupsOf, lanesOf, phasesOf } from './geometry.mjs';

const passage = 6; // amber 3, all red 1, red-amber 2
const caches = new WeakMap();

function shapeOf(node) {
  if (!caches.has(node)) {
    const phases = phasesOf(node);
    const lengths = node.lengths ?? phases.map((p, i) => (i < 2 ? 24 + Math.floor(chanceOf(node.id, i) * 16) : 9 + Math.floor(chanceOf(node.id, i) * 5)));
    const lanes = lanesOf(node);
    const rates = lanes.map((lane, i) => node.load * (0.10 + 0.12 * chanceOf(node.id, 50 + i)));
    caches.set(node, { phases, lengths, cycle: lengths.reduce((a, b) => a + b + passage, 0), groups: groupsOf(node), lanes, rates });
  }
  return caches.get(node);
}

/** Where the cycle stands: the phase that runs or is left, for how long, whether its passage has begun. */
export function momentOf(node, second) {
  const shape = shapeOf(node);
  let rest = (second + node.offset) % shape.cycle;
  for (let i = 0; i < shape.phases.length; i++) {
    const whole = shape.lengths[i] + passage;
    if (rest < whole) return { index: i, elapsed: rest, left: shape.lengths[i] - rest, since: second - rest, next: (i + 1) % shape.phases.length };
    rest -= whole;
  }
  throw new Error('a cycle has no end');
}

function lampOf(shape, group, moment) {
  const now = shape.phases[moment.index].greenGroups.includes(group.index);
  const then = shape.phases[moment.next].greenGroups.includes(group.index);
  if (now && then) return 'G';
  if (moment.left > 0) return now ? (moment.left <= 3 ? 'f' : 'G') : 'R';
  const gone = -moment.left;
  if (now) return group.kind === 'vehicle' && gone < 3 ? 'A' : 'R';
  return then && gone >= 4 && group.kind === 'vehicle' ? 'u' : 'R';
}

/** Rush in the morning: a slow wave, of its own height and place for each intersection. */
function demand(node, second) {
  const wave = Math.sin((second - 7_200) / 1_900 + chanceOf(node.id, 7) * 4);
  return Math.max(0.25, 0.85 + 0.35 * wave);
}

function queueOf(node, shape, lane, index, second) {
  const rate = shape.rates[index] * demand(node, second);
  const group = lane.groups[0];
  const served = shape.phases.map((p, i) => (p.greenGroups.includes(group) ? i : -1)).filter((i) => i >= 0);
  const moment = momentOf(node, second);
  const green = served.reduce((sum, i) => sum + shape.lengths[i], 0);
  const over = Math.max(0, (rate * shape.cycle) / (0.5 * green) - 0.92) * 26 * (0.8 + 0.4 * chanceOf(lane.id, Math.floor(second / 120)));
  const inGreen = served.includes(moment.index) && moment.left > 0;
  const red = shape.cycle - green;
  const built = inGreen ? Math.max(0, rate * red - (0.5 - rate) * moment.elapsed) : rate * sinceGreen(shape, moment, served);
  return Math.min(Math.floor(lane.lengthMetres / 7.5), Math.round(over + built));
}

function sinceGreen(shape, moment, served) {
  let time = moment.elapsed;
  let index = moment.index;
  if (served.includes(index)) return Math.max(0, -moment.left);
  for (let i = 0; i < shape.phases.length; i++) {
    index = (index + shape.phases.length - 1) % shape.phases.length;
    if (served.includes(index)) return time + passage;
    time += shape.lengths[index] + passage;
  }
  return time;
}

export function stateOf(node, second, overrides) {
  const shape = shapeOf(node);
  const moment = momentOf(node, second);
  const queues = shape.lanes.map((lane, i) => queueOf(node, shape, lane, i, second));
  const queue = queues.reduce((a, b) => a + b, 0);
  const load = shape.rates.reduce((a, b) => a + b, 0) * demand(node, second);
  const changing = moment.left <= 4;
  const override = overrides?.get(node.id) ?? null;
  return {
    lamps: shape.groups.map((g) => lampOf(shape, g, moment)).join(''),
    phase: shape.phases[moment.index].id,
    since: moment.since,
    wanted: shape.phases[changing ? moment.next : moment.index].id,
    plannedAt: second + Math.max(0, moment.left),
    queue: node.connected ? queue : null,
    queues: node.connected ? queues : queues.map(() => null),
    level: node.connected ? (chanceOf(node.id, 3) < 0.92 ? 'sensed' : 'profiles') : 'local',
    mode: override ? 'plan' : node.connected ? 'plan' : 'local',
    delay: node.connected ? Math.round((7 + 42 * Math.pow(load / 1.35, 2.2)) * 10) / 10 : null,
    connected: node.connected,
    override,
  };
}

/** The phases that come next, as a chain of earliest, planned and latest starts. */
export function planOf(node, second) {
  const shape = shapeOf(node);
  const moment = momentOf(node, second);
  const plan = [];
  let start = second + moment.left + passage;
  let index = moment.next;
  for (let i = 0; i < 4; i++) {
    plan.push({ phase: shape.phases[index].id, earliest: Math.max(second, start - 5 - i * 2), planned: Math.max(second, start), latest: start + 8 + i * 4 });
    start += shape.lengths[index] + passage;
    index = (index + 1) % shape.phases.length;
  }
  return plan;
}

export function detectorsOf(node) {
  return geometryOf(node).detectors.map((detector, i) => {
    const draw = chanceOf(detector.id, i);
    return { ...detector, health: draw < 0.965 ? 'good' : draw < 0.98 ? 'silent' : draw < 0.99 ? 'stuck' : 'chattering', since: draw < 0.965 ? null : 7_200 + Math.floor(draw * 1000) };
  });
}

export function cycleOf(node) {
  return shapeOf(node).cycle;
}

export { shapeOf };
