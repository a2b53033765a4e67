import { send } from '../api/client';
import type { Job, WhatIfResult } from '../api/contract';
import { may, type Context } from '../app/context';
import { t, word } from '../i18n';
import { h, put } from '../ui/dom';
import { comparedOf } from '../ui/compared';
import { clock, number, percent, signed } from '../ui/format';
import type { Scope } from '../ui/scope';
import { complaint, empty } from '../ui/states';

const strategies = ['fixed', 'actuated', 'max-pressure', 'adaptive'] as const;

/** The same demand under another strategy: asks for a run, shows how far it is, then both side by side. */
export class WhatIf {
  readonly element = h('section', { class: 'card whatif' });
  private readonly jobs = h('div', {});
  private readonly said = h('p', { class: 'field-error', role: 'alert' });

  constructor(private readonly context: Context, private readonly scope: Scope, private readonly from: () => number) {
    put(this.element, h('h2', {}, t('whatif.title')), h('p', { class: 'muted' }, t('whatif.lead')), this.form(), this.said, this.jobs);
    void this.refresh();
    scope.every(1000, () => { if (this.jobs.querySelector('progress')) void this.refresh(); });
  }

  private form(): HTMLElement {
    if (!may(this.context.session, 'engineer')) return h('p', { class: 'notice' }, t('whatif.forbidden'));
    const strategy = h('select', { id: 'whatif-strategy' }, strategies.filter((each) => each !== this.context.site.strategy).map((each) => h('option', { value: each }, word('strategy', each))));
    const form = h('form', { class: 'form form-row' }, h('div', { class: 'field' }, h('label', { for: 'whatif-strategy' }, t('whatif.strategy')), strategy), h('button', { class: 'button button-main' }, t('whatif.start')));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      put(this.said);
      send<{ job: number }>('POST', '/what-if', { from: this.from(), strategy: strategy.value }).then(() => this.refresh(), (error: unknown) => put(this.said, complaint(error)));
    });
    return form;
  }

  private async refresh(): Promise<void> {
    const jobs = await this.scope.get<Job[]>('/jobs').catch(() => null);
    if (jobs) put(this.jobs, jobs.length === 0 ? empty(t('whatif.none')) : jobs.slice(0, 4).map((job) => this.show(job)));
  }

  private show(job: Job): HTMLElement {
    const head = h('p', { class: 'job-head' }, h('b', {}, word('strategy', job.strategy)), job.from !== null && h('span', { class: 'muted' }, t('whatif.from', { time: clock(job.from) })), h('span', { class: 'muted' }, ` · ${job.by}`));
    if (job.result) return h('article', { class: 'job' }, head, sideBySide(job.result));
    if (job.state === 'failed' || job.state === 'cancelled') return h('article', { class: 'job' }, head, h('p', { class: job.state === 'failed' ? 'field-error' : 'muted' }, job.state === 'failed' ? `${t('whatif.failed')} ${job.error ?? ''}` : t('whatif.cancelled')));
    const cancel = (): void => void send('DELETE', `/jobs/${job.id}`).then(() => this.refresh(), (error: unknown) => put(this.said, complaint(error)));
    return h('article', { class: 'job' }, head, h('progress', { max: 1, value: job.state === 'waiting' ? null : job.progress, 'aria-label': t('whatif.progress') }),
      h('p', { class: 'job-foot' }, h('span', { class: 'num' }, job.state === 'waiting' ? t('whatif.waiting') : percent(job.progress)), may(this.context.session, 'engineer') && h('button', { type: 'button', class: 'button', onclick: cancel }, t('action.cancel'))));
  }
}

function sideBySide(result: WhatIfResult): HTMLElement {
  const { ours, other } = comparedOf(result);
  const half = (value: number | null, digits: number): string => (value === null ? '' : ` ± ${number(value, digits)}`);
  const row = (name: string, delay: string, served: string): HTMLElement => h('tr', {}, h('th', { scope: 'row' }, name), h('td', { class: 'num' }, delay), h('td', { class: 'num' }, served));
  return h('div', {}, h('table', { class: 'table' },
    h('thead', {}, h('tr', {}, h('th', {}, ''), h('th', { class: 'num' }, t('whatif.delay')), h('th', { class: 'num' }, t('whatif.served')))),
    h('tbody', {},
      row(t('whatif.recorded'), number(result.recorded.delay_s, 1), number(result.recorded.served)),
      row(t('whatif.again', { strategy: word('strategy', result.recorded_strategy) }), number(ours.delay, 1), number(ours.served)),
      row(word('strategy', result.other_strategy), number(other.delay, 1), number(other.served)),
      row(t('whatif.difference'), signed(result.delay_difference_s, 1) + half(result.delay_difference_half_width95_s, 1), signed(result.served_difference, 0) + half(result.served_difference_half_width95, 0)))),
    h('p', { class: 'muted small' }, t('whatif.span', { from: clock(result.from), to: clock(result.end), seeds: result.seeds.length }), ' ', t(result.reliable ? 'whatif.reliable' : 'whatif.unreliable')));
}
