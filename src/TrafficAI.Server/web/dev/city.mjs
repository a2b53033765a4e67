import { chance } from './chance.mjs';

const rows = [
  ['Abay Avenue', 'проспект Абая', 'Абай даңғылы'],
  ['Kurmangazy Street', 'улица Курмангазы', 'Құрманғазы көшесі'],
  ['Shevchenko Street', 'улица Шевченко', 'Шевченко көшесі'],
  ['Zhambyl Street', 'улица Жамбыла', 'Жамбыл көшесі'],
  ['Karasai Batyr Street', 'улица Карасай батыра', 'Қарасай батыр көшесі'],
  ['Kabanbai Batyr Street', 'улица Кабанбай батыра', 'Қабанбай батыр көшесі'],
  ['Bogenbai Batyr Street', 'улица Богенбай батыра', 'Бөгенбай батыр көшесі'],
  ['Tole Bi Street', 'улица Толе би', 'Төле би көшесі'],
  ['Aiteke Bi Street', 'улица Айтеке би', 'Әйтеке би көшесі'],
  ['Gogol Street', 'улица Гоголя', 'Гоголь көшесі'],
];

const columns = [
  ['Dostyk Avenue', 'проспект Достык', 'Достық даңғылы'],
  ['Nazarbayev Avenue', 'проспект Назарбаева', 'Назарбаев даңғылы'],
  ['Abylai Khan Avenue', 'проспект Абылай хана', 'Абылай хан даңғылы'],
  ['Zheltoksan Street', 'улица Желтоксан', 'Желтоқсан көшесі'],
  ['Seifullin Avenue', 'проспект Сейфуллина', 'Сейфуллин даңғылы'],
  ['Masanchi Street', 'улица Масанчи', 'Масаншы көшесі'],
  ['Baitursynuly Street', 'улица Байтурсынулы', 'Байтұрсынұлы көшесі'],
  ['Manas Street', 'улица Манаса', 'Манас көшесі'],
  ['Auezov Street', 'улица Ауэзова', 'Әуезов көшесі'],
  ['Rozybakiev Street', 'улица Розыбакиева', 'Розыбакиев көшесі'],
  ['Gagarin Avenue', 'проспект Гагарина', 'Гагарин даңғылы'],
  ['Zharokov Street', 'улица Жарокова', 'Жароков көшесі'],
  ['Radostovets Street', 'улица Радостовца', 'Радостовец көшесі'],
  ['Turgut Ozal Street', 'улица Тургута Озала', 'Тұрғыт Өзал көшесі'],
  ['Tlendiyev Street', 'улица Тлендиева', 'Тілендиев көшесі'],
  ['Brusilovsky Street', 'улица Брусиловского', 'Брусиловский көшесі'],
  ['Altynsarin Avenue', 'проспект Алтынсарина', 'Алтынсарин даңғылы'],
  ['Momyshuly Street', 'улица Момышулы', 'Момышұлы көшесі'],
  ['Saina Street', 'улица Саина', 'Сайын көшесі'],
  ['Utegen Batyr Street', 'улица Утеген батыра', 'Өтеген батыр көшесі'],
];

const metresPerDegree = { lon: 81_000, lat: 111_200 };

/**
 * A city in a grid with streets that are not quite straight, made from a seed. Nothing of it is measured: it stands in for a server.
 * @param {number} count intersections: 24 or 200
 */
export function makeCity(count, seed) {
  const random = chance(seed);
  const wide = count > 24 ? 20 : 6;
  const high = Math.ceil(count / wide);
  const lon = spread(wide, 76.955, -0.0053, random);
  const lat = spread(high, 43.2385, 0.0042, random);
  const nodes = [];
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++) nodes.push(makeNode(x, y, wide, [lon[x] + (random() - 0.5) * 5e-4, lat[y] + (random() - 0.5) * 4e-4], random));
  const edges = [];
  for (const node of nodes) connect(node, nodes, wide, high, edges);
  coordinate(nodes.filter((node) => node.y === 0));
  return { nodes, edges, wide, high };
}

/** One road has a green wave eastwards: a common cycle, and greens that begin as a platoon arrives. */
function coordinate(road) {
  const west = road.reduce((a, b) => (a.position[0] < b.position[0] ? a : b));
  for (const node of road) {
    const travel = Math.round(metres(west.position, node.position) / 13);
    Object.assign(node, { phaseCount: 2, lengths: [28, 40], offset: (((34 - travel) % 80) + 80) % 80 });
  }
}

function spread(count, from, step, random) {
  const places = [from];
  for (let i = 1; i < count; i++) places.push(places[i - 1] + step * (0.75 + random() * 0.5));
  return places;
}

function makeNode(x, y, wide, position, random) {
  const name = {};
  ['en', 'ru', 'kk'].forEach((language, i) => (name[language] = `${rows[y][i]} × ${columns[x][i]}`));
  const draw = random();
  return {
    id: `FX-${String(y * wide + x + 1).padStart(3, '0')}`,
    name, position, x, y,
    provenance: draw < 0.3 ? 'documented' : draw < 0.9 ? 'inferred' : 'synthetic',
    phaseCount: 2 + Math.floor(random() * 3),
    offset: Math.floor(random() * 80),
    load: 0.35 + random() * 0.75,
    connected: random() > 0.04,
    street: { row: rows[y], column: columns[x] },
  };
}

function connect(node, nodes, wide, high, edges) {
  const at = (x, y) => (x >= 0 && x < wide && y >= 0 && y < high ? nodes[y * wide + x] : null);
  const arms = [['east', 1, 0], ['west', -1, 0], ['north', 0, 1], ['south', 0, -1]];
  node.arms = arms.map(([side, dx, dy]) => {
    // columns run from east to west, rows from south to north
    const other = at(node.x - dx, node.y + dy);
    const far = other ? other.position : [node.position[0] + dx * 0.0035, node.position[1] + dy * 0.003];
    const edge = `${other ? other.id : `rim-${side}`}>${node.id}`;
    const lanes = dx !== 0 && (node.y === 0 || node.y === 3) ? 3 : 2;
    edges.push(makeEdge(edge, far, node.position, lanes, dx !== 0 ? node.street.row : node.street.column));
    if (!other) edges.push(makeEdge(`${node.id}>rim-${side}`, node.position, far, lanes, dx !== 0 ? node.street.row : node.street.column));
    return { side, edge, lanes, metres: Math.round(metres(far, node.position)) };
  });
}

/** A road keeps to the right of the middle. */
function makeEdge(id, from, to, lanes, street) {
  const long = metres(from, to);
  const aside = 4 + lanes;
  const east = ((to[1] - from[1]) * metresPerDegree.lat * aside) / long / metresPerDegree.lon;
  const north = ((from[0] - to[0]) * metresPerDegree.lon * aside) / long / metresPerDegree.lat;
  const coordinates = [from, to].map(([lon, lat]) => round([lon + east, lat + north]));
  return { type: 'Feature', id, properties: { id, name: street[0], lanes, speed: 60 }, geometry: { type: 'LineString', coordinates } };
}

const round = ([lon, lat]) => [Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6];

export function metres(a, b) {
  return Math.hypot((a[0] - b[0]) * metresPerDegree.lon, (a[1] - b[1]) * metresPerDegree.lat);
}
