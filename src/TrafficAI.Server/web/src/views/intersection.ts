import type { Moment, Geometry, State } from '../api/contract';
import { linkTo, type Context, type View } from '../app/context';
import { aheadChart, widthFor } from '../draw/ahead';
import { geometryOf } from '../draw/lanes';
import { JunctionPlan } from '../draw/junction';
import { nameOf, t, word } from '../i18n';
import { h, put, say } from '../ui/dom';
import { clock, duration, number } from '../ui/format';
import { delayBounds, levelMark, levelOf } from '../ui/levels';
import type { Scope } from '../ui/scope';
import { empty, failure, loading } from '../ui/states';
import { LaneTable } from './lanetable';
import { OverridePanel } from './override';
import { Why } from './why';

/** One junction: what it shows, what is planned, why, what it sees, and what a person may do. */
export const intersection: View = async (place, context, scope, route) => {
  const id = route.id ?? worstOf(context);
  if (!id) return put(place, empty(t('city.no-intersections')));
  put(place, loading());
  const geometry = await geometryOf(id, scope);
  const asked = route.query.get('at');
  const page = new Page(place, geometry, context, scope, asked === null ? null : Number(asked));
  await page.start();
};

function worstOf({ feed, entries }: Context): string | null {
  const known = Object.entries(feed.states).filter(([, state]) => state.delay !== null).sort((a, b) => (b[1].delay ?? 0) - (a[1].delay ?? 0));
  return known[0]?.[0] ?? entries.keys().next().value ?? null;
}

class Page {
  private readonly plan: JunctionPlan;
  private readonly lanes: LaneTable;
  private readonly why: Why;
  private readonly override: OverridePanel;
  private readonly facts = h('dl', { class: 'facts' });
  private readonly count = h('p', { class: 'countdown' });
  private readonly ahead = h('div', {});
  private readonly detectors = h('div', {});
  private latest: Moment | null = null;

  constructor(private readonly place: HTMLElement, private readonly geometry: Geometry, private readonly context: Context, private readonly scope: Scope, private readonly moment: number | null) {
    this.plan = new JunctionPlan(geometry);
    this.lanes = new LaneTable(geometry);
    this.why = new Why(geometry.id, scope, context.site.begin, context.site.live && moment === null);
    this.override = new OverridePanel(geometry, context, scope);
  }

  async start(): Promise<void> {
    const { feed } = this.context;
    this.layout();
    for (const place of [this.ahead, this.detectors]) put(place, loading());
    const known = feed.states[this.geometry.id];
    if (this.moment === null) {
      if (known) this.show(known, feed.second);
      this.scope.whenEnded(feed.onStates((changed) => { const state = changed[this.geometry.id]; if (state) this.show(state, feed.second); }));
      this.scope.whenEnded(feed.onDecided((decision) => { if (decision.intersection === this.geometry.id) void this.why.load(decision.second).catch(() => undefined); }));
      if (this.context.site.live) this.scope.every(2000, () => void this.refresh());
    }
    const second = this.moment ?? feed.second ?? this.context.site.end;
    const answers = await Promise.allSettled([this.refresh(), this.why.load(second), this.override.load(second)]);
    for (const answer of answers) if (answer.status === 'rejected') this.why.fail(answer.reason);
  }

  private layout(): void {
    const { entries } = this.context;
    const entry = entries.get(this.geometry.id);
    const choice = h('select', { 'aria-label': t('word.intersection') }, [...entries.values()].map((each) => h('option', { value: each.id, selected: each.id === this.geometry.id }, `${nameOf(each.name, each.id)} (${each.id})`)));
    choice.addEventListener('change', () => (location.hash = linkTo('intersection', choice.value)));
    put(this.place,
      h('div', { class: 'view-head' }, h('h1', {}, nameOf(this.geometry.name, this.geometry.id)), entry && h('span', { class: 'badge', 'data-kind': entry.provenance }, word('provenance', entry.provenance)), choice,
        this.moment !== null && h('p', { class: 'badge' }, t('intersection.past', { time: clock(this.moment) }), ' ', h('a', { href: linkTo('intersection', this.geometry.id) }, t('intersection.to-now')))),
      h('div', { class: 'intersection-grid' },
        h('section', { class: 'card plan-card' }, h('h2', { class: 'sr' }, t('intersection.plan')), this.count, this.plan.element, lampLegend(this.geometry), this.lanes.element),
        h('div', { class: 'stack' }, h('section', { class: 'card' }, h('h2', {}, t('intersection.now')), this.facts), h('section', { class: 'card' }, h('h2', {}, t('ahead.title')), this.ahead), this.why.element),
        h('div', { class: 'stack' }, this.override.element, h('section', { class: 'card' }, h('h2', {}, t('detectors.title')), this.detectors))));
  }

