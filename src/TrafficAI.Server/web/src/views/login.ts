import { Problem, send } from '../api/client';
import { language, languageNames, languages, t, useLanguage } from '../i18n';
import { h, put } from '../ui/dom';
import { complaint } from '../ui/states';

/** Asks for name and password until the server takes them. */
export function login(root: HTMLElement, done: () => void): void {
  const user = h('input', { id: 'user', name: 'user', autocomplete: 'username', required: true, autofocus: true });
  const password = h('input', { id: 'password', name: 'password', type: 'password', autocomplete: 'current-password', required: true });
  const wrong = h('p', { class: 'field-error', role: 'alert' });
  const button = h('button', { class: 'button button-main' }, t('action.sign-in'));
  const form = h('form', { class: 'login-card' },
    h('img', { src: './favicon.svg', alt: '', width: 40, height: 40 }), h('h1', {}, 'TrafficAI'), h('p', { class: 'muted' }, t('login.lead')),
    h('label', { for: 'user' }, t('login.user')), user, h('label', { for: 'password' }, t('login.password')), password, wrong, button,
    h('p', { class: 'login-languages' }, languages.map((each) => h('button', {
      type: 'button', class: 'link', lang: each, 'aria-pressed': String(each === language()), onclick: () => void useLanguage(each).then(() => login(root, done)),
    }, languageNames[each]))));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    button.disabled = true;
    send('POST', '/session', { user: user.value, password: password.value }).then(done, (error: unknown) => {
      button.disabled = false;
      put(wrong, error instanceof Problem && error.status === 401 ? t('login.wrong') : complaint(error));
      password.select();
    });
  });
  document.title = `${t('action.sign-in')} · TrafficAI`;
  put(root, h('main', { class: 'login' }, form));
  user.focus();
}
