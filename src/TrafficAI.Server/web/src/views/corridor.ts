import type { Corridor, TimeSpace } from '../api/contract';
import { linkTo, type Context, type View } from '../app/context';
import { scale } from '../app/theme';
import { hasReturn, TimeSpaceDrawing } from '../draw/timespace';
import { nameOf, shortName, t } from '../i18n';
import { h, put, setVariable } from '../ui/dom';
import { clock, number, percent } from '../ui/format';
import { failure, loading } from '../ui/states';
import { noCorridor } from './nocorridor';

const shownSeconds = { wide: 300, narrow: 180 };
const narrowPixels = 620;
const ahead = 10; // seconds behind the present that stay free
const labelPixels = 36; // that a name takes, where type is 14
const step = 300; // seconds that a press of earlier or later goes

/** Green waves of a road with several lights, as they run, or ran. */
export const corridor: View = async (place, context, scope, route) => {
  const { corridors } = context.site;
  const chosen = corridors.find((each) => each.id === route.id) ?? corridors[0];
  if (!chosen) return put(place, noCorridor(context));
  const asked = route.query.get('at');
  const moment = asked === null ? null : Math.min(nowOf(context), Number(asked));
  const canvas = h('canvas', { class: 'time-space', role: 'img', 'aria-label': t('corridor.label', { name: nameOf(chosen.name, chosen.id) }), 'aria-describedby': 'corridor-note' });
  const labels = h('ol', { class: 'stops' });
  const note = h('p', { class: 'muted', id: 'corridor-note' });
  const stage = h('div', { class: 'time-space-stage' }, labels, canvas);
  const waiting = h('div', {}, loading());
  const legend = h('div', {});
  const table = h('div', { class: 'scroll' });
  put(place,
    h('div', { class: 'view-head' }, h('h1', {}, nameOf(chosen.name, chosen.id)), corridors.length > 1 && choice(corridors, chosen), moments(chosen, context, moment)),
    h('section', { class: 'card' }, stage, waiting, legend, note, h('details', { class: 'as-table' }, h('summary', {}, t('corridor.as-table')), table)));
  const drawing = new TimeSpaceDrawing(canvas);
  const past = canvas.clientWidth < narrowPixels ? shownSeconds.narrow : shownSeconds.wide;
  let data: TimeSpace | null = null;
  const ask = async (): Promise<void> => {
    const now = moment ?? nowOf(context);
    try {
      data = await scope.get<TimeSpace>(`/corridors/${encodeURIComponent(chosen.id)}/time-space`, { from: Math.max(context.site.begin, now - past - 10), to: context.site.live && moment === null ? null : now });
      put(waiting);
      put(legend, key(data));
      put(note, summary(data, now, past));
      nameStops(labels, data, drawing, context, chosen);
      put(table, greensTable(data, now, past, context, chosen));
    } catch (error) {
      if (!data) put(waiting, failure(error, () => void ask()));
    }
  };
  await ask();
  if (moment === null) scope.every(4000, () => { if (context.site.live) void ask(); });
  scope.listen(window, 'resize', () => { if (data) nameStops(labels, data, drawing, context, chosen); });
  const smooth = new SmoothClock(context);
  let drawn = -1;
  let lastData: TimeSpace | null = null;
  scope.listen(window, 'themechange', () => (drawn = -1));
  scope.listen(window, 'resize', () => (drawn = -1));
  scope.eachFrame((time) => {
    const now = moment ?? smooth.at(time);
    // A pixel is about a third of a second: nothing finer is seen.
    if (!data || (Math.abs(now - drawn) < 0.2 && data === lastData && canvas.width > 0)) return;
    drawn = now;
    lastData = data;
    drawing.draw(data, { from: now - past, to: now + ahead, now });
  });
};

function nowOf({ feed, site }: Context): number {
  return feed.second ?? site.end;
}

/** Between two events time goes on; it never runs ahead of the next. */
class SmoothClock {
  private second = 0;
  private since = 0;

  constructor(private readonly context: Context) {}

  at(time: number): number {
    const second = nowOf(this.context);
    if (second !== this.second) {
      this.second = second;
      this.since = time;
    }
    return this.context.feed.status === 'live' ? second + Math.min(1, (time - this.since) / 1000) : second;
  }
}

function choice(corridors: readonly Corridor[], chosen: Corridor): HTMLElement {
  const select = h('select', { 'aria-label': t('nav.corridor') }, corridors.map((each) => h('option', { value: each.id, selected: each === chosen }, nameOf(each.name, each.id))));
  select.addEventListener('change', () => (location.hash = linkTo('corridor', select.value)));
  return select;
}

/** Earlier and later, and back to the present. */
function moments({ id }: Corridor, context: Context, moment: number | null): HTMLElement {
  const now = nowOf(context);
  const at = moment ?? now;
  const earlier = Math.max(context.site.begin + step, at - step);
  const go = (text: string, second: number): HTMLElement => h('a', { class: 'button', href: linkTo('corridor', id, { at: second }) }, text);
  return h('p', { class: 'moments' }, earlier < at && go(t('corridor.earlier'), earlier), moment !== null && at + step < now && go(t('corridor.later'), at + step),
    moment !== null && h('span', { class: 'badge' }, t('intersection.past', { time: clock(moment) })), moment !== null && h('a', { class: 'button', href: linkTo('corridor', id) }, t('intersection.to-now')));
}

