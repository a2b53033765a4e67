import type { AuditEntry, Health } from '../api/contract';
import { linkTo, may, type Context, type View } from '../app/context';
import { nameOf, shortName, t, word } from '../i18n';
import { h, put, type Child } from '../ui/dom';
import { clock, duration, number, percent, wallClock } from '../ui/format';
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
      if (!seen) put(body, failure(error, () => void refresh()));
    }
  };
  await refresh();
  scope.every(5000, () => void refresh());
  if (may(context.session, 'administrator')) void showAudit(audit, context, scope);
};

function show(place: HTMLElement, data: Health, context: Context): void {
  const now = context.feed.second ?? context.site.end;
  const name = (id: string): HTMLElement => h('a', { href: linkTo('intersection', id), title: nameOf(context.entries.get(id)?.name, id) }, shortName(context.entries.get(id)?.name, id));
  const lasts = (since: number | null | undefined): HTMLElement => h('span', { class: 'span' }, since == null ? t('no-data') : duration(Math.max(0, now - since)));
  put(place,
    card(t('health.connections'), h('p', { class: 'big' }, h('b', {}, `${data.online} / ${data.total}`), ' ', percent(data.total ? data.online / data.total : null, 1)),
      data.outages.length === 0 ? empty(t('health.no-outages')) : table([t('word.intersection'), t('health.since'), t('health.lasts')], data.outages.map((each) => [name(each.intersection), clock(each.since), lasts(each.since)]))),
    alarms(data, context, name),
    card(t('detectors.title'), data.detectors.length === 0 ? empty(t('health.no-detectors'))
      : table([t('word.intersection'), t('health.detector'), t('health.state'), t('health.lasts')], data.detectors.map((each) => [each.intersection ? name(each.intersection) : '', h('span', { class: 'id' }, each.id), h('span', { class: 'badge', 'data-kind': 'bad', title: each.reason ?? '' }, word('detector', each.health)), lasts(each.since)]))),
    log(data, context));
}

/** Those that stand, then what was told since the page was opened. */
function alarms(data: Health, { feed }: Context, name: (id: string) => HTMLElement): HTMLElement {
  const standing = data.alarms.map((each) => [t('health.standing'), name(each.intersection), h('span', {}, h('span', { class: 'badge', 'data-kind': 'bad' }, word('alarm', each.kind ?? 'violation')), ` ${each.text}`)]);
  const told = feed.alarms.slice(0, 50).map((each) => [clock(each.second), name(each.intersection), h('span', {}, h('span', { class: 'badge' }, word('alarm', each.kind)), ` ${each.text}`)]);
  const rows = [...standing, ...told];
  return card(t('health.alarms'), rows.length === 0 ? empty(t('health.no-alarms')) : table([t('word.time'), t('word.intersection'), t('health.what')], rows));
}

function log({ log: written, load }: Health, { site }: Context): HTMLElement {
  return card(t('health.log'), h('dl', { class: 'facts' }, fact(t('health.uri'), written.uri), fact(t('health.events'), number(written.events)),
    written.unreadable !== undefined && fact(t('health.unreadable'), number(written.unreadable)), fact(t('health.sealed'), t(written.sealed ? 'health.sealed-yes' : 'health.sealed-no')),
    fact(t('health.build'), shortBuild(site.build)), fact(t('health.sensing'), word('sensing', site.sensing)),
    load?.viewers !== undefined && fact(t('health.viewers'), number(load.viewers)), load?.memoryBytes !== undefined && fact(t('health.memory'), `${number(load.memoryBytes / 1048576)} MiB`), load?.upSeconds !== undefined && fact(t('health.up'), duration(load.upSeconds))));
}

/** A version with enough of its commit to find it. */
function shortBuild(build: string): string {
  return build.replace(/(\+[0-9a-f]{12})[0-9a-f]+$/, '$1');
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
    : table([t('word.time'), t('audit.who'), t('audit.did'), t('audit.target'), t('audit.detail')], uses.map((use) => [wallClock(use.wall), use.user,
      [word('audit', use.act), use.outcome === 'refused' && h('span', { class: 'badge', 'data-kind': 'bad' }, t('audit.refused'))], nameOf(entries.get(use.target)?.name, use.target), use.detail]))));
}
