import '../styles/base.css';
import '../styles/shell.css';
import '../styles/parts.css';
import '../styles/views.css';
import '../styles/print.css';
import { get, onSignedOut, Problem } from '../api/client';
import type { IntersectionEntry, Session, Site } from '../api/contract';
import { Feed } from '../api/live';
import { preferredLanguage, useLanguage } from '../i18n';
import { put } from '../ui/dom';
import { useDates } from '../ui/format';
import { failure, loading } from '../ui/states';
import { login } from '../views/login';
import { routeOf, type Context } from './context';
import { Shell, views } from './shell';

const root = document.getElementById('app') as HTMLElement;
let feed: Feed | null = null;
let shell: Shell | null = null;

function leave(): void {
  feed?.stop();
  shell?.end();
  feed = shell = null;
}

/** Once, however many requests were refused together. */
function showLogin(): void {
  leave();
  if (root.querySelector('.login')) return;
  login(root, () => void begin());
}

async function begin(): Promise<void> {
  put(root, loading());
  try {
    const ahead = views[routeOf(location.hash).view]?.load().catch(() => undefined);
    const [session, site, entries] = await Promise.all([get<Session>('/session'), get<Site>('/site'), get<IntersectionEntry[]>('/intersections'), ahead]);
    useDates(site);
    feed = new Feed();
    const context: Context = { site, session, feed, entries: new Map(entries.map((entry) => [entry.id, entry])) };
    feed.start(site);
    shell = new Shell(root, context, showLogin);
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return showLogin();
    put(root, failure(error, () => void begin()));
  }
}

onSignedOut(showLogin);
await useLanguage(preferredLanguage());
await begin();
