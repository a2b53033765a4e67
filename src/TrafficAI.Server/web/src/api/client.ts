const base = 'api/v1';

/** What the server says went wrong, and what to do next. Status 0: no answer came. */
export class Problem extends Error {
  readonly status: number;
  readonly detail: string;
  readonly next: string;
  /** How one may sign in, where nobody is: `password`, `oidc`. */
  readonly ways: readonly string[];

  constructor(status: number, title: string, detail = '', next = '', ways: readonly string[] = []) {
    super(title);
    this.ways = ways;
    this.status = status;
    this.detail = detail;
    this.next = next;
  }
}

export type Query = Record<string, string | number | null | undefined>;

let whenSignedOut: () => void = () => undefined;

/** Called when the server no longer knows the session. */
export function onSignedOut(act: () => void): void {
  whenSignedOut = act;
}

export function address(path: string, query: Query = {}): string {
  const known = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const text = new URLSearchParams(known.map(([name, value]) => [name, String(value)])).toString();
  return `${base}${path}${text ? `?${text}` : ''}`;
}

export function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return call<T>('GET', address(path, query), undefined, signal);
}

export function send<T>(method: 'POST' | 'DELETE', path: string, body: unknown = {}): Promise<T> {
  return call<T>(method, address(path), body);
}

async function call<T>(method: string, url: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await fetch(url, {
    method, signal, credentials: 'same-origin',
    headers: method === 'GET' ? { Accept: 'application/json' } : { 'Accept': 'application/json', 'Content-Type': 'application/json', 'X-CSRF': '1' },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new Problem(0, String((error as Error).message));
  });
  if (!response.ok) throw await problemOf(response, method);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

async function problemOf(response: Response, method: string): Promise<Problem> {
  if (response.status === 401 && !(response.url.endsWith('/session') && method !== 'DELETE')) whenSignedOut();
  const said = (await response.json().catch(() => ({}))) as { title?: string; detail?: string; next?: string; ways?: string[] };
  return new Problem(response.status, said.title ?? response.statusText, said.detail, said.next, said.ways);
}
