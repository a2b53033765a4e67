import type { Corridor, TimeSpace } from '../api/contract';
import { linkTo, type Context, type View } from '../app/context';
import { hasReturn, TimeSpaceDrawing } from '../draw/timespace';
import { nameOf, shortName, t } from '../i18n';
import { h, put, setVariable } from '../ui/dom';
import { number, percent } from '../ui/format';
import { empty, failure, loading } from '../ui/states';

const past = 300; // seconds that are shown
const ahead = 30;

/** Green waves of a road with several lights, as they run. */
export const corridor: View = async (place, context, scope, route) => {
  const { corridors } = context.site;
  const chosen = corridors.find((each) => each.id === route.id) ?? corridors[0];
  if (!chosen) return put(place, empty(t('corridor.none')));
  const canvas = h('canvas', { class: 'time-space', role: 'img', 'aria-label': t('corridor.label', { name: nameOf(chosen.name, chosen.id) }) });
  const labels = h('ol', { class: 'stops' });
  const note = h('p', { class: 'muted' });
  const stage = h('div', { class: 'time-space-stage' }, labels, canvas);
  const waiting = h('div', {}, loading());
  const legend = h('div', {});
  put(place,
    h('div', { class: 'view-head' }, h('h1', {}, nameOf(chosen.name, chosen.id)), choice(corridors, chosen)),
    h('section', { class: 'card' }, stage, waiting, legend, note));
  const drawing = new TimeSpaceDrawing(canvas);
  let data: TimeSpace | null = null;
  const ask = async (): Promise<void> => {
    const now = nowOf(context);
    try {
      data = await scope.get<TimeSpace>(`/corridors/${encodeURIComponent(chosen.id)}/time-space`, { from: Math.max(context.site.begin, now - past - 10), to: now });
      put(waiting);
      put(legend, key(data));
      put(note, summary(data, now));
      nameStops(labels, data, drawing, context);
    } catch (error) {
      if (!scope.ended && !data) put(waiting, failure(error, () => void ask()));
    }
  };
  await ask();
  scope.every(4000, () => { if (context.site.live) void ask(); });
  scope.listen(window, 'resize', () => { if (data) nameStops(labels, data, drawing, context); });
  const smooth = new SmoothClock(context);
  let drawn = -1;
  let lastData: TimeSpace | null = null;
  scope.listen(window, 'themechange', () => (drawn = -1));
  scope.eachFrame((time) => {
    const now = smooth.at(time);
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

/** Only what is drawn. */
function key(data: TimeSpace): HTMLElement {
  const entry = (kind: string, text: string): HTMLElement => h('li', {}, h('span', { class: `swatch swatch-${kind}` }), text);
  return h('ul', { class: 'time-space-key' }, entry('out', t('corridor.outbound')), hasReturn(data) && entry('in', t('corridor.inbound')), entry('red', t('corridor.red')),
    data.bands.length > 0 && entry('band', t('corridor.band')), data.trajectories.length > 0 && entry('vehicle', t('corridor.vehicle')));
}

function nameStops(labels: HTMLElement, data: TimeSpace, drawing: TimeSpaceDrawing, { entries }: Context): void {
  const heights = drawing.heights(data);
  put(labels, data.stops.map((stop, i) => {
    const names = entries.get(stop.intersection)?.name;
    const item = h('li', {}, h('a', { href: linkTo('intersection', stop.intersection), title: nameOf(names, stop.intersection) }, shortName(names, stop.intersection).split(' × ').at(-1)), h('small', {}, `${number(stop.distanceMetres)} ${t('unit.metre')}`));
    setVariable(item, '--top', `${heights[i]}px`);
    return item;
  }));
}

function summary(data: TimeSpace, now: number): string {
  const bands = data.bands.map((band) => (Array.isArray(band) ? band : ([band.begin, band.end] as const))).filter(([begin]) => begin > now - past && begin <= now);
  const width = bands.reduce((sum, [begin, end]) => sum + Math.min(end, now) - begin, 0);
  const moving = data.trajectories.length;
  return [bands.length ? t('corridor.band-share', { share: percent(width / past), count: bands.length }) : t('corridor.no-band'), moving === 0 ? t('corridor.no-vehicles') : ''].join(' ').trim();
}
