import type { Scope } from '../ui/scope';
import { linkTo, type Context } from './context';

/** Seconds that a view stays. */
export const wallPace = 20;

/** Views one after the other in large type, on a wall that nobody sits before; any key or click ends it. */
export class Wall {
  private timer = 0;
  private shown = 0;

  constructor(private readonly context: Context, scope: Scope) {
    for (const sign of ['keydown', 'pointerdown']) scope.listen(document, sign, (event: Event) => { if (this.timer) event.stopImmediatePropagation(); this.end(); });
    scope.whenEnded(() => this.end());
  }

  begin(seconds: number): void {
    if (this.timer) return;
    this.timer = window.setInterval(() => this.next(), seconds * 1000);
    this.dress(true);
    void document.documentElement.requestFullscreen?.().catch(() => undefined); // only after a key or click, and only where it may
  }

  private end(): void {
    if (!this.timer) return;
    window.clearInterval(this.timer);
    this.timer = 0;
    this.dress(false);
    if (document.fullscreenElement) void document.exitFullscreen();
  }

  private next(): void {
    const stops = [linkTo('city'), ...this.context.site.corridors.map(({ id }) => linkTo('corridor', id)), linkTo('intersection'), linkTo('health')];
    this.shown = (this.shown + 1) % stops.length;
    location.hash = stops[this.shown] as string;
  }

  /** Drawings learn of the new size of type as of a new theme. */
  private dress(on: boolean): void {
    document.documentElement.toggleAttribute('data-wall', on);
    window.dispatchEvent(new Event('themechange'));
    window.dispatchEvent(new Event('resize'));
  }
}
