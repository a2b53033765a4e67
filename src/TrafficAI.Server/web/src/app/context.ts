import type { IntersectionEntry, Role, Session, Site } from '../api/contract';
import type { Feed } from '../api/live';
import type { Scope } from '../ui/scope';

/** What every view may use. */
export interface Context {
  site: Site;
  session: Session;
  feed: Feed;
  entries: Map<string, IntersectionEntry>;
}

/** What stands behind # in the address. */
export interface Route {
  view: string;
  id: string | null;
  query: URLSearchParams;
}

/** Fills a place; whatever it starts ends with the scope. */
export type View = (place: HTMLElement, context: Context, scope: Scope, route: Route) => void | Promise<void>;

const rank: readonly Role[] = ['viewer', 'engineer', 'operator', 'administrator'];

export function may(session: Session, role: Role): boolean {
  return rank.indexOf(session.role) >= rank.indexOf(role);
}

export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [view = '', id] = path.split('/');
  return { view: view || 'city', id: id ? decodeURIComponent(id) : null, query: new URLSearchParams(query) };
}

export function linkTo(view: string, id?: string | null, query: Record<string, string | number> = {}): string {
  const text = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  return `#/${view}${id ? `/${encodeURIComponent(id)}` : ''}${text ? `?${text}` : ''}`;
}
