import type { Candidate, Decision, Explanation } from '../api/contract';
import { language, t, word } from '../i18n';
import { h, put, setVariable } from '../ui/dom';
import { clock, inLocalTime, number } from '../ui/format';
import type { Scope } from '../ui/scope';
import { empty, failure, fetched, loading } from '../ui/states';

/** The last decisions of an intersection, and why the chosen one was made. */
export class Why {
  readonly element = h('section', { class: 'card why' });
  private readonly list = h('div', { class: 'decisions', role: 'group', 'aria-label': t('why.decisions') });
  private readonly reason = h('div', { class: 'reason', 'aria-live': 'off' });
  private chosen: number | null = null;
  private follows = true;

  /** @param live the newest decisions are asked for by leaving the end open: the log may be a second behind the stream */
  constructor(private readonly id: string, private readonly scope: Scope, private readonly begin: number, private readonly live: boolean) {
    put(this.element, h('h2', {}, t('why.title')), this.list, this.reason);
    put(this.reason, loading());
  }

  fail(error: unknown): void {
    put(this.reason, failure(error));
  }

  async load(until: number): Promise<void> {
    const decisions = await this.scope.get<Decision[]>(`/intersections/${encodeURIComponent(this.id)}/decisions`, { from: Math.max(this.begin, until - 900), to: this.live ? null : until, limit: 8 });
    if (decisions.length === 0) {
      put(this.reason, empty(t('why.none')));
      return;
    }
    const newest = [...decisions].sort((a, b) => b.second - a.second);
    if (this.follows) this.chosen = newest[0]?.revision ?? null;
    const held = this.list.contains(document.activeElement);
    put(this.list, newest.slice(0, 8).map((decision) => h('button', {
      type: 'button', 'aria-pressed': String(decision.revision === this.chosen), 'data-revision': decision.revision, onclick: () => this.choose(decision.revision, newest[0]?.revision === decision.revision),
    }, h('b', {}, clock(decision.second)), ` ${decision.from ?? t('no-data')} → ${decision.wanted ?? decision.to ?? t('no-data')}`, decision.guard && decision.guard !== 'none' && h('small', {}, ` ${word('guard', decision.guard)}`))));
    if (held) this.list.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
    await this.explain();
  }

  private choose(revision: number, newest: boolean): void {
    this.chosen = revision;
    this.follows = newest;
    for (const button of this.list.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button.dataset.revision === String(revision)));
    void this.explain();
  }

  private async explain(): Promise<void> {
    const revision = this.chosen;
    if (revision === null || this.reason.dataset.revision === String(revision)) return;
    const ask = () => this.scope.get<Explanation>(`/intersections/${encodeURIComponent(this.id)}/decisions/${revision}`, { language: language() });
    await fetched(this.reason, ask, ({ text, explanation }) => {
      this.reason.dataset.revision = String(revision);
      put(this.reason, paragraphs(inLocalTime(text, explanation.second)), candidates(explanation.decided?.candidates ?? [], explanation.decided?.wanted ?? null, explanation.decided?.yardstick ?? null));
    });
  }
}

/** Sentences as paragraphs; lines that are set in columns as rows of a table, which wraps where there is little room. */
export function paragraphs(lines: readonly string[]): HTMLElement[] {
  const parts: HTMLElement[] = [];
  for (const line of lines) {
    const last = parts.at(-1);
    if (!line.startsWith('  ')) parts.push(h('p', {}, line));
    else if (last?.tagName === 'TABLE') last.firstElementChild?.append(columnsOf(line));
    else parts.push(h('table', { class: 'table columns' }, h('tbody', {}, columnsOf(line))));
  }
  return parts;
}

function columnsOf(line: string): HTMLElement {
  const cells = line.trim().split(/ {2,}/);
  return h('tr', { 'data-chosen': line.startsWith('  > ') }, cells.map((cell, i) => h('td', { colspan: i === cells.length - 1 && i === 0 ? 2 : null }, cell)));
}

function candidates(list: readonly Candidate[], wanted: string | null, yardstick: string | null): HTMLElement | null {
  const weighed = list.filter((each) => each.value !== null);
  if (weighed.length === 0) return null;
  const most = Math.max(...weighed.map((each) => Math.abs(each.value ?? 0)), 1);
  return h('table', { class: 'table candidates' },
    h('caption', {}, yardstick === 'waiting' ? t('why.waiting') : t('why.value')),
    h('tbody', {}, list.map((each) => {
      const bar = h('span', { class: 'bar', 'data-chosen': each.phase === wanted });
      setVariable(bar, '--share', String(Math.abs(each.value ?? 0) / most));
      return h('tr', {}, h('th', { scope: 'row' }, each.phase), h('td', { class: 'num' }, number(each.value)), h('td', { class: 'bar-cell' }, each.value === null ? h('span', { class: 'muted small' }, t('why.not-weighed')) : bar), h('td', {}, each.phase === wanted ? t('why.chosen') : ''));
    })));
}
