import { send } from '../api/client';
import type { SafetyChange } from '../api/contract';
import type { Context } from '../app/context';
import { nameOf, t, word } from '../i18n';
import { h, put } from '../ui/dom';
import { clock } from '../ui/format';
import type { Scope } from '../ui/scope';
import { complaint, empty, fetched } from '../ui/states';

/** Changes of safety data: one engineer proposes, another approves. */
export class SafetyChanges {
  readonly element = h('section', { class: 'card safety' });
  private readonly list = h('div', {});
  private readonly said = h('p', { class: 'field-error', role: 'alert' });

  constructor(private readonly context: Context, private readonly scope: Scope) {
    put(this.element, h('h2', {}, t('safety.title')), h('p', { class: 'muted' }, t('safety.lead')), this.list, this.form(), this.said);
    void this.load();
  }

  private load(): Promise<void> {
    return fetched(this.list, () => this.scope.get<SafetyChange[]>('/safety-changes'), (changes) => put(this.list, changes.length === 0 ? empty(t('safety.none')) : h('ul', { class: 'changes' }, changes.map((change) => this.show(change)))));
  }

  private show(change: SafetyChange): HTMLElement {
    const mine = change.proposedBy === this.context.session.user;
    const approve = (): void => void send('POST', `/safety-changes/${encodeURIComponent(change.id)}/approve`).then(() => this.load(), (error: unknown) => put(this.said, complaint(error)));
    return h('li', {}, h('p', {}, h('b', {}, nameOf(this.context.entries.get(change.intersection)?.name, change.intersection)), ` ${change.change} `, h('span', { class: 'badge' }, word('safety', change.state))),
      h('p', { class: 'muted small' }, t('safety.by', { who: change.proposedBy, time: clock(change.second), reason: change.reason }), change.approvedBy ? ` ${t('safety.approved-by', { who: change.approvedBy })}` : ''),
      change.state === 'proposed' && (mine ? h('p', { class: 'muted small' }, t('safety.four-eyes')) : h('button', { type: 'button', class: 'button', onclick: approve }, t('safety.approve'))));
  }

  private form(): HTMLElement {
    const one = h('select', { id: 'safety-one' }, [...this.context.entries.values()].map((entry) => h('option', { value: entry.id }, nameOf(entry.name, entry.id))));
    const change = h('input', { id: 'safety-change', required: true, maxlength: 200 });
    const reason = h('input', { id: 'safety-reason', required: true, minlength: 10, maxlength: 500 });
    const form = h('form', { class: 'form form-row' }, field('safety-one', t('word.intersection'), one), field('safety-change', t('safety.change'), change), field('safety-reason', t('override.reason'), reason), h('button', { class: 'button' }, t('safety.propose')));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      put(this.said);
      send('POST', '/safety-changes', { intersection: one.value, change: change.value, reason: reason.value }).then(() => { form.reset(); return this.load(); }, (error: unknown) => put(this.said, complaint(error)));
    });
    return form;
  }
}

function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return h('div', { class: 'field' }, h('label', { for: id }, label), control);
}
