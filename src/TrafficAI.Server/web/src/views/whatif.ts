import { send } from '../api/client';
import type { Job, WhatIfResult } from '../api/contract';
import { may, type Context } from '../app/context';
import { t, word } from '../i18n';
import { h, put } from '../ui/dom';
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
    if (job.state === 'failed' || job.state === 'cancelled') return h('article', { class: 'job' }, head, h('p', { class: job.error ? 'field-error' : 'muted' }, job.error ?? t('whatif.cancelled')));
    const cancel = (): void => void send('DELETE', `/jobs/${job.id}`).then(() => this.refresh(), (error: unknown) => put(this.said, complaint(error)));
    return h('article', { class: 'job' }, head, h('progress', { max: 1, value: job.state === 'waiting' ? null : job.progress, 'aria-label': t('whatif.progress') }),
      h('p', { class: 'job-foot' }, h('span', { class: 'num' }, job.state === 'waiting' ? t('whatif.waiting') : percent(job.progress)), may(this.context.session, 'engineer') && h('button', { type: 'button', class: 'button', onclick: cancel }, t('action.cancel'))));
  }
}

function sideBySide(result: WhatIfResult): HTMLElement {
  const mean = (values: (number | null)[]): number | null => (values.some((value) => value === null) || values.length === 0 ? null : values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / values.length);
  const again = { delay: mean(result.seeds.map((seed) => seed.again.delay_s)), served: mean(result.seeds.map((seed) => seed.again.served)) };
  const other = { delay: mean(result.seeds.map((seed) => seed.other.delay_s)), served: mean(result.seeds.map((seed) => seed.other.served)) };
  const half = (value: number | null, digits: number): string => (value === null ? '' : ` ± ${number(value, digits)}`);
  const row = (name: string, recorded: number | null, a: number | null, b: number | null, difference: string, digits: number): HTMLElement =>
    h('tr', {}, h('th', { scope: 'row' }, name), h('td', { class: 'num' }, number(recorded, digits)), h('td', { class: 'num' }, number(a, digits)), h('td', { class: 'num' }, number(b, digits)), h('td', { class: 'num' }, difference));
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t('whatif.title') }, h('table', { class: 'table' },
    h('thead', {}, h('tr', {}, h('th', {}, ''), h('th', { class: 'num' }, t('whatif.recorded')), h('th', { class: 'num' }, word('strategy', result.recorded_strategy)), h('th', { class: 'num' }, word('strategy', result.other_strategy)), h('th', { class: 'num' }, t('whatif.difference')))),
    h('tbody', {},
      row(t('whatif.delay'), result.recorded.delay_s, again.delay, other.delay, signed(result.delay_difference_s, 1) + half(result.delay_difference_half_width95_s, 1), 1),
      row(t('whatif.served'), result.recorded.served, again.served, other.served, signed(result.served_difference, 0) + half(result.served_difference_half_width95, 0), 0))),
    h('p', { class: 'muted small' }, t('whatif.span', { from: clock(result.from), to: clock(result.end), seeds: result.seeds.length }), ' ', t(result.reliable ? 'whatif.reliable' : 'whatif.unreliable')));
}
