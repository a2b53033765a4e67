import { stateOf } from './signals.mjs';

const words = {
  'delay': [['Approach delay', 'Задержка на подходах', 'Кіреберістегі кідіріс'], 's/veh', '∫ queue dt / departures', 'queues or stop and advance loops', 'HCM 6th ed., ch. 19'],
  'volume': [['Volume', 'Интенсивность', 'Қарқындылық'], 'veh/h', 'departures / duration', 'stop-line detectors', 'UDOT ATSPM 5'],
  'arrivals-on-green': [['Arrivals on green', 'Прибытия на зелёный', 'Жасылға келу'], '%', 'arrivals during green / arrivals', 'advance detectors', 'UDOT ATSPM 5'],
  'queue': [['Mean queue', 'Средняя очередь', 'Орташа кезек'], 'veh', '∫ queue dt / duration', 'queues', 'HCM 6th ed., ch. 31'],
  'split-failures': [['Split failures', 'Недостаток зелёного', 'Жасыл үлесінің жетіспеуі'], '1/h', 'green occupancy > 79 % and red occupancy over 5 s > 79 %', 'stop-line occupancy', 'UDOT ATSPM 5, CycleSplitFail'],
  'pedestrian-delay': [['Pedestrian delay', 'Задержка пешехода', 'Жаяу жүргінші кідірісі'], 's', 'call to walk', 'push buttons', 'UDOT ATSPM 5'],
  'transit-delay': [['Bus delay', 'Задержка автобуса', 'Автобус кідірісі'], 's', 'check-out − check-in − free travel', 'priority check-in and check-out', 'NEMA TS 2'],
  'blocked-junction': [['Blocked junction', 'Занятый перекрёсток', 'Бұғатталған қиылыс'], 'min', 'minutes with a vehicle held on the junction at the start of a conflicting green', 'exit loops', 'own'],
  'countdown-broken': [['Countdown promises broken', 'Нарушенный отсчёт', 'Бұзылған кері санақ'], '1', 'lights that changed against their timer', 'lamps', 'own'],
};

const languages = ['en', 'ru', 'kk'];

export function definitions(language) {
  const at = Math.max(0, languages.indexOf(language));
  return Object.entries(words).map(([id, [names, unit, formula, needs, source]]) => ({ id, name: names[at], unit, formula, needs, source }));
}

function valuesOf(node, from, to) {
  const samples = Array.from({ length: 12 }, (_, i) => stateOf(node, Math.floor(from + ((to - from) * i) / 12)));
  const mean = (get) => samples.reduce((sum, s) => sum + get(s), 0) / samples.length;
  const queue = mean((s) => s.queue ?? 0);
  const delay = mean((s) => s.delay ?? 0);
  return { 'delay': delay, 'volume': Math.round(900 * node.load + 500), 'arrivals-on-green': 72 - delay / 2, 'queue': queue, 'split-failures': Math.max(0, delay - 30) / 2, 'blocked-junction': Math.max(0, queue - 60) / 10, 'countdown-broken': 0 };
}

function row(id, value, unit, known) {
  const missing = id === 'pedestrian-delay' ? 'push buttons' : id === 'transit-delay' ? 'priority check-in' : known ? null : 'connection';
  return { id, unit, value: missing ? null : Math.round(value * 100) / 100, coverage: missing ? 0 : 0.98, missing };
}

export function measures(nodes, from, to, language, only) {
  const list = definitions(language);
  const perNode = nodes.map((node) => ({ node, values: valuesOf(node, from, to) }));
  const known = perNode.filter((p) => p.node.connected);
  const site = list.map(({ id, unit }) => row(id, known.reduce((sum, p) => sum + (p.values[id] ?? 0), 0) / (id === 'volume' ? 1 : known.length), unit, true));
  const chosen = only ? perNode.filter((p) => p.node.id === only) : perNode;
  return {
    schema: 'trafficai.kpi.v1', build: 'fixture', from, to, site: { measures: site },
    intersections: chosen.map(({ node, values }) => ({ id: node.id, name: node.name, measures: list.map(({ id, unit }) => row(id, values[id], unit, node.connected)) })),
  };
}
