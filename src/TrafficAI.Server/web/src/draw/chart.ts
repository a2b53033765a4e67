import { setVariable, h, svg } from '../ui/dom';

const width = 420;
const height = 140;
const margin = { left: 44, right: 10, top: 10, bottom: 22 };

export interface Point {
  label: string;
  value: number | null;
}

/** A measure over the time of day: a line with a mark for each span, a gap where nothing is known, and the scale from 0. */
export function lineChart(name: string, points: readonly Point[], figure: (value: number) => string): SVGSVGElement {
  const most = ceiling(Math.max(0, ...points.map(({ value }) => value ?? 0)));
  const x = (i: number): number => margin.left + (points.length < 2 ? 0.5 : i / (points.length - 1)) * (width - margin.left - margin.right);
  const y = (value: number): number => height - margin.bottom - (value / most) * (height - margin.top - margin.bottom);
  const told = points.map(({ label, value }) => `${label} ${value === null ? '–' : figure(value)}`).join(', ');
  const chart = svg('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${name}: ${told}` });
  for (const value of [0, most / 2, most]) chart.append(svg('line', { class: 'chart-rule', x1: margin.left, x2: width - margin.right, y1: y(value), y2: y(value) }), svg('text', { x: margin.left - 6, y: y(value) + 4, 'text-anchor': 'end' }, figure(value)));
  const every = Math.ceil(points.length / 5);
  points.forEach(({ label }, i) => { if (i % every === 0) chart.append(svg('text', { x: x(i), y: height - 5, 'text-anchor': 'middle' }, label)); });
  chart.append(svg('path', { class: 'chart-line', d: pathOf(points, x, y) }), ...points.flatMap(({ value }, i) => (value === null ? [] : [svg('circle', { class: 'chart-mark', cx: x(i), cy: y(value), r: 3 })])));
  return chart;
}

/** Bars one below the other, each with its name and figure. */
export function barList(bars: readonly { name: string | Node; value: number; text: string; error?: number }[]): HTMLElement {
  const most = Math.max(1e-9, ...bars.map(({ value, error }) => value + (error ?? 0)));
  return h('ul', { class: 'bar-list' }, bars.map(({ name, value, text, error }) => {
    const bar = h('span', { class: 'bar-fill' }, error ? h('span', { class: 'bar-error' }) : null);
    setVariable(bar, '--share', String(value / most));
    setVariable(bar, '--error', String(value > 0 ? (error ?? 0) / value : 0));
    return h('li', {}, h('span', { class: 'bar-name' }, name), h('span', { class: 'bar-track' }, bar), h('span', { class: 'num' }, text));
  }));
}

function pathOf(points: readonly Point[], x: (i: number) => number, y: (value: number) => number): string {
  return points.map(({ value }, i) => (value === null ? '' : `${points[i - 1]?.value == null ? 'M' : 'L'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`)).join('');
}

/** The next round number, so that half of it is one too. */
function ceiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-3)));
  return ([1, 1.6, 2, 3, 4, 5, 6, 8, 10].find((times) => times * power >= value) ?? 10) * power;
}
