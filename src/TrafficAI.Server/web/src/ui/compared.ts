import type { WhatIfResult } from '../api/contract';

export interface Means {
  delay: number | null;
  served: number | null;
}

/** A what-if run in figures: the recorded strategy again and the other one, each the mean of its seeds; null where a seed knows none. */
export function comparedOf({ seeds }: WhatIfResult): { ours: Means; other: Means } {
  const meansOf = (one: 'again' | 'other'): Means => ({ delay: mean(seeds.map((seed) => seed[one].delay_s)), served: mean(seeds.map((seed) => seed[one].served)) });
  return { ours: meansOf('again'), other: meansOf('other') };
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 || known.length < values.length ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** By how many per cent the first differs from the second. */
export function changeOf(first: number | null, second: number | null): number | null {
  return first === null || second === null || second === 0 ? null : ((first - second) / second) * 100;
}
