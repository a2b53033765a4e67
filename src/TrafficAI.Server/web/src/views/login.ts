import { address, get, Problem, send } from '../api/client';
import type { Session } from '../api/contract';
import { language, languageNames, languages, t, useLanguage } from '../i18n';
import { h, put } from '../ui/dom';
import { complaint } from '../ui/states';

const tooMany = 429;

/** Asks for name and password until the server takes them, or leads to where the organisation asks. */
export function login(root: HTMLElement, done: () => void): void {
  const user = h('input', { id: 'user', name: 'user', autocomplete: 'username', required: true, autofocus: true });
  const password = h('input', { id: 'password', name: 'password', type: 'password', autocomplete: 'current-password', required: true });
  const wrong = h('p', { class: 'field-error', role: 'alert' });
  const button = h('button', { class: 'button button-main' }, t('action.sign-in'));
  const own = h('div', { class: 'login-own' }, h('label', { for: 'user' }, t('login.user')), user, h('label', { for: 'password' }, t('login.password')), password, button);
  const form = h('form', { class: 'login-card' },
    h('img', { src: './favicon.svg', alt: '', width: 40, height: 40 }), h('h1', {}, 'TrafficAI'), h('p', { class: 'muted' }, t('login.lead')),
    own, wrong, organisation(own),
    h('p', { class: 'login-languages' }, languages.map((each) => h('button', {
      type: 'button', class: 'link', lang: each, 'aria-pressed': String(each === language()), onclick: () => void useLanguage(each).then(() => login(root, done)),
    }, languageNames[each]))));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    button.disabled = true;
    send('POST', '/session', { user: user.value, password: password.value }).then(done, (error: unknown) => {
      button.disabled = false;
      put(wrong, said(error));
      password.select();
    });
  });
  if (cameBackRefused()) put(wrong, t('login.organisation-failed'));
  document.title = `${t('action.sign-in')} · TrafficAI`;
  put(root, h('main', { class: 'login' }, form));
  user.focus();
}

/** Whether the organisation's directory has just let nobody in; told once. */
function cameBackRefused(): boolean {
  const refused = new URLSearchParams(location.search).get('login') === 'failed';
  if (refused) history.replaceState(null, '', location.pathname + location.hash);
  return refused;
}

function said(error: unknown): string {
  if (!(error instanceof Problem)) return complaint(error);
  return error.status === 401 ? t('login.wrong') : error.status === tooMany ? t('login.locked') : complaint(error);
}

/** A way in by the organisation's own directory, where the server knows one; it may be the only one. */
function organisation(own: HTMLElement): HTMLElement {
  const place = h('div', { class: 'login-organisation' });
  void waysIn().then((ways) => {
    if (!ways.includes('oidc')) return;
    own.hidden = !ways.includes('password');
    put(place, !own.hidden && h('p', { class: 'muted' }, t('login.or')), h('a', { class: `button${own.hidden ? ' button-main' : ''}`, href: address('/session/oidc') }, t('login.organisation')));
  });
  return place;
}

/** What the server says of ways to sign in, with the refusal of a session. */
async function waysIn(): Promise<readonly string[]> {
  return get<Session>('/session').then(() => [], (error: unknown) => (error instanceof Problem ? error.ways : []));
}
