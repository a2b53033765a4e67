import type { States } from '../api/contract';
import { linkTo, type View } from '../app/context';
import { isTyping } from '../app/keys';
import { geometriesOf } from '../draw/lanes';
import type { Network } from '../draw/map';
import { nameOf, t } from '../i18n';
import { h, put, say } from '../ui/dom';
import { clock, number } from '../ui/format';
import { legend } from '../ui/legend';
import { complaint, empty } from '../ui/states';
import { Player } from './player';
import { Training } from './training';
import { WhatIf } from './whatif';

const speeds = [1, 5, 20, 60];

/** The recorded day again: slider, play, what another strategy would have done, and training. */
export const replay: View = async (place, context, scope) => {
  const { site, feed, entries } = context;
  if (site.end <= site.begin) return put(place, empty(t('replay.nothing')));
  const end = site.live && feed.second !== null ? feed.second - 1 : site.end; // the log may be a second behind the stream
  const start = site.live ? Math.max(site.begin, end - 300) : (feed.second ?? end) >= end ? Math.max(site.begin, Math.floor((site.begin + end) / 2)) : (feed.second ?? end);
  const canvas = h('div', { class: 'map', role: 'region', 'aria-label': t('map.label') });
  const slider = h('input', { type: 'range', class: 'timeline', min: site.begin, max: end, value: start, step: 1, 'aria-label': t('replay.moment') });
  const time = h('output', { class: 'replay-time' }, clock(start));
  const play = h('button', { type: 'button', class: 'button button-main', id: 'play' }, t('replay.play'));
  const speed = h('select', { 'aria-label': t('replay.speed') }, speeds.map((each) => h('option', { value: each, selected: each === 5 }, `${each}×`)));
  const figures = h('p', { class: 'replay-figures muted', role: 'status' });
  const error = h('p', { class: 'field-error', role: 'alert' });
  put(place,
    h('div', { class: 'replay-stage' }, h('h1', { class: 'sr' }, t('nav.replay')), h('div', { class: 'replay-map' }, canvas, legend()),
      h('div', { class: 'transport' }, play, speed, time, slider, h('span', { class: 'muted ends' }, `${clock(site.begin)} – ${clock(end)}`)), figures, error),
    h('div', { class: 'replay-side' }));

  const shown: States = {};
  const drawing = await import('../draw/map');
  const network = await scope.get<Network>('/network');
  if (scope.ended) return;
  const map = drawing.canDrawMaps()
    ? new drawing.CityMap(canvas, network, entries, (id) => (location.hash = linkTo('intersection', id, { at: player.second })), (id) => `${nameOf(entries.get(id)?.name, id)}\n${t('city.tip', { delay: number(shown[id]?.delay), queue: number(shown[id]?.queue) })}`)
    : null;
  if (!map) put(canvas, empty(t('map.no-webgl')));
  const show = (second: number, states: States | null): void => {
    say(time, clock(second));
    slider.value = String(second);
    slider.setAttribute('aria-valuetext', clock(second));
    say(play, t(player.playing ? 'replay.pause' : 'replay.play'));
    if (!states) return say(figures, t('replay.gap'));
    Object.assign(shown, states);
    if (map) void map.update(states);
    if (!site.live) void feed.showMoment(second, states);
    say(figures, sentence(Object.values(states)));
  };
  const player = new Player(scope, site.begin, end, start, show);
  player.speed = 5;
  const toggle = (): void => {
    player.play(!player.playing);
    say(play, t(player.playing ? 'replay.pause' : 'replay.play'));
  };
  const jump = (second: number): void => void player.jump(second).then(() => put(error), (problem: unknown) => put(error, complaint(problem)));
  play.addEventListener('click', toggle);
  speed.addEventListener('change', () => (player.speed = Number(speed.value)));
  slider.addEventListener('input', () => say(time, clock(Number(slider.value))));
  slider.addEventListener('change', () => jump(Number(slider.value)));
  scope.listen(document, 'keydown', (event: KeyboardEvent) => {
    if (isTyping(event.target) && event.target !== slider) return;
    if (event.key === ' ' && !(event.target instanceof HTMLButtonElement)) { event.preventDefault(); toggle(); }
    else if (event.key === 'ArrowLeft' && event.target !== slider) jump(player.second - 10);
    else if (event.key === 'ArrowRight' && event.target !== slider) jump(player.second + 10);
  });
  put(place.querySelector('.replay-side') as HTMLElement, new WhatIf(context, scope, () => player.second).element, new Training(context, scope, () => player.second).element);
  jump(start);
  if (!map) return;
  scope.whenEnded(() => map.remove());
  scope.listen(window, 'themechange', () => void map.repaint());
  void geometriesOf([...entries.keys()], scope, (geometry) => {
    map.setLanes(geometry.id, geometry.lanes);
    const state = shown[geometry.id];
    if (state) void map.update({ [geometry.id]: state });
  });
};

function sentence(states: States[string][]): string {
  const delays = states.flatMap((state) => (state.connected && state.delay !== null ? [state.delay] : []));
  const queue = states.reduce((sum, state) => sum + (state.connected ? (state.queue ?? 0) : 0), 0);
  const known = states.filter((state) => state.connected).length;
  return t('replay.figures', { delay: delays.length ? number(delays.reduce((a, b) => a + b, 0) / delays.length, 1) : t('no-data'), queue: known ? number(queue) : t('no-data'), known, total: states.length });
}
