import type { IntersectionEntry } from '../api/contract';
import type { Context } from '../app/context';
import { language, nameOf, t } from '../i18n';
import { h } from '../ui/dom';

/** What a site without corridors needs to have one: the lines to write, with the street of the site that has the most lights. */
export function noCorridor({ entries }: Context): HTMLElement {
  const [street, along] = longestStreet([...entries.values()]);
  const lines = `"corridors": [\n  {\n    "id": "main",\n    "names": ${JSON.stringify({ [language()]: street })},\n    "intersections": [${along.map(({ id }) => JSON.stringify(id)).join(', ')}]\n  }\n],`;
  return h('div', { class: 'card no-corridor' }, h('h1', {}, t('nav.corridor')), h('p', {}, t('corridor.none')), h('p', {}, t('corridor.none-next')),
    along.length > 1 && [h('p', {}, t('corridor.none-example', { street, count: along.length })), h('pre', {}, lines)]);
}

/** The street that most names of intersections hold, and its lights from one end to the other. */
function longestStreet(entries: readonly IntersectionEntry[]): [string, IntersectionEntry[]] {
  const lights = new Map<string, IntersectionEntry[]>();
  for (const entry of entries)
    for (const street of nameOf(entry.name, entry.id).split(' × ')) lights.set(street, [...(lights.get(street) ?? []), entry]);
  const [street, found] = [...lights].sort((a, b) => b[1].length - a[1].length)[0] ?? ['', []];
  const spread = (axis: 0 | 1): number => Math.max(...found.map(({ position }) => position[axis])) - Math.min(...found.map(({ position }) => position[axis]));
  const axis = spread(0) > spread(1) ? 0 : 1;
  return [street, found.sort((a, b) => a.position[axis] - b.position[axis])];
}
