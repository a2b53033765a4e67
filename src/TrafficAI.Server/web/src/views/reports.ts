import { address } from '../api/client';
import type { Definition, Measure, Measures, MeasuresById } from '../api/contract';
import { linkTo, type Context, type View } from '../app/context';
import { language, nameOf, shortName, t, word } from '../i18n';
import { h, put } from '../ui/dom';
import { clock, percent, secondAt } from '../ui/format';
import type { Scope } from '../ui/scope';
import { figure, unitOf } from '../ui/measures';
import { empty, fetched } from '../ui/states';
import { beforeAndAfter, binFor, chartsOf, keyFigures, masthead, methodPages } from './paper';

/** Of each intersection only these are shown beside one another; all of them when it is chosen. */
const columns = ['volume', 'arrivals_on_green', 'approach_delay', 'split_failure_rate', 'queue_mean', 'wait_longest'];

/** Measures with formula, unit, coverage; for paper, for a spreadsheet, and how each is computed. */
export const reports: View = async (place, context, scope, route) => {
  if (route.id === 'method') return showMethod(place, await scope.get<Definition[]>('/measures/definitions', { language: language() }));
  new Report(place, context, scope);
};

function showMethod(place: HTMLElement, definitions: readonly Definition[]): void {
  const fact = (name: string, value: string): HTMLElement => h('div', {}, h('dt', {}, name), h('dd', {}, value || t('no-data')));
  put(place, h('div', { class: 'view-head' }, h('h1', {}, t('method.title')), h('a', { href: linkTo('reports') }, t('method.back'))), h('p', { class: 'muted' }, t('method.lead')),
    h('div', { class: 'methods' }, definitions.map((each) => h('article', { class: 'card' }, h('h2', {}, each.name, ' ', h('small', { class: 'muted' }, each.id)),
      h('dl', { class: 'facts' }, fact(t('method.formula'), each.formula), fact(t('method.unit'), unitOf(each)), fact(t('method.source'), each.source))))));
}

class Report {
  private readonly table = h('div', {});
  private readonly from: HTMLInputElement;
  private readonly to: HTMLInputElement;
  private readonly one: HTMLSelectElement;
  private readonly wrong = h('p', { class: 'field-error', role: 'alert' });
  private data: Measures | null = null;

  constructor(place: HTMLElement, private readonly context: Context, private readonly scope: Scope) {
    const { site, entries } = context;
    const end = this.end();
    this.from = h('input', { id: 'report-from', value: clock(Math.max(site.begin, end - 3600)), pattern: '\\d{1,2}:\\d{2}(:\\d{2})?', required: true, size: 8 });
    this.to = h('input', { id: 'report-to', value: clock(end), pattern: '\\d{1,2}:\\d{2}(:\\d{2})?', required: true, size: 8 });
    this.one = h('select', { id: 'report-one' }, h('option', { value: '' }, t('reports.whole')), [...entries.values()].map((entry) => h('option', { value: entry.id }, nameOf(entry.name, entry.id))));
    const form = h('form', { class: 'form form-row no-print' }, field('report-from', t('reports.from'), this.from), field('report-to', t('reports.to'), this.to), field('report-one', t('word.intersection'), this.one), h('button', { class: 'button button-main' }, t('reports.show')));
    form.addEventListener('submit', (event) => { event.preventDefault(); this.load(); });
    put(place, h('div', { class: 'view-head' }, h('h1', {}, t('nav.reports')), h('a', { class: 'no-print', href: linkTo('reports', 'method') }, t('method.title'))), form, this.wrong, this.actions(), this.table);
    this.load();
  }

  private end(): number {
    const { site, feed } = this.context;
    return site.live && feed.second !== null ? feed.second - 1 : site.end; // the log may be a second behind the stream
  }

  private actions(): HTMLElement {
    return h('p', { class: 'actions no-print' },
      h('button', { type: 'button', class: 'button', onclick: () => window.print() }, t('reports.print')),
      h('button', { type: 'button', class: 'button', id: 'download-csv', onclick: () => this.save('csv') }, 'CSV'),
      h('button', { type: 'button', class: 'button', id: 'download-json', onclick: () => this.save('json') }, 'JSON'),
      h('a', { href: address('/open/index.json') }, t('reports.open-data')));
  }

  private load(): void {
    const end = this.end();
    const from = secondAt(this.from.value, end);
    const to = secondAt(this.to.value, end);
    put(this.wrong);
    if (from === null || to === null || from >= to) return put(this.wrong, t('reports.bad-span'));
    const query = { from: Math.max(this.context.site.begin, from), to: Math.min(end, to), language: language(), intersection: this.one.value || null, bin: binFor(to - from) };
    void fetched(this.table, () => this.scope.get<Measures>('/measures', query), (data) => {
      this.data = data;
      this.show(data);
    });
  }

