import { get, type Query } from '../api/client';

/** What lives as long as a view: requests, timers and listeners end with it. */
export class Scope {
  private readonly abort = new AbortController();
  private readonly endings: (() => void)[] = [];

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  get ended(): boolean {
    return this.abort.signal.aborted;
  }

  /** Asks the server; once the view has gone, its question is withdrawn and stays open: nobody is left to hear an answer or a failure. */
  get<T>(path: string, query: Query = {}): Promise<T> {
    return get<T>(path, query, this.signal).catch((error: unknown) => {
      if (this.ended) return new Promise<never>(() => undefined);
      throw error;
    });
  }

  every(milliseconds: number, act: () => void): void {
    const timer = window.setInterval(act, milliseconds);
    this.whenEnded(() => window.clearInterval(timer));
  }

  listen(target: EventTarget, type: string, act: (event: never) => void): void {
    target.addEventListener(type, act as EventListener, { signal: this.signal });
  }

  /** Draws before each frame of the screen, for as long as the page is seen. */
  eachFrame(draw: (now: number) => void): void {
    const next = (now: number): void => {
      if (this.ended) return;
      draw(now);
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  }

  whenEnded(act: () => void): void {
    this.endings.push(act);
  }

  end(): void {
    this.abort.abort();
    for (const act of this.endings.splice(0)) act();
  }
}
