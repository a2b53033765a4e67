import type { Definition, Job, Measures, MeasuresById } from '../api/contract';
import { linkTo, type Context } from '../app/context';
import { barList, lineChart } from '../draw/chart';
import { nameOf, shortName, t, word } from '../i18n';
import { changeOf, comparedOf } from '../ui/compared';
import { h, put } from '../ui/dom';
import { clock, date, number, signed } from '../ui/format';
import { figure, unitOf } from '../ui/measures';
import type { Scope } from '../ui/scope';

const overTime = ['approach_delay', 'flow'];
const worstBy = 'approach_delay';
const most = 10;
const bins = [1, 2, 5, 10, 15, 30, 60]; // minutes
const fewestBins = 10;

/** Minutes of a span of a chart, so that a report has about a dozen. */
export function binFor(seconds: number): number {
  return bins.findLast((minutes) => seconds / 60 / minutes >= fewestBins) ?? 1;
}

/** Of what and of when the report is; for paper, where no header tells it. */
export function masthead({ site }: Context, title: string, data: Measures): HTMLElement {
  const fact = (name: string, value: string): HTMLElement => h('div', {}, h('dt', {}, name), h('dd', {}, value));
  return h('header', { class: 'masthead only-print' }, h('p', { class: 'masthead-name' }, 'TrafficAI · ', nameOf(site.name)),
    h('dl', { class: 'facts' }, fact(t('word.intersection'), title), fact(t('reports.span'), `${date(data.from)} ${clock(data.from)} – ${clock(data.to)} (Asia/Almaty)`),
      fact(t('reports.strategy'), word('strategy', site.strategy)), fact(t('health.sensing'), word('sensing', site.sensing)), fact(t('health.build'), site.build)));
}

/** The few figures that are read first. */
export function keyFigures(definitions: readonly Definition[], values: MeasuresById): HTMLElement | null {
  const known = definitions.filter(({ id }) => values[id] && values[id].value !== null);
  return known.length === 0 ? null : h('dl', { class: 'figures key-figures' }, known.map((each) => h('div', {}, h('dt', {}, each.name), h('dd', {}, h('b', {}, figure(each, values[each.id])), h('span', { class: 'muted small' }, unitOf(each))))));
}

/** Delay and flow over the time, and where delay is greatest. */
export function chartsOf(data: Measures, intersections: Measures['intersections'], { entries }: Context): HTMLElement {
  const definition = (id: string): Definition | undefined => data.definitions.find((each) => each.id === id);
  const charts = overTime.flatMap((id) => {
    const named = definition(id);
    const points = (data.bins ?? []).map(({ from, values }) => ({ label: clock(from).slice(0, 5), value: values[id]?.value ?? null }));
    return named && points.some(({ value }) => value !== null) ? [h('section', { class: 'card' }, h('h3', {}, `${named.name}, ${unitOf(named)}`), lineChart(named.name, points, (value) => number(value, value < 10 && !Number.isInteger(value) ? 1 : 0)))] : [];
  });
  const worst = intersections.map(({ id, values }) => ({ id, value: values[worstBy]?.value ?? null })).filter(({ value }) => value !== null).sort((a, b) => (b.value ?? 0) - (a.value ?? 0)).slice(0, most);
  const delay = definition(worstBy);
  return h('div', { class: 'charts' }, charts, delay && worst.length > 1 && h('section', { class: 'card' }, h('h3', {}, `${t('city.worst')}: ${delay.name}, ${unitOf(delay)}`),
    barList(worst.map(({ id, value }) => ({ name: h('a', { href: linkTo('intersection', id) }, shortName(entries.get(id)?.name, id)), value: value ?? 0, text: number(value, 1) })))));
}

/** What-if runs that can be relied on: delay with the recorded strategy and with the other, with the confidence interval of the difference. Of others only that they were run. */
export async function beforeAndAfter(place: HTMLElement, scope: Scope): Promise<void> {
  const jobs = await scope.get<Job[]>('/jobs').catch(() => [] as Job[]);
  const results = jobs.flatMap(({ result }) => (result?.reliable && result.delay_difference_s !== null ? [result] : []));
  if (results.length === 0) return jobs.some(({ result }) => result) ? put(place, h('p', { class: 'muted' }, t('headline.unreliable'))) : undefined;
  put(place, h('section', { class: 'card before-after' }, h('h2', {}, t('headline.title')), results.map((result) => {
    const { ours, other } = comparedOf(result);
    const half = result.delay_difference_half_width95_s;
    return h('div', {}, barList([
      { name: word('strategy', result.other_strategy), value: other.delay ?? 0, text: `${number(other.delay, 1)} ${t('unit.second')}` },
      { name: word('strategy', result.recorded_strategy), value: ours.delay ?? 0, text: `${number(ours.delay, 1)} ${t('unit.second')}`, error: half ?? undefined },
    ]), h('p', {}, h('b', {}, `${signed(changeOf(ours.delay, other.delay))} % `), t('headline.delay'), '. ', t('headline.how', { from: clock(result.from), to: clock(result.end), seeds: result.seeds.length, half: number(half, 1) })));
  })));
}

/** How each figure is computed, on pages of its own. */
export function methodPages(definitions: readonly Definition[]): HTMLElement {
  return h('section', { class: 'method-pages only-print' }, h('h2', {}, t('method.title')), h('p', {}, t('method.lead')),
    h('dl', {}, definitions.map((each) => h('div', {}, h('dt', {}, each.name, unitOf(each) && `, ${unitOf(each)}`), h('dd', {}, each.formula, ' ', h('small', { class: 'muted' }, `[${each.id}; ${each.source}]`))))));
}
