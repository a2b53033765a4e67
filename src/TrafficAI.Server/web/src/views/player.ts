import type { HistoryEntry, States } from '../api/contract';
import type { Scope } from '../ui/scope';

const chunk = 300; // seconds that are fetched together
const most = 600; // moments that an answer may hold
const pause = 100; // milliseconds between two looks at the clock

/** Plays recorded seconds at a chosen speed; fetches them in pieces, one piece ahead. */
export class Player {
  second: number;
  speed = 1;
  playing = false;
  private readonly known = new Map<number, States>();
  private readonly asked = new Set<number>();
  private carried = 0;
  private last = 0;

  constructor(private readonly scope: Scope, readonly begin: number, private limit: number, start: number, private readonly show: (second: number, states: States | null) => void) {
    this.second = start;
    scope.every(pause, () => this.advance());
  }

  get end(): number {
    return this.limit;
  }

  set end(second: number) {
    this.limit = second;
  }

  play(on: boolean): void {
    this.playing = on;
    this.last = performance.now();
    this.carried = 0;
  }

  async jump(second: number): Promise<void> {
    this.second = Math.max(this.begin, Math.min(this.end, Math.round(second)));
    await this.fetch(this.second);
    this.show(this.second, this.at(this.second));
  }

  /** What is known of a second, or of the last one before it that was fetched. */
  at(second: number): States | null {
    for (let back = 0; back < 30; back++) {
      const states = this.known.get(second - back);
      if (states) return states;
    }
    return null;
  }

  private advance(): void {
    if (!this.playing) return;
    const now = performance.now();
    this.carried += ((now - this.last) / 1000) * this.speed;
    this.last = now;
    const steps = Math.floor(this.carried);
    if (steps < 1) return;
    const next = Math.min(this.end, this.second + steps);
    const states = this.at(next);
    for (const second of [next, next + chunk / 2]) void this.fetch(second).catch(() => undefined); // the next look asks again
    if (!states) return; // waits for the street to arrive
    this.carried -= steps;
    this.second = next;
    if (next >= this.end) this.playing = false;
    this.show(next, states);
  }

  private async fetch(second: number): Promise<void> {
    const from = Math.max(this.begin, Math.floor(second / chunk) * chunk);
    if (from > this.end || this.asked.has(from)) return;
    this.asked.add(from);
    const to = Math.min(this.end, from + chunk - 1);
    const step = Math.ceil((to - from + 1) / most);
    try {
      for (const entry of await this.scope.get<HistoryEntry[]>('/history', { from, to, step })) this.known.set(entry.second, entry.intersections);
      if (to - from + 1 < chunk) this.asked.delete(from); // the end of a street that goes on
      if (this.known.size > 6 * chunk) this.forget();
    } catch (error) {
      this.asked.delete(from);
      throw error;
    }
  }

  private forget(): void {
    for (const second of [...this.known.keys()].slice(0, chunk)) this.known.delete(second);
    this.asked.clear();
  }
}
