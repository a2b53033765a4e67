import { t } from '../i18n';
import { h, say } from '../ui/dom';
import type { Scope } from '../ui/scope';

const between = 5_000; // milliseconds between two announcements
const most = 3; // that are read out together

/** Tells readers of the screen what others see: no more often than one can listen, the newest first, and how many more there were. */
export class Announcer {
  readonly element: HTMLElement;
  private waiting: string[] = [];
  private free = 0;

  /** @param role `status` waits for a pause of the reader, `alert` does not */
  constructor(role: 'status' | 'alert', scope: Scope) {
    this.element = h('p', { class: 'sr', role });
    scope.every(between / 5, () => this.speak());
  }

  tell(text: string): void {
    this.waiting.unshift(text);
    this.speak();
  }

  private speak(): void {
    const now = performance.now();
    if (this.waiting.length === 0 || now < this.free) return;
    const more = this.waiting.length - most;
    say(this.element, this.waiting.slice(0, most).concat(more > 0 ? [t('announce.more', { count: more })] : []).join(' '));
    this.waiting = [];
    this.free = now + between;
  }
}
