import { t } from '../i18n';
import { h } from './dom';
import { levelLetters, levelMark, levelName } from './levels';

const wide = 800; // pixels from which on it is open

/** What colours and shapes of the map stand for. */
export function legend(): HTMLElement {
  const bounds = ['≤ 10', '≤ 20', '≤ 35', '≤ 55', '> 55'];
  return h('details', { class: 'legend', open: window.innerWidth > wide },
    h('summary', {}, t('legend.title')),
    h('ul', {}, levelLetters.map((_, i) => h('li', {}, levelMark(i), ' ', levelName(i), h('span', { class: 'muted end' }, `${bounds[i]} ${t('unit.second')}`)))),
    h('ul', { class: 'legend-kinds' },
      h('li', {}, h('span', { class: 'dot dot-documented' }), t('provenance.documented')),
      h('li', {}, h('span', { class: 'dot dot-inferred' }), t('provenance.inferred')),
      h('li', {}, h('span', { class: 'dot dot-none' }), t('level.unknown'))));
}
