import type { Geometry } from '../api/contract';

export type Lamp = 'red' | 'red-amber' | 'green' | 'flashing-green' | 'amber' | 'flashing-amber' | 'dark' | 'unknown';

const lamps: Record<string, Lamp> = {
  R: 'red', r: 'red', s: 'red', u: 'red-amber', G: 'green', g: 'green', f: 'flashing-green', A: 'amber', y: 'amber', Y: 'amber', o: 'flashing-amber', '-': 'dark', O: 'dark',
};

/** What an additional section does not show. */
const closed: ReadonlySet<Lamp> = new Set<Lamp>(['red', 'red-amber', 'amber', 'flashing-amber']);

/** The lamp of a group in a text with one letter per group. */
export function lampOf(letters: string, group: number): Lamp {
  return lamps[letters[group] ?? ''] ?? 'unknown';
}

/** The letters as they are on the street: an additional section is dark where another light would be red or amber. */
export function lettersShown(letters: string, groups: Geometry['groups']): string {
  const sections = new Set(groups.filter((group) => group.section).map((group) => group.index));
  return sections.size === 0 ? letters : [...letters].map((letter, group) => (sections.has(group) && closed.has(lampOf(letters, group)) ? '-' : letter)).join('');
}

/** Shapes differ as well as colours: red is a bar, green points ahead, amber is a diamond. Drawn around 0,0, ahead is up. */
export const lampShapes: Record<Lamp, string> = {
  'red': 'M-1.5-.55h3v1.1h-3z',
  'red-amber': 'M-1.5.1h3v1.1h-3zM0-1.5l.9.7-.9.7-.9-.7z',
  'green': 'M0-1.6l1.5 2.6h-3z',
  'flashing-green': 'M0-1.6l1.5 2.6h-3z',
  'amber': 'M0-1.4l1.4 1.4-1.4 1.4-1.4-1.4z',
  'flashing-amber': 'M0-1.4l1.4 1.4-1.4 1.4-1.4-1.4z',
  'dark': 'M0-1.3a1.3 1.3 0 1 1-.01 0zM0-.8a.8.8 0 1 0 .01 0z',
  'unknown': 'M-1-.3h2v.6h-2z',
};
