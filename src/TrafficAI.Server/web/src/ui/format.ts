import type { Site } from '../api/contract';
import { language, t } from '../i18n';

let epoch = Date.UTC(2026, 0, 1) / 1000; // seconds since 1970 at which second 0 begins
const almaty = 5 * 3600; // UTC+5 all year since 1 March 2024
const day = 86_400;

/** From when seconds count. */
export function useDates(site: Site): void {
  if (site.start) epoch = Date.parse(site.start) / 1000;
}

/** HH:MM:SS of a street second, in Asia/Almaty. */
export function clock(second: number | null | undefined): string {
  if (second === null || second === undefined) return t('no-data');
  const rest = (((epoch + almaty + Math.floor(second)) % day) + day) % day;
  return [rest / 3600, (rest / 60) % 60, rest % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}

/** The day of a street second, in Asia/Almaty, as the language writes it; in figures where browsers may not know its months. */
export function date(second: number): string {
  return new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : 'ru-RU', { dateStyle: language() === 'kk' ? 'short' : 'long', timeZone: 'UTC' }).format(new Date((epoch + almaty + second) * 1000));
}

/** HH:MM:SS of a moment, in Asia/Almaty. */
export function wallClock(iso: string): string {
  return new Date(Date.parse(iso) + almaty * 1000).toISOString().slice(11, 19);
}

const times = /\b(\d{2,}):(\d{2}):(\d{2})\b/g;

/** Texts that tell street seconds as hours since second 0 are told in Asia/Almaty instead; `second` is one that the first line names. */
export function inLocalTime(lines: readonly string[], second: number | null | undefined): string[] {
  const raw = second == null ? null : [second / 3600, (second / 60) % 60, second % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
  if (raw === null || raw === clock(second) || !lines[0]?.includes(raw)) return [...lines];
  return lines.map((line) => line.replace(times, (_, hours: string, minutes: string, seconds: string) => clock(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds))));
}

/** The street second on the day of `near` at a time HH:MM or HH:MM:SS; null for what is no time. */
export function secondAt(text: string, near: number): number | null {
  const parts = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
  if (!parts) return null;
  const wanted = Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  const shift = epoch + almaty;
  const midnight = Math.floor((near + shift) / day) * day - shift;
  return midnight + wanted;
}

/** A number in the language chosen; "–" where there is none. */
export function number(value: number | null | undefined, digits = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return t('no-data');
  return formatter(digits).format(value);
}

/** The same with its sign. */
export function signed(value: number | null | undefined, digits = 0): string {
  if (value === null || value === undefined) return t('no-data');
  return `${value > 0 ? '+' : value < 0 ? '−' : '±'}${number(Math.abs(value), digits)}`;
}

/** A share from 0 to 1 in per cent. */
export function percent(share: number | null | undefined, digits = 0): string {
  return share === null || share === undefined ? t('no-data') : `${number(share * 100, digits)} %`;
}

/** A duration in whole seconds as people say it: 45 s, 12 min, 3 h 05 min. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return t('no-data');
  if (seconds < 90) return `${Math.round(seconds)} ${t('unit.second')}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 90) return `${minutes} ${t('unit.minute')}`;
  return `${Math.floor(minutes / 60)} ${t('unit.hour')} ${String(minutes % 60).padStart(2, '0')} ${t('unit.minute')}`;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(digits: number): Intl.NumberFormat {
  const key = `${language()}${digits}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.NumberFormat(language() === 'en' ? 'en-GB' : 'ru-RU', { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formatters.set(key, found);
  }
  return found;
}
