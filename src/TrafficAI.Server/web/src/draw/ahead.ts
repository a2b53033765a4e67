import type { PlanEntry, State } from '../api/contract';
import { scale } from '../app/theme';
import { t } from '../i18n';
import { svg } from '../ui/dom';
import { clock } from '../ui/format';

const horizon = 120; // seconds
const row = 26;
const left = 44;
const widest = 560;
const narrowest = 300;

/** How wide a chart is drawn that fills a place: as its letters need where that is narrow. */
export function widthFor(place: HTMLElement): number {
  return Math.max(narrowest, Math.min(widest, place.clientWidth / scale() || widest));
}

/** The phases that run and that are planned, over the next two minutes: bars from planned start to planned start, whiskers from earliest to latest. */
export function aheadChart(phases: readonly string[], state: State, plan: readonly PlanEntry[], second: number, width: number): SVGSVGElement {
  const height = phases.length * row + 24;
  const x = (at: number): number => left + (Math.max(0, Math.min(horizon, at - second)) / horizon) * (width - left - 8);
  const y = (phase: string): number => phases.indexOf(phase) * row;
  const summary = [state.phase, ...plan.map((entry) => `${entry.phase} ${clock(entry.planned)}`)].filter(Boolean).join(', ');
  const chart = svg('svg', { class: 'ahead', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': t('ahead.label', { plan: summary }) });
  phases.forEach((phase, i) => chart.append(
    svg('line', { class: 'ahead-rule', x1: left, x2: width - 8, y1: i * row + row - 1, y2: i * row + row - 1 }),
    svg('text', { class: 'ahead-phase', x: 4, y: i * row + 17 }, phase)));
  for (let s = 0; s <= horizon; s += 30)
    chart.append(svg('line', { class: 'ahead-rule', x1: x(second + s), x2: x(second + s), y1: 0, y2: phases.length * row }), svg('text', { class: 'ahead-time', x: x(second + s), y: height - 6, 'text-anchor': s === horizon ? 'end' : s === 0 ? 'start' : 'middle' }, s === 0 ? clock(second) : `+${s}`));
  const stays = plan[0]?.phase === state.phase ? plan[0] : null;
  const coming = stays ? plan.slice(1) : plan;
  if (state.phase && phases.includes(state.phase)) chart.append(bar('ahead-now', x(second), x(coming[0]?.planned ?? stays?.latest ?? second + horizon), y(state.phase)));
  coming.forEach((entry, i) => {
    if (!phases.includes(entry.phase) || entry.planned - second >= horizon) return;
    chart.append(bar('ahead-next', x(entry.planned), x(coming[i + 1]?.planned ?? entry.planned + 20), y(entry.phase)), whisker(x(entry.earliest), x(entry.latest), y(entry.phase)));
  });
  return chart;
}

function bar(kind: string, from: number, to: number, top: number): SVGRectElement {
  return svg('rect', { class: kind, x: from, y: top + 5, width: Math.max(2, to - from), height: row - 12, rx: 2 });
}

function whisker(from: number, to: number, top: number): SVGPathElement {
  return svg('path', { class: 'ahead-whisker', d: `M${from} ${top + 3}v18M${from} ${top + 12}H${to}M${to} ${top + 3}v18` });
}
