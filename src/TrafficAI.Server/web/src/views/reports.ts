import { address } from '../api/client';
import type { Definition, Measure, Measures } from '../api/contract';
import { linkTo, type Context, type View } from '../app/context';
import { language, nameOf, t } from '../i18n';
import { h, put } from '../ui/dom';
import { clock, number, percent, secondAt } from '../ui/format';
import type { Scope } from '../ui/scope';
import { empty, fetched } from '../ui/states';

/** Measures with formula, unit, coverage; for paper, for a spreadsheet, and how each is computed. */
export const reports: View = async (place, context, scope, route) => {
  const definitions = await scope.get<Definition[]>('/measures/definitions', { language: language() });
  if (route.id === 'method') return showMethod(place, definitions);
  new Report(place, context, scope, definitions);
};

function showMethod(place: HTMLElement, definitions: readonly Definition[]): void {
  put(place, h('div', { class: 'view-head' }, h('h1', {}, t('method.title')), h('a', { href: linkTo('reports') }, t('method.back'))), h('p', { class: 'muted' }, t('method.lead')),
    h('div', { class: 'methods' }, definitions.map((each) => h('article', { class: 'card', id: `method-${each.id}` }, h('h2', {}, each.name, ' ', h('small', { class: 'muted' }, each.id)),
      h('dl', { class: 'facts' }, ([['method.formula', each.formula], ['method.unit', each.unit], ['method.needs', each.needs], ['method.source', each.source]] as const).map(([key, value]) => h('div', {}, h('dt', {}, t(key)), h('dd', {}, value || t('no-data')))))))));
}

class Report {
  private readonly names: Map<string, Definition>;
  private readonly table = h('div', {});
  private readonly from: HTMLInputElement;
  private readonly to: HTMLInputElement;
  private readonly one: HTMLSelectElement;
  private readonly wrong = h('p', { class: 'field-error', role: 'alert' });
  private data: Measures | null = null;

  constructor(place: HTMLElement, private readonly context: Context, private readonly scope: Scope, definitions: readonly Definition[]) {
    this.names = new Map(definitions.map((each) => [each.id, each]));
    const { site, feed, entries } = context;
    const end = site.live ? (feed.second ?? site.end) : site.end;
    this.from = h('input', { id: 'report-from', value: clock(Math.max(site.begin, end - 3600)), pattern: '\\d{1,2}:\\d{2}(:\\d{2})?', required: true, size: 8 });
    this.to = h('input', { id: 'report-to', value: clock(end), pattern: '\\d{1,2}:\\d{2}(:\\d{2})?', required: true, size: 8 });
    this.one = h('select', { id: 'report-one' }, h('option', { value: '' }, t('reports.whole')), [...entries.values()].map((entry) => h('option', { value: entry.id }, nameOf(entry.name, entry.id))));
    const form = h('form', { class: 'form form-row no-print' }, field('report-from', t('reports.from'), this.from), field('report-to', t('reports.to'), this.to), field('report-one', t('word.intersection'), this.one), h('button', { class: 'button button-main' }, t('reports.show')));
    form.addEventListener('submit', (event) => { event.preventDefault(); this.load(); });
    put(place, h('div', { class: 'view-head' }, h('h1', {}, t('nav.reports')), h('span', { class: 'only-print' }, `${nameOf(site.name)} · ${site.build}`), h('a', { class: 'no-print', href: linkTo('reports', 'method') }, t('method.title'))), form, this.wrong, this.actions(), this.table);
    this.load();
  }

  private actions(): HTMLElement {
    return h('p', { class: 'actions no-print' },
      h('button', { type: 'button', class: 'button', onclick: () => window.print() }, t('reports.print')),
      h('button', { type: 'button', class: 'button', id: 'download-csv', onclick: () => this.save('csv') }, 'CSV'),
      h('button', { type: 'button', class: 'button', id: 'download-json', onclick: () => this.save('json') }, 'JSON'),
      h('a', { href: address('/open/index.json') }, t('reports.open-data')));
  }

