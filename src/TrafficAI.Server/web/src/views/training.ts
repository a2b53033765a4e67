import type { Decision, Moment, Explanation } from '../api/contract';
import type { Context } from '../app/context';
import { geometryOf } from '../draw/lanes';
import { JunctionPlan } from '../draw/junction';
import { language, nameOf, t } from '../i18n';
import { h, put } from '../ui/dom';
import { clock, inLocalTime, number } from '../ui/format';
import type { Scope } from '../ui/scope';
import { empty, fetched } from '../ui/states';
import { paragraphs } from './why';

/** A recorded moment is shown; the trainee decides first, then sees what was done and why. */
export class Training {
  readonly element = h('section', { class: 'card training' });
  private readonly stage = h('div', {});
  private asked = 0;
  private agreed = 0;

  constructor(private readonly context: Context, private readonly scope: Scope, private readonly from: () => number) {
    const choice = h('select', { id: 'training-intersection' }, [...context.entries.values()].map((entry) => h('option', { value: entry.id }, nameOf(entry.name, entry.id))));
    const form = h('form', { class: 'form form-row' }, h('div', { class: 'field' }, h('label', { for: 'training-intersection' }, t('word.intersection')), choice), h('button', { class: 'button button-main' }, t('training.start')));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.next(choice.value, this.from());
    });
    put(this.element, h('h2', {}, t('training.title')), h('p', { class: 'muted' }, t('training.lead')), form, this.stage);
  }

  private async next(id: string, from: number): Promise<void> {
    const { site } = this.context;
    const first = Math.max(site.begin, Math.min(from, site.end - 1));
    await fetched(this.stage, async () => {
      const decisions = await this.scope.get<Decision[]>(`/intersections/${encodeURIComponent(id)}/decisions`, { from: first, to: Math.min(site.end, first + 900), limit: 200 });
      const decision = [...decisions].sort((a, b) => a.second - b.second).find((each) => each.second > first) ?? null;
      const state = decision && (await this.scope.get<Moment>(`/intersections/${encodeURIComponent(id)}/state`, { at: Math.max(site.begin, decision.second - 1) })).state;
      return { decision, state, geometry: await geometryOf(id, this.scope) };
    }, ({ decision, state, geometry }) => {
      if (!decision || !state) return put(this.stage, empty(t('training.none')));
      const plan = new JunctionPlan(geometry);
      plan.update(state);
      const answer = h('div', { 'aria-live': 'polite' });
      const choices = h('div', { class: 'choices', role: 'group', 'aria-label': t('training.question') }, geometry.phases.map((phase) => h('button', {
        type: 'button', class: 'button', onclick: () => void this.reveal(id, phase.id, decision, choices, answer),
      }, phase.id, phase.label && phase.label !== phase.id ? ` · ${phase.label}` : '')));
      put(this.stage, h('p', {}, h('b', {}, clock(decision.second)), ' ', t('training.picture', { phase: state.phase ?? t('no-data'), since: clock(state.since), queue: number(state.queue) })),
        plan.element, h('p', {}, t('training.question')), choices, answer);
    });
  }

  private async reveal(id: string, mine: string, decision: Decision, choices: HTMLElement, answer: HTMLElement): Promise<void> {
    const done = decision.wanted ?? decision.to;
    for (const button of choices.querySelectorAll('button')) button.disabled = true;
    this.asked++;
    if (mine === done) this.agreed++;
    const ask = () => this.scope.get<Explanation>(`/intersections/${encodeURIComponent(id)}/decisions/${decision.revision}`, { language: language() });
    await fetched(answer, ask, ({ text, explanation }) => put(answer,
      h('p', { class: 'verdict', 'data-same': mine === done }, t(mine === done ? 'training.same' : 'training.other', { mine, done: done ?? t('no-data') })),
      paragraphs(inLocalTime(text, explanation.second)), h('p', { class: 'muted' }, t('training.score', { agreed: this.agreed, asked: this.asked })),
      h('button', { type: 'button', class: 'button button-main', onclick: () => void this.next(id, decision.second + 20) }, t('training.next'))));
  }
}
