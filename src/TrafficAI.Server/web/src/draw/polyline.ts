export type Point = readonly [number, number];

export function lengthOf(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, point, i) => sum + distance(points[i] as Point, point), 0);
}

/** The first metres of a line, from where it begins. */
export function cut(points: readonly Point[], metres: number): Point[] {
  const kept: Point[] = [];
  let left = metres;
  for (const [i, point] of points.entries()) {
    const before = points[i - 1];
    if (!before) {
      kept.push(point);
      continue;
    }
    const step = distance(before, point);
    if (step >= left) return [...kept, towards(before, point, left / (step || 1))];
    kept.push(point);
    left -= step;
  }
  return kept;
}

/** What is left of a line without its first metres. */
export function cutOff(points: readonly Point[], metres: number): Point[] {
  const backwards = [...points].reverse();
  return cut(backwards, Math.max(0, lengthOf(points) - metres)).reverse();
}

/** Place and direction (degrees clockwise from up, in a drawing whose y grows downwards) at a distance from where the line begins. */
export function at(points: readonly Point[], metres: number): { place: Point; angle: number } {
  let left = metres;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1] as Point;
    const b = points[i] as Point;
    const step = distance(a, b);
    if (step >= left || i === points.length - 1) return { place: towards(a, b, Math.min(1, left / (step || 1))), angle: angleOf(a, b) };
    left -= step;
  }
  return { place: points[0] ?? [0, 0], angle: 0 };
}

export function path(points: readonly Point[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

export function angleOf(a: Point, b: Point): number {
  return (Math.atan2(b[0] - a[0], a[1] - b[1]) * 180) / Math.PI;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

function towards(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