  private show(data: Measures): void {
    const chosen = data.intersections.find((each) => each.id === this.one.value);
    const values = chosen?.values ?? data.values;
    const title = chosen ? nameOf(this.context.entries.get(chosen.id)?.name, chosen.id) : t('reports.whole');
    const jobs = h('div', {});
    put(this.table, masthead(this.context, title, data), h('h2', {}, title, h('small', { class: 'muted' }, ` ${clock(data.from)} – ${clock(data.to)}`)),
      keyFigures(data.definitions.filter((each) => columns.includes(each.id)), values), chartsOf(data, chosen ? [] : data.intersections, this.context), jobs,
      Object.keys(values).length === 0 ? empty(t('reports.nothing')) : measureTable(data.definitions, values),
      !chosen && data.corridors.length > 0 && this.sideBySide(t('nav.corridor'), data, data.corridors.map((each) => ({ name: this.corridorName(each.id), link: null, values: each.values })), Object.keys(data.corridors[0]?.values ?? {})),
      !chosen && data.intersections.length > 0 && this.sideBySide(t('reports.each'), data, data.intersections.map((each) => ({ name: shortName(this.context.entries.get(each.id)?.name, each.id), link: linkTo('intersection', each.id), values: each.values })), columns), methodPages(data.definitions));
    void beforeAndAfter(jobs, this.scope);
  }

  /** The figures are by corridor and direction: `abay →`. */
  private corridorName(id: string): string {
    const corridor = this.context.site.corridors.find((each) => id.startsWith(`${each.id} `));
    return corridor ? nameOf(corridor.name, corridor.id) + id.slice(corridor.id.length) : id;
  }

  private sideBySide(title: string, data: Measures, rows: { name: string; link: string | null; values: MeasuresById }[], ids: string[]): HTMLElement {
    const shown = data.definitions.filter((each) => ids.includes(each.id));
    return h('section', { class: 'per-intersection' }, h('h2', {}, title), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title }, h('table', { class: 'table' },
      h('thead', {}, h('tr', {}, h('th', {}, ''), shown.map((each) => h('th', { class: 'num' }, each.name, unitOf(each) && h('small', {}, `, ${unitOf(each)}`))))),
      h('tbody', {}, rows.map(({ name, link, values }) => h('tr', {}, h('th', { scope: 'row' }, link ? h('a', { href: link }, name) : name),
        shown.map((each) => h('td', { class: 'num', title: values[each.id]?.missing ? t('reports.not-computable', { missing: word('missing', values[each.id]?.missing) }) : '' }, figure(each, values[each.id])))))))));
  }

  private save(kind: 'csv' | 'json'): void {
    if (!this.data) return;
    const text = kind === 'json' ? JSON.stringify(this.data, null, 2) : csv(this.data);
    const link = h('a', { href: URL.createObjectURL(new Blob([text], { type: kind === 'json' ? 'application/json' : 'text/csv' })), download: `trafficai-${this.data.from}-${this.data.to}.${kind}` });
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

function measureTable(definitions: readonly Definition[], values: MeasuresById): HTMLElement {
  const known = definitions.filter((each) => each.id in values);
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t('nav.reports') }, h('table', { class: 'table report' },
    h('thead', {}, h('tr', {}, h('th', {}, t('reports.measure')), h('th', { class: 'num' }, t('reports.value')), h('th', {}, t('method.unit')), h('th', { class: 'num' }, t('reports.coverage')), h('th', {}, t('method.formula')))),
    h('tbody', {}, known.map((each) => {
      const measure = values[each.id] as Measure;
      return h('tr', {}, h('th', { scope: 'row' }, h('a', { href: linkTo('reports', 'method') }, each.name)),
        measure.value === null ? h('td', { class: 'missing', colspan: 3 }, t('reports.not-computable', { missing: word('missing', measure.missing) })) : [h('td', { class: 'num' }, figure(each, measure)), h('td', {}, unitOf(each)), h('td', { class: 'num' }, percent(measure.coverage))],
        h('td', { class: 'formula' }, each.formula));
    }))));
}

function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return h('div', { class: 'field' }, h('label', { for: id }, label), control);
}

/** RFC 4180; an empty value is one that could not be computed. Shares are from 0 to 1. */
function csv(data: Measures): string {
  const units = new Map(data.definitions.map((each) => [each.id, each.unit]));
  const rows = [['intersection', 'measure', 'value', 'unit', 'coverage', 'missing']];
  const add = (of: string, values: MeasuresById): void => { for (const [id, m] of Object.entries(values)) rows.push([of, id, m.value === null ? '' : String(m.value), units.get(id) ?? '', m.coverage === null ? '' : String(m.coverage), m.missing ?? '']); };
  add('', data.values);
  for (const each of data.intersections) add(each.id, each.values);
  return rows.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\r\n');
}
