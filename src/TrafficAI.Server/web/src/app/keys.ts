import { t, type Key } from '../i18n';
import { h } from '../ui/dom';
import type { Scope } from '../ui/scope';

/** What a key does, for the list that ? opens. Those of a view are handled there. */
const list: readonly (readonly [string, Key])[] = [
  ['1 … 6', 'keys.tabs'],
  ['/', 'keys.search'],
  ['Space', 'keys.play'],
  ['← →', 'keys.step'],
  ['w', 'keys.wall'],
  ['Esc', 'keys.close'],
  ['?', 'keys.help'],
];

const order = ['city', 'corridor', 'intersection', 'replay', 'reports', 'health'];

/** @param wall what the key for a wall does */
export function listenToKeys(scope: Scope, wall: () => void): void {
  scope.listen(document, 'keydown', (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const tab = order[Number(event.key) - 1];
    if (tab) location.hash = `#/${tab}`;
    else if (event.key === '?') showKeys();
    else if (event.key === '/') focusSearch(event);
    else if (event.key === 'w') wall();
  });
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

function focusSearch(event: KeyboardEvent): void {
  const search = document.querySelector<HTMLInputElement>('input[type=search]');
  if (!search) return;
  event.preventDefault();
  search.closest('details')?.setAttribute('open', '');
  search.focus();
}

export function showKeys(): void {
  const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'keys-title' },
    h('h2', { id: 'keys-title' }, t('keys.title')),
    h('dl', { class: 'keys' }, list.map(([key, what]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, t(what))])),
    h('form', { method: 'dialog' }, h('button', { class: 'button' }, t('action.close'))));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
