import type { Geometry, State } from '../api/contract';
import { lampOf, lettersShown } from '../draw/lamps';
import { t, word } from '../i18n';
import { h, put } from '../ui/dom';
import { number } from '../ui/format';

/** The plan of a junction in words: each lane and crossing with what its lamps show and who stands there. */
export class LaneTable {
  readonly element: HTMLDetailsElement;
  private readonly rows = h('tbody', {});
  private state: State | null = null;

  constructor(private readonly geometry: Geometry) {
    this.element = h('details', { class: 'as-table' }, h('summary', {}, t('junction.as-table')), h('div', { class: 'scroll' }, h('table', { class: 'table' },
      h('thead', {}, h('tr', {}, [t('junction.lane'), t('junction.ways'), t('junction.lamp')].map((head) => h('th', { scope: 'col' }, head)), h('th', { class: 'num', scope: 'col' }, t('lamp.queue')))), this.rows)));
    this.element.addEventListener('toggle', () => this.show());
  }

  update(state: State): void {
    this.state = state;
    this.show();
  }

  private show(): void {
    const { state } = this;
    if (!this.element.open || !state) return;
    const letters = lettersShown(state.lamps, this.geometry.groups);
    const lamps = (groups: readonly number[]): string => [...new Set(groups.map((group) => word('lamp', lampOf(letters, group))))].join(', ');
    const row = (name: string, ways: string, groups: readonly number[], queue: string): HTMLElement => h('tr', {}, h('th', { scope: 'row', class: 'id' }, name), h('td', {}, ways), h('td', {}, lamps(groups)), h('td', { class: 'num' }, queue));
    put(this.rows,
      this.geometry.lanes.map((lane, i) => row(`${word('side', lane.approach)} · ${lane.id}`, lane.movements.map((way) => word('way', way)).join(', '), lane.groups, number(state.queues[i], 0))),
      this.geometry.crossings.map((crossing) => row(crossing.id, t('junction.crossing'), crossing.group === null ? [] : [crossing.group], '')));
  }
}
