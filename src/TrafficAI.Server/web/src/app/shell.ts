import { send } from '../api/client';
import type { Language } from '../api/contract';
import { language, languageNames, languages, shortNames, nameOf, t, useLanguage, word, type Key } from '../i18n';
import { h, put, say } from '../ui/dom';
import { clock } from '../ui/format';
import { Scope } from '../ui/scope';
import { empty, failure, loading } from '../ui/states';
import { Announcer } from './announcer';
import { linkTo, routeOf, type Context, type View } from './context';
import { listenToKeys, showKeys } from './keys';
import { setTheme, theme } from './theme';
import { Wall, wallPace } from './wall';

/** Views by name, in the order of the tabs; each is loaded when first asked for. */
export const views: Record<string, { title: Key; load: () => Promise<View> }> = {
  city: { title: 'nav.city', load: async () => (await import('../views/city')).city },
  corridor: { title: 'nav.corridor', load: async () => (await import('../views/corridor')).corridor },
  intersection: { title: 'nav.intersection', load: async () => (await import('../views/intersection')).intersection },
  replay: { title: 'nav.replay', load: async () => (await import('../views/replay')).replay },
  reports: { title: 'nav.reports', load: async () => (await import('../views/reports')).reports },
  health: { title: 'nav.health', load: async () => (await import('../views/health')).health },
};

/** Header, tabs and the place of the view. */
export class Shell {
  private readonly scope = new Scope();
  private viewScope: Scope | null = null;
  private readonly main = h('main', { id: 'main', tabindex: -1 });
  private readonly time = h('time', { class: 'header-time' });
  private readonly status = h('span', { class: 'status' });
  private readonly banner = h('div', { class: 'banner', hidden: true });
  private readonly alarms = h('span', { class: 'alarms', hidden: true });
  private readonly news = new Announcer('status', this.scope);
  private readonly urgent = new Announcer('alert', this.scope);
  private readonly wall: Wall;
  private wasStale = false;
  private seen = false;

  constructor(private readonly root: HTMLElement, private readonly context: Context, private readonly whenSignedOut: () => void) {
    this.wall = new Wall(context, this.scope);
    this.draw();
    this.scope.whenEnded(context.feed.onStates(() => this.tick()));
    this.scope.whenEnded(context.feed.onStatus(() => { this.tick(); this.tellStatus(); }));
    this.scope.whenEnded(context.feed.onAlarm(({ intersection, text }) => this.urgent.tell(`${t('intersection.alarm')}: ${nameOf(context.entries.get(intersection)?.name, intersection)}: ${text}.`)));
    this.scope.every(1000, () => this.tick());
    this.scope.listen(window, 'hashchange', () => void this.show());
    listenToKeys(this.scope, () => setTimeout(() => this.wall.begin(wallPace)));
    const pace = Number(routeOf(location.hash).query.get('wall'));
    if (pace >= 1) this.wall.begin(pace);
    void this.show();
  }

  end(): void {
    this.viewScope?.end();
    this.scope.end();
  }

  private draw(): void {
    const { site } = this.context;
    const skip = h('button', { type: 'button', class: 'skip', onclick: () => this.main.focus() }, t('nav.skip'));
    const tabs = Object.entries(views).map(([name, { title }]) => h('a', { href: linkTo(name), 'data-view': name }, t(title), name === 'health' && this.alarms));
    put(this.root, skip,
      h('header', { class: 'header' },
        h('a', { class: 'brand', href: linkTo('city'), title: `TrafficAI ${site.build}` }, h('img', { src: './favicon.svg', alt: '', width: 22, height: 22 }), h('span', {}, nameOf(site.name, 'TrafficAI'))),
        h('nav', { class: 'tabs', 'aria-label': t('nav.label') }, tabs),
        h('div', { class: 'header-end' }, this.status, this.time, this.languageChoice(), this.themeSwitch(), this.userMenu())),
      this.banner, this.main, this.news.element, this.urgent.element);
    this.tick();
  }

