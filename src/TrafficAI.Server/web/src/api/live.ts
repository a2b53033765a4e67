import { address, get } from './client';
import type { Alarm, Decision, HistoryEntry, Site, StateEvent, States } from './contract';

export type FeedStatus = 'connecting' | 'live' | 'stale' | 'recorded';

/** Without an event for this long, what is shown may no longer be true. */
const staleAfter = 3_000;

/** The newest known state of every intersection: pushed by the server, or of a chosen second of a record. */
export class Feed {
  readonly states: States = {};
  second: number | null = null;
  status: FeedStatus = 'connecting';
  readonly alarms: Alarm[] = [];

  private readonly watchers = new Set<(changed: States) => void>();
  private readonly deciders = new Set<(decision: Decision & { intersection: string }) => void>();
  private readonly alarmWatchers = new Set<(alarm: Alarm) => void>();
  private readonly statusWatchers = new Set<() => void>();
  private source: EventSource | null = null;
  private lastHeard = 0;
  private watchdog = 0;
  private recheck = 0;

  start(site: Site): void {
    if (!site.live) {
      this.setStatus('recorded');
      void this.showMoment(site.end);
      return;
    }
    this.lastHeard = performance.now();
    this.watchdog = window.setInterval(() => {
      if (performance.now() - this.lastHeard > staleAfter) this.setStatus('stale');
    }, 500);
    window.clearInterval(this.recheck);
    this.recheck = window.setInterval(() => { if (this.status === 'stale') void this.lookForEnd(site); }, 5_000);
    this.source = new EventSource(address('/live'));
    this.source.addEventListener('state', (event) => this.take(JSON.parse((event as MessageEvent<string>).data) as StateEvent));
    this.source.addEventListener('decided', (event) => {
      const decision = JSON.parse((event as MessageEvent<string>).data) as Decision & { intersection: string };
      for (const tell of this.deciders) tell(decision);
    });
    this.source.addEventListener('alarm', (event) => {
      const alarm = JSON.parse((event as MessageEvent<string>).data) as Alarm;
      this.alarms.unshift(alarm);
      for (const tell of this.alarmWatchers) tell(alarm);
    });
  }

  stop(): void {
    this.source?.close();
    window.clearInterval(this.watchdog);
    window.clearInterval(this.recheck);
  }

  /** A street that has fallen silent may have ended: then what is left is its record. */
  private async lookForEnd(site: Site): Promise<void> {
    const now = await get<Site>('/site').catch(() => null);
    if (!now || now.live) return;
    Object.assign(site, now);
    this.stop();
    this.source = null;
    this.start(site);
  }

  /** Shows a second of the record. */
  async showMoment(second: number, known?: States): Promise<void> {
    const states = known ?? (await get<HistoryEntry[]>('/history', { from: second, to: second, step: 1 }))[0]?.intersections;
    if (states) this.publish(second, states);
  }

  /** Seconds since the last event; 0 for a record. */
  silence(): number {
    return this.source ? Math.floor((performance.now() - this.lastHeard) / 1000) : 0;
  }

  onStates(act: (changed: States) => void): () => void {
    this.watchers.add(act);
    return () => this.watchers.delete(act);
  }

  onDecided(act: (decision: Decision & { intersection: string }) => void): () => void {
    this.deciders.add(act);
    return () => this.deciders.delete(act);
  }

  onAlarm(act: (alarm: Alarm) => void): () => void {
    this.alarmWatchers.add(act);
    return () => this.alarmWatchers.delete(act);
  }

  onStatus(act: () => void): () => void {
    this.statusWatchers.add(act);
    return () => this.statusWatchers.delete(act);
  }

  private take(event: StateEvent): void {
    this.lastHeard = performance.now();
    this.setStatus('live');
    this.publish(event.second, event.intersections);
  }

  private publish(second: number, states: States): void {
    this.second = second;
    Object.assign(this.states, states);
    for (const tell of this.watchers) tell(states);
  }

  private setStatus(status: FeedStatus): void {
    if (status === this.status) return;
    this.status = status;
    for (const tell of this.statusWatchers) tell();
  }
}
