import type { Job, State } from '../api/contract';
import { linkTo, may, type Context, type View } from '../app/context';
import { geometriesOf } from '../draw/lanes';
import type { CityMap, Network } from '../draw/map';
import { nameOf, shortName, t, word } from '../i18n';
import { h, put, say } from '../ui/dom';
import { changeOf, comparedOf } from '../ui/compared';
import { clock, number, percent, signed } from '../ui/format';
import { legend } from '../ui/legend';
import { delayBounds, levelMark, levelOf } from '../ui/levels';
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
  if (context.entries.size === 0) return put(place, h('h1', {}, t('nav.city')), empty(t('city.no-intersections')));
  put(place,
    h('h1', { class: 'sr' }, t('nav.city')),
    h('div', { class: 'city-map' }, canvas, legend(), attribution(context)),
    h('div', { class: 'city-side' }, headline, h('section', { class: 'card' }, h('h2', {}, t('city.now')), figures), worst, all));

  void showHeadline(headline, context, scope);
  const list = new IntersectionList(all, context);
  let map: CityMap | null = null;
  const refresh = (): void => {
    const ranked = rank(context);
    showWorst(worst, context, ranked);
    list.refresh();
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
  const whole = site.attribution || (site.geographic ? '© OpenStreetMap contributors, ODbL 1.0' : t('city.synthetic'));
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

function rank({ feed }: Context): [string, State][] {
  return Object.entries(feed.states).filter(([, state]) => state.connected && state.delay !== null).sort((a, b) => (b[1].delay ?? 0) - (a[1].delay ?? 0) || a[0].localeCompare(b[0]));
}

function showWorst(place: HTMLElement, context: Context, ranked: [string, State][]): void {
  const silent = context.entries.size - ranked.length;
  const held = place.contains(document.activeElement);
  if (held) return;
  put(place, h('h2', {}, t('city.worst')),
    ranked.length === 0 ? empty(t('city.no-delays'))
      : h('table', { class: 'table worst', 'aria-label': t('city.worst') },
        h('thead', {}, h('tr', {}, h('th', { class: 'num' }, '#'), h('th', {}, t('word.intersection')), h('th', { class: 'num' }, t('city.queue-head')), h('th', { class: 'num', title: t('legend.title') }, t('city.delay-head')))),
        h('tbody', {}, ranked.slice(0, 10).map(([id, state], i) => h('tr', {},
          h('td', { class: 'num muted' }, i + 1), h('td', {}, h('a', { href: linkTo('intersection', id), title: nameOf(context.entries.get(id)?.name, id) }, shortName(context.entries.get(id)?.name, id))),
          h('td', { class: 'num' }, number(state.queue)), h('td', { class: 'num' }, h('span', { class: 'delay' }, number(state.delay)), ' ', levelMark(levelOf(state.delay, delayBounds))))))),
    silent > 0 && h('p', { class: 'muted small' }, t('city.without-data', { count: silent })));
}

function showFigures(place: HTMLElement, { feed, entries }: Context): void {
  const states = Object.values(feed.states);
  const delays = states.flatMap((s) => (s.connected && s.delay !== null ? [s.delay] : []));
  const queues = states.flatMap((s) => (s.connected && s.queue !== null ? [s.queue] : []));
  const online = states.filter((s) => s.connected).length;
  const alarms = states.filter((s) => s.alarm).length;
  const overridden = states.filter((s) => s.override).length;
  const rows: [string, string, string][] = [
    [t('city.mean-delay'), delays.length ? `${number(delays.reduce((a, b) => a + b, 0) / delays.length, 1)} ${t('unit.second')}` : t('no-data'), t('city.of', { known: delays.length, total: entries.size })],
    [t('city.standing'), queues.length ? number(queues.reduce((a, b) => a + b, 0)) : t('no-data'), t('city.of', { known: queues.length, total: entries.size })],
    [t('city.online'), states.length ? `${online} / ${entries.size}` : t('no-data'), states.length ? percent(online / entries.size) : ''],
    [t('city.overrides'), states.length ? String(overridden) : t('no-data'), ''],
    ...(alarms > 0 ? [[t('health.alarms'), String(alarms), ''] as [string, string, string]] : []),
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
  const { ours, other } = comparedOf(result);
  put(place, h('h2', {}, t('headline.title')),
    h('p', { class: 'headline-figure' }, h('b', {}, `${signed(changeOf(ours.delay, other.delay))} %`), ' ', t('headline.delay')),
    h('p', {}, t('headline.what', { ours: number(ours.delay, 1), other: number(other.delay, 1), mine: word('strategy', result.recorded_strategy), theirs: word('strategy', result.other_strategy) })),
    h('p', { class: 'muted small' }, t('headline.how', { from: clock(result.from), to: clock(result.end), seeds: result.seeds.length, half: number(result.delay_difference_half_width95_s, 1) }), ' ', t('whatif.reliable')));
}

/** Every intersection with what the map says of it, by name; and a search among them. */
class IntersectionList {
  private readonly box = h('input', { type: 'search', placeholder: t('city.search'), 'aria-label': t('city.search') });
  private readonly found = h('ul', { class: 'found' });
  private readonly whole: HTMLDetailsElement;

  constructor(place: HTMLElement, private readonly context: Context) {
    this.whole = h('details', { class: 'all' }, h('summary', {}, h('h2', {}, t('city.all', { count: context.entries.size }))), this.box, this.found);
    this.box.addEventListener('input', () => this.show());
    this.whole.addEventListener('toggle', () => this.refresh());
    put(place, this.whole);
  }

  /** Leaves the list alone while somebody is in it. */
  refresh(): void {
    if (this.whole.open && !this.found.contains(document.activeElement)) this.show();
  }

  private show(): void {
    const asked = this.box.value.trim().toLowerCase();
    const hits = [...this.context.entries.values()].filter((entry) => [entry.id, ...Object.values(entry.name ?? {})].some((text) => text.toLowerCase().includes(asked)));
    put(this.found, hits.slice(0, asked ? 40 : 200).map(({ id, name }) => {
      const state = this.context.feed.states[id];
      const delay = state?.connected ? state.delay : null;
      return h('li', {}, levelMark(levelOf(delay, delayBounds)), h('span', {}, h('a', { href: linkTo('intersection', id) }, nameOf(name, id)), ' ',
        h('small', { class: 'muted' }, id, ' · ', state && !state.connected ? t('city.tip-offline') : t('city.tip', { delay: number(delay), queue: number(state?.queue) }))));
    }));
    if (hits.length === 0) put(this.found, h('li', { class: 'muted' }, t('city.nothing-found')));
  }
}
