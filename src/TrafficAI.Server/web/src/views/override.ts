import { send } from '../api/client';
import type { Comparable, Geometry, State } from '../api/contract';
import { may, type Context } from '../app/context';
import { t, word, type Key } from '../i18n';
import { h, put, say } from '../ui/dom';
import { clock, number } from '../ui/format';
import type { Scope } from '../ui/scope';
import { complaint, empty } from '../ui/states';

const leastReason = 10;
const acts = ['hold', 'plan', 'flash'] as const;
const reasons: readonly Key[] = ['override.reason-accident', 'override.reason-works', 'override.reason-event', 'override.reason-detector'];

/** Where a person departs from what the optimiser recommends: with a reason, for a limited time, after seeing comparable cases. */
export class OverridePanel {
  readonly element = h('section', { class: 'card override' });
  private readonly advice = h('p', { class: 'advice' });
  private readonly cases = h('div', {});
  private readonly form = h('div', {});
  private shown = '';

  constructor(private readonly geometry: Geometry, private readonly context: Context, private readonly scope: Scope) {
    put(this.element, h('h2', {}, t('override.title')), this.advice, this.cases, this.form);
    this.advice.hidden = true;
    this.showForm(null);
  }

  async load(second: number): Promise<void> {
    const list = await this.scope.get<Comparable[]>(`/intersections/${encodeURIComponent(this.geometry.id)}/comparable`, { at: second }).catch((error: unknown) => complaint(error));
    if (this.scope.ended) return;
    const head = h('h3', {}, t('override.cases'));
    if (typeof list === 'string') return put(this.cases, head, empty(list));
    put(this.cases, head, list.length === 0 ? empty(t('override.no-cases'))
      : h('table', { class: 'table' },
        h('thead', {}, h('tr', {}, h('th', {}, t('word.time')), h('th', {}, t('word.phase')), h('th', {}, t('override.did')), h('th', { class: 'num' }, t('city.queue-head')), h('th', { class: 'num' }, t('override.after')))),
        h('tbody', {}, list.slice(0, 5).map((past) => h('tr', {}, h('td', {}, clock(past.second)), h('td', {}, past.phase ?? t('no-data')), h('td', {}, past.wanted ?? t('no-data')),
          h('td', { class: 'num' }, number(past.queues.reduce<number>((sum, queue) => sum + (queue ?? 0), 0))), h('td', { class: 'num' }, number(past.outcome.delayNext5Min, 1)))))));
  }

  update(state: State): void {
    const key = state.wanted === state.phase ? 'override.advice-stay' : state.plannedAt === null ? 'override.advice-now' : 'override.advice-go';
    this.advice.hidden = state.wanted === null || state.override !== null;
    say(this.advice, t(key, { phase: state.wanted ?? '', time: clock(state.plannedAt) }));
    const standing = JSON.stringify(state.override);
    if (standing !== this.shown) this.showForm(state);
    this.shown = standing;
  }

  private showForm(state: State | null): void {
    const { session } = this.context;
    const override = state?.override ?? null;
    if (!may(session, 'operator')) return put(this.form, override && this.standing(state), h('p', { class: 'notice' }, t('override.forbidden', { role: word('role', session.role) })));
    if (!this.context.site.live) return put(this.form, h('p', { class: 'notice' }, t('override.recorded')));
    put(this.form, override ? [this.standing(state), this.release()] : this.order());
  }

  private standing(state: State | null): HTMLElement {
    const override = state?.override;
    if (override?.by === 'timetable') return h('p', { class: 'standing' }, t('override.night', { until: clock(override.until) }));
    return h('p', { class: 'standing' }, t('override.standing', { act: word('override.act', override?.act), phase: override?.phase ?? '', who: override?.by ?? t('no-data'), until: clock(override?.until ?? null), reason: override?.reason ?? t('no-data') }));
  }

  private order(): HTMLElement {
    const act = h('select', { id: 'override-act', required: true }, acts.map((each) => h('option', { value: each }, word('override.act', each))));
    const phase = h('select', { id: 'override-phase' }, this.geometry.phases.map((each) => h('option', { value: each.id }, each.label ? `${each.id} · ${each.label}` : each.id)));
    const minutes = h('input', { id: 'override-minutes', type: 'number', min: 1, max: 120, step: 1, required: true, inputmode: 'numeric' });
    const reason = reasonBox('override-reason');
    const phaseField = field('override-phase', t('word.phase'), phase);
    act.addEventListener('change', () => (phaseField.hidden = act.value !== 'hold'));
    const quick = h('p', { class: 'chips' }, reasons.map((key) => h('button', { type: 'button', class: 'chip', onclick: () => { reason.value = t(key); reason.focus(); } }, t(key))));
    return this.asForm(t('override.send'), [field('override-act', t('override.what'), act), phaseField, field('override-minutes', t('override.minutes'), minutes), field('override-reason', t('override.reason'), reason), quick],
      () => send('POST', '/overrides', { intersection: this.geometry.id, act: act.value, phase: act.value === 'hold' ? phase.value : null, reason: reason.value.trim(), minutes: Number(minutes.value) }));
  }

  private release(): HTMLElement {
    const reason = reasonBox('release-reason');
    return this.asForm(t('override.release'), [field('release-reason', t('override.reason'), reason)], () => send('DELETE', `/overrides/${encodeURIComponent(this.geometry.id)}`, { reason: reason.value.trim() }));
  }

  private asForm(action: string, fields: HTMLElement[], act: () => Promise<unknown>): HTMLElement {
    const said = h('p', { class: 'field-error', role: 'alert' });
    const button = h('button', { class: 'button button-main' }, action);
    const form = h('form', { class: 'form' }, fields, said, button);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      button.disabled = true;
      act().then(() => put(said, t('override.sent')), (error: unknown) => put(said, complaint(error))).finally(() => (button.disabled = false));
    });
    return form;
  }
}

function reasonBox(id: string): HTMLTextAreaElement {
  return h('textarea', { id, rows: 2, minlength: leastReason, maxlength: 500, required: true, placeholder: t('override.reason-hint', { least: leastReason }) });
}

function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return h('div', { class: 'field' }, h('label', { for: id }, label), control);
}
