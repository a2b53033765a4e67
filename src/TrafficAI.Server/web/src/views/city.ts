import type { Job, State } from '../api/contract';
import { linkTo, may, type Context, type View } from '../app/context';
import { geometriesOf } from '../draw/lanes';
import type { CityMap, Network } from '../draw/map';
import { nameOf, shortName, t, word } from '../i18n';
import { h, put, say } from '../ui/dom';
import { clock, number, percent, signed } from '../ui/format';
import { delayBounds, levelLetters, levelMark, levelName, levelOf } from '../ui/levels';
import type { Scope } from '../ui/scope';
import { empty } from '../ui/states';

const calm = 5_000; // the order of the list changes no more often

/** The whole city: map, headline, figures, the ten worst. */
export const city: View = async (place, context, scope) => {
  const canvas = h('div', { class: 'map', role: 'region', 'aria-label': t('map.label') });
  const figures = h('dl', { class: 'figures' });
  const headline = h('section', { class: 'card headline' });
  const worst = h('section', { class: 'card' });
  const all = h('section', { class: 'card' });
  put(place,
    h('div', { class: 'city-map' }, canvas, legend(), attribution(context)),
    h('div', { class: 'city-side' }, h('h1', { class: 'sr' }, t('nav.city')), headline, h('section', { class: 'card' }, h('h2', {}, t('city.now')), figures), worst, all));
  if (context.entries.size === 0) {
    put(place, empty(t('city.no-intersections')));
    return;
  }

  void showHeadline(headline, context, scope);
  searchList(all, context);
  let map: CityMap | null = null;
  const refresh = (): void => {
    const ranked = rank(context);
    showWorst(worst, context, ranked);
    map?.rank(ranked.slice(0, 10).map(([id]) => id));
  };
  const update = (): void => showFigures(figures, context);
  refresh();
  update();
  let first = true;
  scope.whenEnded(context.feed.onStates((changed) => {
    void map?.update(changed);
    update();
    if (first) refresh();
    first = false;
  }));
  scope.every(calm, refresh);
  map = await startMap(canvas, context, scope);
  void map?.update(context.feed.states);
  refresh();
};

/** Who made the streets: the first sentence of it; all of it for those who ask. */
function attribution({ site }: Context): HTMLElement {
  const whole = site.attribution ?? (site.geographic ? '© OpenStreetMap contributors, ODbL 1.0' : t('city.synthetic'));
  const [first = whole, ...more] = whole.split(/(?<=[^\d]\.|\d\.\d\.) /);
  return more.length === 0 ? h('p', { class: 'attribution' }, whole) : h('details', { class: 'attribution' }, h('summary', {}, first), more.join(' '));
}

async function startMap(canvas: HTMLElement, context: Context, scope: Scope): Promise<CityMap | null> {
  const network = scope.get<Network>('/network');
  await painted(); // the library is large: figures and lists come first
  const drawing = await import('../draw/map');
  if (scope.ended) return null;
  if (!drawing.canDrawMaps()) {
    put(canvas, empty(t('map.no-webgl')));
    return null;
  }
  const label = (id: string): string => {
    const state = context.feed.states[id];
    const delay = state?.connected ? t('city.tip', { delay: number(state.delay), queue: number(state.queue) }) : t('city.tip-offline');
    return `${shortName(context.entries.get(id)?.name, id)}\n${delay}`;
  };
  const map = new drawing.CityMap(canvas, await network, context.entries, (id) => (location.hash = linkTo('intersection', id)), label);
  scope.whenEnded(() => map.remove());
  scope.listen(window, 'themechange', () => void map.repaint());
  void geometriesOf([...context.entries.keys()], scope, (geometry) => {
    map.setLanes(geometry.id, geometry.lanes);
    const state = context.feed.states[geometry.id];
    if (state) void map.update({ [geometry.id]: state });
  });
  return map;
}

function painted(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
}

function legend(): HTMLElement {
  const bounds = ['≤ 10', '≤ 20', '≤ 35', '≤ 55', '> 55'];
  return h('details', { class: 'legend', open: window.innerWidth > 800 },
    h('summary', {}, t('legend.title')),
    h('ul', {}, levelLetters.map((_, i) => h('li', {}, levelMark(i), ' ', levelName(i), h('span', { class: 'muted end' }, `${bounds[i]} ${t('unit.second')}`)))),
    h('ul', { class: 'legend-kinds' },
      h('li', {}, h('span', { class: 'dot dot-documented' }), t('provenance.documented')),
      h('li', {}, h('span', { class: 'dot dot-inferred' }), t('provenance.inferred')),
      h('li', {}, h('span', { class: 'dot dot-none' }), t('level.unknown'))));
}

function rank({ feed }: Context): [string, State][] {
  return Object.entries(feed.states).filter(([, state]) => state.connected && state.delay !== null).sort((a, b) => (b[1].delay ?? 0) - (a[1].delay ?? 0) || a[0].localeCompare(b[0]));
}

