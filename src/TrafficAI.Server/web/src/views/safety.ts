import { send } from '../api/client';
import type { Geometry, SafetyChange } from '../api/contract';
import { may, type Context } from '../app/context';
import { geometryOf } from '../draw/lanes';
import { nameOf, t, word } from '../i18n';
import { h, put } from '../ui/dom';
import { number, wallClock } from '../ui/format';
import type { Scope } from '../ui/scope';
import { complaint, empty, fetched } from '../ui/states';

/** What may be changed, and how many signal groups it names. */
const kinds = { minimumGreen: 1, crossingWidth: 1, intergreen: 2, maximumRed: 0 } as const;
type Kind = keyof typeof kinds;

/** Changes of safety data: one engineer proposes, another approves. */
export class SafetyChanges {
  readonly element = h('section', { class: 'card safety' });
  private readonly list = h('div', {});
  private readonly said = h('p', { class: 'field-error', role: 'alert' });

  constructor(private readonly context: Context, private readonly scope: Scope) {
    put(this.element, h('h2', {}, t('safety.title')), h('p', { class: 'muted' }, t('safety.lead')), this.list, may(context.session, 'engineer') && this.form(), this.said);
    void this.load();
  }

  private load(): Promise<void> {
    return fetched(this.list, () => this.scope.get<SafetyChange[]>('/safety-changes'), (changes) => put(this.list, changes.length === 0 ? empty(t('safety.none')) : h('ul', { class: 'changes' }, [...changes].reverse().map((change) => this.show(change)))));
  }

  private show({ id, change, proposedBy, proposedAt, approvedBy }: SafetyChange): HTMLElement {
    const { session, entries } = this.context;
    const approve = (): void => void send('POST', `/safety-changes/${encodeURIComponent(id)}/approve`).then(() => this.load(), (error: unknown) => put(this.said, complaint(error)));
    const groups = [change.group, change.to].filter((group) => group !== null).join(' → ');
    const open = approvedBy === null && may(session, 'engineer');
    return h('li', {}, h('p', {}, h('b', {}, nameOf(entries.get(change.intersection)?.name, change.intersection)), ` ${word('safety', change.what)} ${groups}: ${number(change.value, Number.isInteger(change.value) ? 0 : 1)} `, h('span', { class: 'badge' }, approvedBy === null ? t('safety.proposed') : t('safety.approved'))),
      h('p', { class: 'muted small' }, t('safety.by', { who: proposedBy, time: wallClock(proposedAt), reason: change.reason }), approvedBy === null ? '' : ` ${t('safety.approved-by', { who: approvedBy })}`),
      open && (proposedBy === session.user ? h('p', { class: 'muted small' }, t('safety.four-eyes')) : h('button', { type: 'button', class: 'button', onclick: approve }, t('safety.approve'))));
  }

  private form(): HTMLElement {
    const one = h('select', { id: 'safety-one' }, [...this.context.entries.values()].map((entry) => h('option', { value: entry.id }, nameOf(entry.name, entry.id))));
    const what = h('select', { id: 'safety-what' }, Object.keys(kinds).map((kind) => h('option', { value: kind }, word('safety', kind))));
    const group = h('select', { id: 'safety-group' });
    const to = h('select', { id: 'safety-to' });
    const value = h('input', { id: 'safety-value', type: 'number', min: 0, step: 'any', required: true, size: 5 });
    const reason = h('input', { id: 'safety-reason', required: true, minlength: 10, maxlength: 500 });
    const [groupField, toField] = [field('safety-group', t('safety.group'), group), field('safety-to', t('safety.to'), to)];
    const named = (): number => kinds[what.value as Kind];
    const arrange = (): void => {
      groupField.hidden = named() < 1;
      toField.hidden = named() < 2;
    };
    const fill = (geometry: Geometry): void => { for (const choice of [group, to]) put(choice, geometry.groups.map((each) => h('option', { value: each.index }, `${each.index} · ${each.label} · ${word('group', each.kind)}`))); };
    const ask = (): void => void geometryOf(one.value, this.scope).then(fill, (error: unknown) => put(this.said, complaint(error)));
    one.addEventListener('change', ask);
    what.addEventListener('change', arrange);
    if (one.value) ask();
    arrange();
    const form = h('form', { class: 'form form-row' }, field('safety-one', t('word.intersection'), one), field('safety-what', t('safety.change'), what), groupField, toField, field('safety-value', t('safety.value'), value), field('safety-reason', t('override.reason'), reason), h('button', { class: 'button' }, t('safety.propose')));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      put(this.said);
      const change = { intersection: one.value, what: what.value, group: named() < 1 ? null : Number(group.value), to: named() < 2 ? null : Number(to.value), value: Number(value.value), reason: reason.value.trim() };
      send('POST', '/safety-changes', change).then(() => { value.value = reason.value = ''; return this.load(); }, (error: unknown) => put(this.said, complaint(error)));
    });
    return form;
  }
}

function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return h('div', { class: 'field' }, h('label', { for: id }, label), control);
}
