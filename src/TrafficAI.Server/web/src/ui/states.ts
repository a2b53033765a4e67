import { Problem } from '../api/client';
import { t } from '../i18n';
import { h, put, type Child } from './dom';

/** A place where something is awaited. */
export function loading(): HTMLElement {
  return h('p', { class: 'notice', role: 'status' }, h('span', { class: 'spinner', 'aria-hidden': 'true' }), t('state.loading'));
}

/** Nothing to show, and why. */
export function empty(why: string, ...more: Child[]): HTMLElement {
  return h('div', { class: 'notice' }, h('p', {}, why), more);
}

/** What went wrong, and what to do next. */
export function failure(error: unknown, again?: () => void): HTMLElement {
  const { title, detail } = words(error);
  return h('div', { class: 'notice notice-bad', role: 'alert' },
    h('h2', {}, title), h('p', {}, detail),
    again && h('button', { type: 'button', class: 'button', onclick: again }, t('action.retry')));
}

/** One line for a form: what was refused and what to do. */
export function complaint(error: unknown): string {
  const { title, detail } = words(error);
  return `${title} ${detail}`.trim();
}

function words(error: unknown): { title: string; detail: string } {
  if (!(error instanceof Problem)) return { title: t('state.broken'), detail: error instanceof Error ? error.message : String(error) };
  const said = [error.detail, error.next].filter(Boolean).join(' ');
  switch (error.status) {
    case 0: return { title: t('state.unreachable'), detail: t('state.unreachable-next') };
    case 403: return { title: t('state.forbidden'), detail: said || t('state.forbidden-next') };
    case 404: return { title: t('state.not-found'), detail: said || t('state.not-found-next') };
    default: return { title: `${error.message}.`.replace('..', '.'), detail: said };
  }
}

/** Shows that something is awaited, then what came of it, or what went wrong with a way to try again. */
export async function fetched<T>(place: Element, ask: () => Promise<T>, show: (value: T) => void): Promise<void> {
  put(place, loading());
  try {
    const value = await ask();
    if (!place.isConnected) return;
    put(place);
    show(value);
  } catch (error) {
    put(place, failure(error, () => void fetched(place, ask, show)));
  }
}
