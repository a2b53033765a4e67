import type { AuditEntry, Health } from '../api/contract';
import { linkTo, may, type Context, type View } from '../app/context';
import { nameOf, shortName, t, word } from '../i18n';
import { h, put, type Child } from '../ui/dom';
import { clock, duration, number, percent } from '../ui/format';
import type { Scope } from '../ui/scope';
import { empty, failure, fetched, loading } from '../ui/states';
import { SafetyChanges } from './safety';

/** What is connected, what is broken and since when, the log, alarms; who used the controls. */
export const health: View = async (place, context, scope) => {
  const body = h('div', { class: 'health-grid' }, loading());
  const audit = h('section', { class: 'card' });
  put(place, h('div', { class: 'view-head' }, h('h1', {}, t('nav.health'))), body,
    may(context.session, 'engineer') && new SafetyChanges(context, scope).element, may(context.session, 'administrator') && audit);
  let seen = false;
  const refresh = async (): Promise<void> => {
    try {
      const data = await scope.get<Health>('/health');
      if (!seen || !body.contains(document.activeElement)) show(body, data, context);
      seen = true;
    } catch (error) {
      if (!scope.ended && !seen) put(body, failure(error, () => void refresh()));
    }
  };
  await refresh();
  scope.every(5000, () => void refresh());
  if (may(context.session, 'administrator')) void showAudit(audit, context, scope);
};

function show(place: HTMLElement, data: Health, context: Context): void {
  const now = context.feed.second ?? context.site.end;
  const name = (id: string): HTMLElement => h('a', { href: linkTo('intersection', id), title: nameOf(context.entries.get(id)?.name, id) }, shortName(context.entries.get(id)?.name, id));
  const alarms = [...context.feed.alarms, ...(data.alarms ?? [])];
  put(place,
    card(t('health.connections'), h('p', { class: 'big' }, h('b', {}, `${data.connected} / ${data.total}`), ' ', percent(data.total ? data.connected / data.total : null, 1)),
      data.outages.length === 0 ? empty(t('health.no-outages')) : table([t('word.intersection'), t('health.since'), t('health.lasts')], data.outages.map((each) => [name(each.intersection), clock(each.since), h('span', { class: 'span' }, duration((each.until ?? now) - each.since))]))),
    card(t('health.alarms'), alarms.length === 0 ? empty(t('health.no-alarms')) : table([t('word.time'), t('word.intersection'), t('health.what')], alarms.map((each) => [clock(each.second), name(each.intersection), h('span', {}, h('span', { class: 'badge', 'data-kind': each.released ? 'quiet' : 'bad' }, word('alarm', each.kind)), ' ', each.text ?? '', each.released ? ` ${t('health.released', { time: clock(each.released) })}` : '')]))),
    card(t('detectors.title'), data.detectors.length === 0 ? empty(t('health.no-detectors')) : table([t('word.intersection'), t('health.detector'), t('health.state'), t('health.lasts')], data.detectors.map((each) => [each.intersection ? name(each.intersection) : '', h('span', { class: 'id' }, each.id), h('span', { class: 'badge', 'data-kind': 'bad', title: each.reason ?? '' }, word('detector', each.health)), h('span', { class: 'span' }, each.since == null ? t('no-data') : duration(now - each.since))]))),
    card(t('health.log'), h('dl', { class: 'facts' }, fact(t('health.uri'), data.log.uri), fact(t('health.events'), number(data.log.events)), fact(t('health.sealed'), clock(data.log.sealed)), fact(t('health.build'), context.site.build), fact(t('health.sensing'), context.site.sensing),
      Object.entries(data.load ?? {}).map(([key, value]) => fact(key, typeof value === 'number' ? number(value, Number.isInteger(value) ? 0 : 2) : t('no-data'))))));
}

function card(title: string, ...children: Child[]): HTMLElement {
  return h('section', { class: 'card' }, h('h2', {}, title), children);
}

function fact(name: string, value: string): HTMLElement {
  return h('div', {}, h('dt', {}, name), h('dd', {}, value));
}

function table(heads: string[], rows: Child[][]): HTMLElement {
  return h('div', { class: 'scroll tall', tabindex: 0, role: 'region', 'aria-label': heads.join(', ') }, h('table', { class: 'table' }, h('thead', {}, h('tr', {}, heads.map((head) => h('th', {}, head)))), h('tbody', {}, rows.map((row) => h('tr', {}, row.map((cell) => h('td', {}, cell)))))));
}

async function showAudit(place: HTMLElement, { entries }: Context, scope: Scope): Promise<void> {
  const list = h('div', {});
  put(place, h('h2', {}, t('audit.title')), list);
  await fetched(list, () => scope.get<AuditEntry[]>('/audit'), (uses) => put(list, uses.length === 0 ? empty(t('audit.none'))
    : table([t('word.time'), t('audit.who'), t('audit.did'), t('word.intersection'), t('audit.detail')], uses.map((use) => [clock(use.second), use.user, word('audit', use.act), use.intersection ? nameOf(entries.get(use.intersection)?.name, use.intersection) : '', use.detail ?? '']))));
}

