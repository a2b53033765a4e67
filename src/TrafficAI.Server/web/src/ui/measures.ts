import type { Definition, Measure } from '../api/contract';
import { t, word } from '../i18n';
import { number } from './format';

export function unitOf({ unit }: Definition): string {
  return unit === 'number' || unit === 'ratio' ? '' : word('measured-in', unit);
}

/** Shares in per cent; else enough digits to tell two values apart, no more. */
export function figure({ unit }: Definition, measure: Measure | undefined): string {
  const value = measure?.value ?? null;
  if (value === null) return t('no-data');
  if (unit === 'share') return number(value * 100, 1);
  return number(value, Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}
