import { chanceOf } from './chance.mjs';

const sides = ['north', 'east', 'south', 'west'];
const outward = { north: [0, 1], east: [1, 0], south: [0, -1], west: [-1, 0] };
const laneWidth = 3.4;

/** Signal groups in order: straight-on of north, east, south, west; left of the same where there is a phase for it; crossings of the four arms. */
export function groupsOf(node) {
  const groups = sides.map((side) => ({ kind: 'vehicle', side, label: `${side[0].toUpperCase()}`, left: false }));
  if (node.phaseCount >= 3) groups.push({ kind: 'vehicle', side: 'north', label: 'NL', left: true }, { kind: 'vehicle', side: 'south', label: 'SL', left: true });
  if (node.phaseCount >= 4) groups.push({ kind: 'vehicle', side: 'east', label: 'EL', left: true }, { kind: 'vehicle', side: 'west', label: 'WL', left: true });
  for (const side of sides) groups.push({ kind: 'pedestrian', side, label: `p${side[0].toUpperCase()}`, left: false });
  return groups.map((group, index) => ({ index, section: group.left, ...group }));
}

export function phasesOf(node) {
  const groups = groupsOf(node);
  const green = (chosen) => groups.filter(chosen).map((g) => g.index);
  const along = (a, b) => (g) => (g.kind === 'vehicle' ? !g.left && (g.side === a || g.side === b) : g.side !== a && g.side !== b);
  const turning = (a, b) => (g) => g.left && (g.side === a || g.side === b);
  const phases = [
    { greenGroups: green(along('north', 'south')), minimumGreen: 10, label: 'N+S' },
    { greenGroups: green(along('east', 'west')), minimumGreen: 10, label: 'E+W' },
    { greenGroups: green(turning('north', 'south')), minimumGreen: 7, label: 'N+S ↰' },
    { greenGroups: green(turning('east', 'west')), minimumGreen: 7, label: 'E+W ↰' },
  ];
  return phases.slice(0, node.phaseCount).map((phase, i) => ({ id: `F${i + 1}`, ...phase }));
}

export function lanesOf(node) {
  const groups = groupsOf(node);
  return sides.flatMap((side) => {
    const arm = node.arms.find((a) => a.side === side);
    const left = groups.find((g) => g.left && g.side === side);
    return Array.from({ length: arm.lanes }, (_, i) => {
      const isLeft = i === arm.lanes - 1;
      const straight = groups.find((g) => g.side === side && !g.left && g.kind === 'vehicle');
      const movements = isLeft ? (left ? ['left'] : ['left', 'straight']) : i === 0 ? ['straight', 'right'] : ['straight'];
      return {
        id: `${arm.edge}_${i}`, edge: arm.edge, approach: side, shape: laneShape(side, i, arm.lanes), lengthMetres: arm.metres, movements,
        groups: [isLeft && left ? left.index : straight.index],
      };
    });
  });
}

/** From the outside in to the stop line; right-hand traffic, lane 0 on the right. */
function laneShape(side, lane, lanes) {
  const [ox, oy] = outward[side];
  const offset = (lanes - lane - 0.5) * laneWidth;
  const at = (distance) => [ox * distance - oy * offset, oy * distance + ox * offset].map((v) => Math.round(v * 10) / 10);
  return [at(80), at(16)];
}

function exitsOf(node) {
  return sides.flatMap((side) => {
    const { lanes, edge } = node.arms.find((a) => a.side === side);
    return Array.from({ length: lanes }, (_, i) => ({ id: `${edge}_exit_${i}`, shape: laneShape(side, i, lanes).map(([x, y]) => mirrored(side, x, y)).reverse() }));
  });
}

const mirrored = (side, x, y) => (side === 'north' || side === 'south' ? [-x, y] : [x, -y]);

function crossingsOf(node) {
  return groupsOf(node).filter((g) => g.kind === 'pedestrian').map((g) => {
    const [ox, oy] = outward[g.side];
    const half = node.arms.find((a) => a.side === g.side).lanes * laneWidth + 1;
    return { id: `${node.id}_c${g.side[0]}`, group: g.index, shape: [[ox * 12 - oy * half, oy * 12 + ox * half], [ox * 12 + oy * half, oy * 12 - ox * half]] };
  });
}

export function geometryOf(node) {
  const lanes = lanesOf(node);
  const groups = groupsOf(node);
  const phases = phasesOf(node);
  const together = (a, b) => a === b || phases.some((p) => p.greenGroups.includes(a) && p.greenGroups.includes(b));
  return {
    id: node.id, name: node.name, lanes, exits: exitsOf(node), crossings: crossingsOf(node), phases,
    groups: groups.map((g) => ({ index: g.index, kind: g.kind, label: g.label, section: g.section, links: lanes.flatMap((l, i) => (l.groups.includes(g.index) ? [i] : [])) })),
    detectors: lanes.flatMap((l) => [{ id: `${l.id}/stop`, lane: l.id, positionMetres: l.lengthMetres - 1 }, { id: `${l.id}/advance`, lane: l.id, positionMetres: l.lengthMetres - 40 }]),
    intergreens: groups.map((a) => groups.map((b) => (together(a.index, b.index) ? null : 5 + Math.floor(chanceOf(node.id, a.index * 100 + b.index) * 3)))),
  };
}