  private async refresh(): Promise<void> {
    const at = this.moment ?? (this.context.site.live ? null : this.context.feed.second);
    try {
      const detail = await this.scope.get<Moment>(`/intersections/${encodeURIComponent(this.geometry.id)}/state`, { at });
      this.latest = detail;
      if (detail.state) this.show(detail.state, detail.second);
      this.plan.showVehicles(detail.lanes);
      this.showPlan(detail);
      this.showDetectors(detail);
    } catch (error) {
      if (this.scope.ended || this.latest) return;
      put(this.ahead, failure(error, () => void this.refresh()));
      put(this.detectors, empty(t('detectors.none')));
    }
  }

  private show(state: State, second: number | null): void {
    this.plan.update(state);
    this.lanes.update(state);
    this.override.update(state);
    const elapsed = state.since === null || second === null ? null : second - state.since;
    const left = state.plannedAt === null || second === null ? null : Math.max(0, state.plannedAt - second);
    put(this.count, h('b', {}, state.next ? `${state.phase} → ${state.next}` : (state.phase ?? t('no-data'))), h('span', {}, t('intersection.for', { time: duration(elapsed) })), left !== null && h('span', { class: 'countdown-left' }, h('b', {}, left), t('intersection.until-change')));
    const rows: [string, string | HTMLElement][] = [
      [t('intersection.wanted'), state.wanted ?? t('no-data')],
      [t('intersection.mode'), word('mode', state.mode)],
      [t('intersection.level'), word('control', state.level)],
      [t('intersection.delay'), h('span', {}, `${number(state.delay, 1)} ${t('unit.per-vehicle')} `, levelMark(levelOf(state.delay, delayBounds)))],
      [t('city.standing'), number(state.queue)],
      [t('intersection.connection'), t(state.connected ? 'connection.on' : 'connection.off')],
    ];
    if (state.held) rows.push([t('intersection.held'), state.held]);
    if (state.alarm) rows.push([t('intersection.alarm'), h('span', { class: 'badge', 'data-kind': 'bad' }, state.alarm)]);
    put(this.facts, rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))), !state.connected && h('p', { class: 'muted small' }, t('intersection.offline-why')));
  }

  private showPlan(detail: Moment): void {
    const phases = this.geometry.phases.map((phase) => phase.id);
    if (!detail.state || detail.plan.length === 0) return put(this.ahead, empty(t('ahead.none')));
    put(this.ahead, aheadChart(phases, detail.state, detail.plan, detail.second, widthFor(this.ahead)));
  }

  private showDetectors(detail: Moment): void {
    const list = detail.detectors;
    this.plan.showDetectors(list);
    const bad = list.filter((each) => each.health !== 'good');
    const lead = list.length === 0 ? t('detectors.none') : t('detectors.good', { good: list.length - bad.length, total: list.length });
    const text = h('p', {}, '');
    say(text, lead);
    put(this.detectors, text, bad.length > 0 && h('table', { class: 'table' }, h('tbody', {}, bad.map((each) => h('tr', {}, h('td', { class: 'id' }, each.id), h('td', {}, h('span', { class: 'badge', 'data-kind': 'bad' }, word('detector', each.health))), h('td', { class: 'num' }, each.since == null ? t('no-data') : duration(detail.second - each.since)))))));
  }
}

function lampLegend(geometry: Geometry): HTMLElement {
  const entry = (sign: HTMLElement, text: string): HTMLElement => h('span', {}, sign, text);
  const lamp = (name: string, shape: string): HTMLElement => h('span', { class: 'key-lamp', 'data-lamp': name, 'aria-hidden': 'true' }, shape);
  return h('p', { class: 'lamp-legend muted small' }, entry(lamp('green', '▲'), t('lamp.green')), entry(lamp('amber', '◆'), t('lamp.amber')), entry(lamp('red', '▬'), t('lamp.red')),
    geometry.groups.some((group) => group.section) && entry(lamp('dark', '○'), t('lamp.section')),
    entry(h('span', { class: 'key-queue' }), t('lamp.queue')), entry(h('span', { class: 'key-queue key-moving' }), t('lamp.moving')));
}
