import { t, type Key } from '../i18n';
import { h } from './dom';

/** Upper bounds of delay in seconds per vehicle, after the levels of service of the Highway Capacity Manual; the last class holds E and F. */
export const delayBounds = [10, 20, 35, 55] as const;
/** Upper bounds of the share of a lane that is taken by standing vehicles. */
export const fillBounds = [0.1, 0.25, 0.5, 0.75] as const;

/** 0 (free) to 4 (full); -1 for no data. */
export function levelOf(value: number | null | undefined, bounds: readonly number[]): number {
  if (value === null || value === undefined) return -1;
  const level = bounds.findIndex((bound) => value <= bound);
  return level < 0 ? bounds.length : level;
}

export const levelLetters = ['A', 'B', 'C', 'D', 'E–F'] as const;

/** A swatch with its letter: the colour never stands alone. */
export function levelMark(level: number): HTMLElement {
  return h('span', { class: 'level', 'data-level': level }, level < 0 ? t('no-data') : levelLetters[level]);
}

const legendKeys: readonly Key[] = ['level.free', 'level.light', 'level.busy', 'level.dense', 'level.full'];

export function levelName(level: number): string {
  const key = legendKeys[level];
  return key ? t(key) : t('level.unknown');
}