  private load(): void {
    const { site, feed } = this.context;
    const end = site.live ? (feed.second ?? site.end) : site.end;
    const from = secondAt(this.from.value, end);
    const to = secondAt(this.to.value, end);
    put(this.wrong);
    if (from === null || to === null || from >= to) return put(this.wrong, t('reports.bad-span'));
    const query = { from: Math.max(site.begin, from), to: Math.min(end, to), language: language(), intersection: this.one.value || null };
    void fetched(this.table, () => this.scope.get<Measures>('/measures', query), (data) => {
      this.data = data;
      this.show(data);
    });
  }

  private show(data: Measures): void {
    const chosen = this.one.value ? data.intersections.find((each) => each.id === this.one.value) : null;
    const measures = chosen ? chosen.measures : data.site.measures;
    put(this.table, h('h2', {}, chosen ? nameOf(chosen.name ?? this.context.entries.get(chosen.id)?.name, chosen.id) : t('reports.whole'), h('small', { class: 'muted' }, ` ${clock(data.from)} – ${clock(data.to)}`)),
      measures.length === 0 ? empty(t('reports.nothing')) : this.measureTable(measures),
      !chosen && data.intersections.length > 0 && this.intersectionTable(data));
  }

  private measureTable(measures: readonly Measure[]): HTMLElement {
    return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t('nav.reports') }, h('table', { class: 'table report' },
      h('thead', {}, h('tr', {}, h('th', {}, t('reports.measure')), h('th', { class: 'num' }, t('reports.value')), h('th', {}, t('method.unit')), h('th', { class: 'num' }, t('reports.coverage')), h('th', {}, t('method.formula')))),
      h('tbody', {}, measures.map((measure) => {
        const definition = this.names.get(measure.id);
        return h('tr', {}, h('th', { scope: 'row' }, h('a', { href: linkTo('reports', 'method') }, measure.name ?? definition?.name ?? measure.id)),
          measure.value === null ? h('td', { class: 'missing', colspan: 2 }, t('reports.not-computable', { missing: measure.missing || t('no-data') }))
            : [h('td', { class: 'num' }, number(measure.value, digitsOf(measure.value))), h('td', {}, measure.unit || definition?.unit || '')],
          h('td', { class: 'num' }, percent(measure.coverage)), h('td', { class: 'formula' }, definition?.formula ?? ''));
      }))));
  }

  private intersectionTable(data: Measures): HTMLElement {
    const ids = data.site.measures.filter((measure) => measure.value !== null).map((measure) => measure.id).slice(0, 6);
    return h('section', { class: 'per-intersection' }, h('h2', {}, t('reports.each')), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t('reports.each') }, h('table', { class: 'table' },
      h('thead', {}, h('tr', {}, h('th', {}, t('word.intersection')), ids.map((id) => h('th', { class: 'num' }, this.names.get(id)?.name ?? id)))),
      h('tbody', {}, data.intersections.map((each) => h('tr', {}, h('th', { scope: 'row' }, h('a', { href: linkTo('intersection', each.id) }, nameOf(each.name ?? this.context.entries.get(each.id)?.name, each.id))),
        ids.map((id) => { const measure = each.measures.find((m) => m.id === id); return h('td', { class: 'num', title: measure?.missing ?? '' }, number(measure?.value, digitsOf(measure?.value ?? 0))); })))))));
  }

  private save(kind: 'csv' | 'json'): void {
    if (!this.data) return;
    const text = kind === 'json' ? JSON.stringify(this.data, null, 2) : csv(this.data);
    const link = h('a', { href: URL.createObjectURL(new Blob([text], { type: kind === 'json' ? 'application/json' : 'text/csv' })), download: `trafficai-${this.data.from}-${this.data.to}.${kind}` });
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return h('div', { class: 'field' }, h('label', { for: id }, label), control);
}

/** Enough digits to tell two values apart, no more. */
function digitsOf(value: number): number {
  return Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
}

/** RFC 4180; an empty value is one that could not be computed. */
export function csv(data: Measures): string {
  const rows = [['intersection', 'measure', 'value', 'unit', 'coverage', 'missing']];
  const add = (id: string, list: readonly Measure[]): void => { for (const m of list) rows.push([id, m.id, m.value === null ? '' : String(m.value), m.unit, m.coverage === null ? '' : String(m.coverage), m.missing ?? '']); };
  add('', data.site.measures);
  for (const each of data.intersections) add(each.id, each.measures);
  return rows.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\r\n');
}
