import type { Network } from './map';

export interface Label {
  name: string;
  from: [number, number];
  to: [number, number];
  middle: [number, number];
  /** Degrees clockwise from reading straight on; -90 to 90. */
  angle: number;
  length: number;
}

/** One label per street, on its longest piece; the longest first. */
export function labelsOf(network: Network): Label[] {
  const best = new Map<string, Label>();
  for (const { properties, geometry } of network.features) {
    const name = properties.name;
    const line = geometry.coordinates as [number, number][];
    const [from, to] = [line[0], line.at(-1)];
    if (typeof name !== 'string' || !from || !to) continue;
    const label = labelOf(name, from, to);
    if (label.length > (best.get(name)?.length ?? 0)) best.set(name, label);
  }
  return [...best.values()].sort((a, b) => b.length - a.length);
}

function labelOf(name: string, from: [number, number], to: [number, number]): Label {
  const shrink = Math.cos((from[1] * Math.PI) / 180);
  const east = (to[0] - from[0]) * shrink;
  const north = to[1] - from[1];
  const angle = (-Math.atan2(north, east) * 180) / Math.PI;
  return { name, from, to, middle: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], angle: angle > 90 ? angle - 180 : angle < -90 ? angle + 180 : angle, length: Math.hypot(east, north) };
}
