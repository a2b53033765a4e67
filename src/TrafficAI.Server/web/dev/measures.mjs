import { stateOf } from './signals.mjs';

const words = {
  volume: [['Volume', 'Интенсивность', 'Қарқындылық'], 'vehicles', 'vehicles over the stop line', 'UDOT ATSPM 5, approach volume'],
  flow: [['Flow', 'Поток', 'Ағын'], 'vehicles-per-hour', 'volume / hours', 'UDOT ATSPM 5, approach volume'],
  arrivals_on_green: [['Arrivals on green', 'Прибытие на зелёный', 'Жасылға келу'], 'share', 'arrivals while any way of the lane has green / all arrivals', 'UDOT ATSPM 5, Purdue coordination diagram'],
  approach_delay: [['Approach delay', 'Задержка на подходе', 'Кіреберістегі кідіріс'], 'seconds-per-vehicle', 'time lost before the stop line / vehicles', 'HCM 6th edition, chapter 19'],
  split_failure_rate: [['Split failure rate', 'Доля нехватки зелёного', 'Жасыл жетпеу үлесі'], 'share', 'cycles whose green occupancy is over 79 % and whose first 5 s of red too / cycles', 'UDOT ATSPM 5, CycleSplitFail'],
  queue_mean: [['Queue, mean', 'Очередь, средняя', 'Кезек, орташа'], 'vehicles', 'standing vehicles before the stop line, mean over time', 'HCM 6th edition, chapter 31'],
  blocked: [['Blocked junction', 'Занятый перекрёсток', 'Бұғатталған қиылыс'], 'minutes', 'minutes with a vehicle held on the junction when a conflicting green begins', 'own'],
  pedestrian_delay: [['Pedestrian delay', 'Задержка пешехода', 'Жаяу жүргінші кідірісі'], 'seconds', 'call to walk', 'UDOT ATSPM 5'],
  priority_time_saved: [['Time saved by priority', 'Экономия от приоритета', 'Басымдық үнемі'], 'seconds', 'travel without priority − with it', 'NTCIP 1211'],
  countdown_broken: [['Countdown promises broken', 'Нарушенный отсчёт', 'Бұзылған кері санақ'], 'number', 'lights that changed against their timer', 'own'],
};

const missing = { pedestrian_delay: 'pedestrian-calls', priority_time_saved: 'requests' };
const languages = ['en', 'ru', 'kk'];

export function definitions(language) {
  const at = Math.max(0, languages.indexOf(language));
  return Object.entries(words).map(([id, [names, unit, formula, source]]) => ({ id, name: names[at], formula, unit, source }));
}

function figuresOf(node, from, to) {
  const samples = Array.from({ length: 12 }, (_, i) => stateOf(node, Math.floor(from + ((to - from) * i) / 12)));
  const mean = (get) => samples.reduce((sum, s) => sum + get(s), 0) / samples.length;
  const queue = mean((s) => s.queue ?? 0);
  const delay = mean((s) => s.delay ?? 0);
  const flow = Math.round(900 * node.load + 500);
  return {
    volume: Math.round((flow * (to - from)) / 3600), flow, arrivals_on_green: (72 - delay / 2) / 100, approach_delay: delay, split_failure_rate: Math.max(0, delay - 30) / 120, queue_mean: queue, blocked: Math.max(0, queue - 60) / 10, countdown_broken: 0,
  };
}

function told(figures, known) {
  return Object.fromEntries(Object.keys(words).map((id) => {
    const lacks = missing[id] ?? (known ? null : 'frames');
    return [id, lacks ? { value: null, coverage: 0, missing: lacks } : { value: Math.round(figures[id] * 1000) / 1000, coverage: 0.98 }];
  }));
}

export function measures(nodes, from, to, language, only, minutes) {
  const whole = measuredIn(nodes, from, to, language, only);
  const step = minutes * 60 || to - from;
  const bins = [];
  for (let second = from; second < to; second += step) bins.push({ from: second, to: Math.min(to, second + step), values: measuredIn(nodes, second, Math.min(to, second + step), language, only).values });
  return { ...whole, bin_s: step, bins };
}

function measuredIn(nodes, from, to, language, only) {
  const perNode = nodes.map((node) => ({ node, figures: figuresOf(node, from, to) }));
  const known = perNode.filter((each) => each.node.connected);
  const sum = (id) => known.reduce((total, each) => total + (each.figures[id] ?? 0), 0);
  const whole = Object.fromEntries(Object.keys(words).map((id) => [id, id === 'volume' || id === 'flow' ? sum(id) : sum(id) / known.length]));
  const chosen = only ? perNode.filter((each) => each.node.id === only) : perNode;
  return {
    schema: 'trafficai.kpi.v1', build: 'fixture', scenario: 'fixture', from, to, language, definitions: definitions(language), values: told(whole, true),
    corridors: [{ id: 'corridor-0 →', values: { approach_delay: { value: 61.4, coverage: 1 } } }],
    intersections: chosen.map(({ node, figures }) => ({ id: node.id, name: node.name[language] ?? node.name.en, values: told(figures, node.connected) })),
  };
}
