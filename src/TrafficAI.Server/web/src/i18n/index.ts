import type { Language, Names } from '../api/contract';
import en from './en.json';

export type Key = keyof typeof en;
type Texts = Record<string, string>;

export const languages: readonly Language[] = ['kk', 'ru', 'en'];
export const languageNames: Record<Language, string> = { kk: 'Қазақша', ru: 'Русский', en: 'English' };
export const shortNames: Record<Language, string> = { kk: 'Қаз', ru: 'Рус', en: 'Eng' };

const stored = 'trafficai.language';
const loaders: Record<Language, () => Promise<Texts>> = {
  en: () => Promise.resolve(en),
  ru: async () => (await import('./ru.json')).default,
  kk: async () => (await import('./kk.json')).default,
};

let current: Language = 'en';
let texts: Texts = en;

export function language(): Language {
  return current;
}

/** The language that was chosen before, else the first that the browser asks for and that there is. */
export function preferredLanguage(): Language {
  const asked = [localStorage.getItem(stored) ?? '', ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return asked.find((tag): tag is Language => (languages as readonly string[]).includes(tag)) ?? 'en';
}

export async function useLanguage(chosen: Language): Promise<void> {
  texts = await loaders[chosen]();
  current = chosen;
  localStorage.setItem(stored, chosen);
  document.documentElement.lang = chosen;
}

/** The text of a key; {name} is put in. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const text = texts[key] ?? en[key];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** The word of a recorded name, such as `mode.plan`; the name itself where there is no word. */
export function word(family: string, name: string | null | undefined): string {
  if (!name) return t('no-data');
  const key = `${family}.${name}`;
  return key in en ? t(key as Key) : name;
}

/** A name in the language chosen, else in any. */
export function nameOf(names: Names | string | null | undefined, otherwise = ''): string {
  if (typeof names === 'string') return names;
  return names?.[current] ?? names?.ru ?? names?.en ?? names?.kk ?? otherwise;
}

/** The same without the words for street and avenue, where room is scarce. */
export function shortName(names: Names | string | null | undefined, otherwise = ''): string {
  const whole = nameOf(names, otherwise);
  const parts = whole.split(' × ').map((part) => part.replace(/(^|\s)(улица|проспект|көшесі|даңғылы|Street|Avenue)(?=\s|$)/gu, '').trim());
  return parts.every(Boolean) ? parts.join(' × ') : whole;
}