  private languageChoice(): HTMLElement {
    const choice = h('select', { class: 'quiet', 'aria-label': t('header.language') },
      languages.map((each) => h('option', { value: each, selected: each === language(), lang: each, title: languageNames[each] }, shortNames[each])));
    choice.addEventListener('change', () => void useLanguage(choice.value as Language).then(() => { this.draw(); void this.show(); }));
    return choice;
  }

  private themeSwitch(): HTMLElement {
    const button = h('button', { type: 'button', class: 'quiet', id: 'theme-switch' });
    const label = (): void => {
      say(button, theme() === 'dark' ? '☀' : '☾');
      button.setAttribute('aria-label', t(theme() === 'dark' ? 'header.light' : 'header.dark'));
      button.title = button.getAttribute('aria-label') ?? '';
    };
    button.addEventListener('click', () => { setTheme(theme() === 'dark' ? 'light' : 'dark'); label(); });
    label();
    return button;
  }

  private userMenu(): HTMLElement {
    const { session } = this.context;
    const leave = async (): Promise<void> => {
      await send('DELETE', '/session').catch(() => undefined);
      this.whenSignedOut();
    };
    return h('details', { class: 'menu' },
      h('summary', { class: 'quiet', title: session.user }, h('span', { class: 'role' }, word('role', session.role))),
      h('div', { class: 'menu-body' },
        h('p', {}, session.user, h('br'), h('small', {}, word('role', session.role), session.areas?.length ? ` · ${session.areas.join(', ')}` : '')),
        h('button', { type: 'button', class: 'button', onclick: () => showKeys() }, t('keys.title')),
        h('button', { type: 'button', class: 'button', onclick: () => this.wall.begin(wallPace) }, t('keys.wall')),
        h('button', { type: 'button', class: 'button', onclick: () => void leave() }, t('action.sign-out'))));
  }

  private tick(): void {
    const { feed } = this.context;
    say(this.time, clock(feed.second));
    this.time.title = t('header.time');
    this.status.dataset.status = feed.status;
    const silence = feed.silence();
    say(this.status, t(`feed.${feed.status}`));
    this.banner.hidden = feed.status !== 'stale';
    if (feed.status === 'stale') say(this.banner, t('feed.stale-why', { seconds: silence, time: clock(feed.second) }));
    document.documentElement.dataset.feed = feed.status;
    const alarms = Object.values(feed.states).filter((state) => state.alarm).length;
    this.alarms.hidden = alarms === 0;
    say(this.alarms, String(alarms));
    this.alarms.title = t('health.alarms');
  }

  /** Once when the street falls silent, and once when it speaks again. */
  private tellStatus(): void {
    const { feed } = this.context;
    const stale = feed.status === 'stale';
    if (stale) this.news.tell(t('feed.stale-why', { seconds: feed.silence(), time: clock(feed.second) }));
    else if (this.wasStale) this.news.tell(t(`feed.${feed.status}`));
    this.wasStale = stale;
  }

  private async show(): Promise<void> {
    const route = routeOf(location.hash);
    this.viewScope?.end();
    const scope = (this.viewScope = new Scope());
    for (const tab of this.root.querySelectorAll('nav a')) {
      if ((tab as HTMLElement).dataset.view === route.view) {
        tab.setAttribute('aria-current', 'page');
        tab.scrollIntoView({ inline: 'center', block: 'nearest' });
      } else tab.removeAttribute('aria-current');
    }

    const known = views[route.view];
    document.title = `${known ? t(known.title) : t('state.not-found')} · TrafficAI`;
    if (!known) return put(this.main, h('h1', {}, t('state.not-found')), empty(t('state.no-view'), h('a', { class: 'button', href: linkTo('city') }, t('nav.city'))));
    this.main.className = `view view-${route.view}`;
    put(this.main, loading());
    try {
      const view = await known.load();
      if (scope.ended) return;
      put(this.main);
      await view(this.main, this.context, scope, route);
      if (this.seen && document.activeElement === document.body) this.main.focus({ preventScroll: true }); // the link that led here is gone
      this.seen = true;
    } catch (error) {
      if (!scope.ended) put(this.main, failure(error, () => void this.show()));
    }
  }
}