/** Only what is drawn. */
function key(data: TimeSpace): HTMLElement {
  const entry = (kind: string, text: string): HTMLElement => h('li', {}, h('span', { class: `swatch swatch-${kind}` }), text);
  const back = data.trajectories.some((way) => way.direction === 'back');
  return h('ul', { class: 'time-space-key' }, entry('out', t('corridor.outbound')), hasReturn(data) && entry('in', t('corridor.inbound')), entry('red', t('corridor.red')),
    data.bands.length > 0 && entry('band', t('corridor.band')), data.trajectories.length > 0 && entry('vehicle', t('corridor.vehicle')), back && entry('vehicle-back', t('corridor.vehicle-back')));
}

/** A light of the corridor, with its greens there and back. */
interface Light {
  intersection: string;
  metres: number;
  there: readonly [number, number][];
  back: readonly [number, number][];
}

/** The lights that the corridor names, then those that only one direction passes. */
function lightsOf(data: TimeSpace): Light[] {
  const named = data.stops.map((stop, i) => ({ intersection: stop.intersection, metres: stop.distanceMetres, there: data.greens[i] ?? [], back: data.inbound[i] ?? [] }));
  const oneWay = (data.oneWayStops ?? []).map((stop) => ({ intersection: stop.intersection, metres: stop.distanceMetres, there: stop.direction === 'out' ? stop.greens : [], back: stop.direction === 'back' ? stop.greens : [] }));
  return [...named, ...oneWay];
}

/** Names beside the bars, save where one would lie on another. */
function nameStops(labels: HTMLElement, data: TimeSpace, drawing: TimeSpaceDrawing, context: Context, chosen: Corridor): void {
  const taken: number[] = [];
  put(labels, lightsOf(data).map(({ intersection, metres }, i) => {
    const height = drawing.heightOf(data, metres);
    if (i >= data.stops.length && taken.some((other) => Math.abs(other - height) < labelPixels * scale())) return null;
    taken.push(height);
    const item = h('li', {}, h('a', { href: linkTo('intersection', intersection), title: nameOf(context.entries.get(intersection)?.name, intersection) }, crossStreet(intersection, context, chosen)), ' ', h('small', {}, `${number(metres)} ${t('unit.metre')}`));
    setVariable(item, '--top', `${height}px`);
    return item;
  }));
}

/** The street that is crossed: the name of a junction without that of the corridor. */
function crossStreet(id: string, { entries }: Context, chosen: Corridor): string {
  const parts = shortName(entries.get(id)?.name, id).split(' × ');
  return parts.find((part) => !nameOf(chosen.name, chosen.id).includes(part)) ?? parts.at(-1) ?? id;
}

/** What the diagram shows, for those who do not see it. */
function greensTable(data: TimeSpace, now: number, past: number, context: Context, chosen: Corridor): HTMLElement {
  const back = hasReturn(data);
  const cells = (spans: readonly [number, number][]): HTMLElement[] => {
    const seen = spans.map(([a, b]) => Math.min(b, now) - Math.max(a, now - past)).filter((seconds) => seconds > 0);
    const whole = seen.reduce((sum, seconds) => sum + seconds, 0);
    return [percent(whole / past), number(seen.length), seen.length === 0 ? t('no-data') : number(whole / seen.length)].map((text) => h('td', { class: 'num' }, text));
  };
  const heads = (direction: string): HTMLElement[] => [t('corridor.share'), t('corridor.greens'), t('corridor.mean-green')].map((text) => h('th', { class: 'num', scope: 'col' }, `${direction}: ${text}`));
  return h('table', { class: 'table' },
    h('caption', {}, t('corridor.table', { from: clock(now - past), to: clock(now) })),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('word.intersection')), h('th', { class: 'num', scope: 'col' }, t('unit.metre')), heads(t('corridor.outbound')), back && heads(t('corridor.inbound')))),
    h('tbody', {}, lightsOf(data).sort((a, b) => a.metres - b.metres).map((light) => h('tr', {}, h('th', { scope: 'row' }, crossStreet(light.intersection, context, chosen)), h('td', { class: 'num' }, number(light.metres)), cells(light.there), back && cells(light.back)))));
}

function summary(data: TimeSpace, now: number, past: number): string {
  const bands = data.bands.map((band) => (Array.isArray(band) ? band : ([band.begin, band.end] as const))).filter(([begin]) => begin > now - past && begin <= now);
  const width = bands.reduce((sum, [begin, end]) => sum + Math.min(end, now) - begin, 0);
  const minutes = past / 60;
  const moving = data.trajectories.length;
  return [bands.length ? t('corridor.band-share', { minutes, share: percent(width / past), count: bands.length }) : t('corridor.no-band', { minutes }), moving === 0 ? t('corridor.no-vehicles') : t('corridor.vehicles', { count: number(moving) })].join(' ');
}