function showWorst(place: HTMLElement, context: Context, ranked: [string, State][]): void {
  const silent = context.entries.size - ranked.length;
  const held = place.contains(document.activeElement);
  if (held) return;
  put(place, h('h2', {}, t('city.worst')),
    ranked.length === 0 ? empty(t('city.no-delays'))
      : h('table', { class: 'table' },
        h('thead', {}, h('tr', {}, h('th', { class: 'num' }, '#'), h('th', {}, t('word.intersection')), h('th', { class: 'num' }, t('city.delay-head')), h('th', { class: 'num' }, t('city.queue-head')), h('th', {}, h('span', { class: 'sr' }, t('legend.title'))))),
        h('tbody', {}, ranked.slice(0, 10).map(([id, state], i) => h('tr', {},
          h('td', { class: 'num muted' }, i + 1), h('td', {}, h('a', { href: linkTo('intersection', id), title: nameOf(context.entries.get(id)?.name, id) }, shortName(context.entries.get(id)?.name, id))),
          h('td', { class: 'num' }, number(state.delay)), h('td', { class: 'num' }, number(state.queue)), h('td', {}, levelMark(levelOf(state.delay, delayBounds))))))),
    silent > 0 && h('p', { class: 'muted small' }, t('city.without-data', { count: silent })));
}

function showFigures(place: HTMLElement, { feed, entries }: Context): void {
  const states = Object.values(feed.states);
  const delays = states.flatMap((s) => (s.connected && s.delay !== null ? [s.delay] : []));
  const queues = states.flatMap((s) => (s.connected && s.queue !== null ? [s.queue] : []));
  const online = states.filter((s) => s.connected).length;
  const overridden = states.filter((s) => s.override).length;
  const rows: [string, string, string][] = [
    [t('city.mean-delay'), delays.length ? `${number(delays.reduce((a, b) => a + b, 0) / delays.length, 1)} ${t('unit.second')}` : t('no-data'), t('city.of', { known: delays.length, total: entries.size })],
    [t('city.standing'), queues.length ? number(queues.reduce((a, b) => a + b, 0)) : t('no-data'), t('city.of', { known: queues.length, total: entries.size })],
    [t('city.online'), states.length ? `${online} / ${entries.size}` : t('no-data'), states.length ? percent(online / entries.size) : ''],
    [t('city.overrides'), states.length ? String(overridden) : t('no-data'), ''],
  ];
  if (place.childElementCount !== rows.length) put(place, rows.map(([name]) => h('div', {}, h('dt', {}, name), h('dd', {}, h('b', {}), h('span', { class: 'muted small' })))));
  rows.forEach(([, value, note], i) => {
    const row = place.children[i] as HTMLElement;
    say(row.querySelector('b') as HTMLElement, value);
    say(row.querySelector('span') as HTMLElement, note);
  });
}

/** Before and after come from a what-if run that someone asked for: nothing is claimed without one. */
async function showHeadline(place: HTMLElement, context: Context, scope: Scope): Promise<void> {
  const jobs = await scope.get<Job[]>('/jobs').catch(() => [] as Job[]);
  const told = jobs.flatMap((job) => (job.result && job.result.delay_difference_s !== null ? [job.result] : []));
  const result = told.find((each) => each.reliable);
  if (!result) {
    put(place, h('h2', {}, t('headline.title')), h('p', {}, t(told.length > 0 ? 'headline.unreliable' : 'headline.none')), may(context.session, 'engineer') && h('a', { class: 'button', href: linkTo('replay') }, t('headline.ask')));
    return;
  }
  const { seeds } = result;
  const mean = (get: (seed: (typeof seeds)[number]) => number | null): number => seeds.reduce((sum, seed) => sum + (get(seed) ?? 0), 0) / seeds.length;
  const ours = mean((seed) => seed.again.delay_s);
  const other = mean((seed) => seed.other.delay_s);
  put(place, h('h2', {}, t('headline.title')),
    h('p', { class: 'headline-figure' }, h('b', {}, `${signed(((ours - other) / other) * 100)} %`), ' ', t('headline.delay')),
    h('p', {}, t('headline.what', { ours: number(ours, 1), other: number(other, 1), mine: word('strategy', result.recorded_strategy), theirs: word('strategy', result.other_strategy) })),
    h('p', { class: 'muted small' }, t('headline.how', { from: clock(result.from), to: clock(result.end), seeds: result.seeds.length, half: number(result.delay_difference_half_width95_s, 1) }), ' ', t('whatif.reliable')));
}

function searchList(place: HTMLElement, context: Context): void {
  const box = h('input', { type: 'search', placeholder: t('city.search'), 'aria-label': t('city.search') });
  const found = h('ul', { class: 'found' });
  const entries = [...context.entries.values()];
  const show = (): void => {
    const asked = box.value.trim().toLowerCase();
    const hits = entries.filter((entry) => [entry.id, ...Object.values(entry.name ?? {})].some((text) => text.toLowerCase().includes(asked)));
    put(found, hits.slice(0, asked ? 40 : 200).map((entry) => h('li', {}, h('a', { href: linkTo('intersection', entry.id) }, nameOf(entry.name, entry.id)), ' ', h('small', { class: 'muted' }, entry.id))));
    if (hits.length === 0) put(found, h('li', { class: 'muted' }, t('city.nothing-found')));
  };
  box.addEventListener('input', show);
  show();
  put(place, h('details', { class: 'all' }, h('summary', {}, h('h2', {}, t('city.all', { count: entries.length }))), box, found));
}
