import type { DetectorHealth, Geometry, Lane, Moment, State } from '../api/contract';
import { t } from '../i18n';
import { put, svg } from '../ui/dom';
import { lampOf, lampShapes, lettersShown } from './lamps';
import { at, cut, cutOff, lengthOf, path, type Point } from './polyline';

const laneWidth = 3.2;
const lampBehind = 1.7; // metres from the stop line, so that crossings stay clear
const queueBehind = 3.6;
const vehicle = { length: 5, gap: 2.5 };
const shownMetres = 50; // of a lane, from its stop line

const arrows: Record<string, string> = {
  straight: 'M0 2V-2.2M-.9-1.2L0-2.3l.9 1.1', left: 'M.4 2V0Q.4-1-.7-1H-1.6M-.8-1.9l-.9.9.9.9', right: 'M-.4 2V0Q-.4-1 .7-1H1.6M.8-1.9l.9.9-.9.9', back: 'M.9 2V-.8Q.9-2 0-2T-.9-.8V.6M-1.7-.2l.8.9.8-.9',
};

interface DrawnLane {
  lane: Lane;
  /** From the stop line outwards, y downwards. */
  line: Point[];
  queue: SVGPathElement;
  moving: SVGGElement;
  count: SVGTextElement;
  lamps: { group: number; shape: SVGPathElement }[];
}

/** A plan of a junction in metres, north up: lanes with arrows, lamps, standing vehicles, crossings, detectors. */
export class JunctionPlan {
  readonly element: SVGSVGElement;
  private readonly lanes: DrawnLane[];
  private readonly crossings: { group: number | null; shape: SVGPathElement }[];
  private readonly ways: { group: number | null; shape: SVGPathElement }[];
  private readonly detectors = new Map<string, SVGGElement>();

  constructor(private readonly geometry: Geometry) {
    this.lanes = geometry.lanes.map((lane) => drawLane(lane));
    this.crossings = geometry.crossings.map((crossing) => ({ group: crossing.group, shape: svg('path', { class: 'crossing', d: path(crossing.shape.map(down)) }) }));
    this.ways = (geometry.ways ?? []).map((way) => ({ group: way.group, shape: svg('path', { class: 'way', d: path(way.shape.map(down)) }) }));
    for (const detector of geometry.detectors) this.drawDetector(detector);
    const [left, top, width, height] = frame([...this.lanes.flatMap(({ line }) => cut(line, shownMetres)), ...(geometry.exits ?? []).flatMap((exit) => cut(exit.shape.map(down), shownMetres * 0.7))]);
    this.element = svg('svg', { class: 'junction', viewBox: `${left} ${top} ${width} ${height}`, role: 'img', 'aria-label': t('junction.label') },
      svg('polygon', { class: 'junction-ground', points: this.ground() }),
      (geometry.exits ?? []).map((exit) => svg('path', { class: 'lane lane-exit', d: path(cut(exit.shape.map(down), shownMetres * 0.7)), 'stroke-width': exit.widthMetres ?? laneWidth })),
      this.lanes.map(({ line, lane }) => svg('path', { class: 'lane', d: path(cut(line, shownMetres)), 'stroke-width': lane.widthMetres ?? laneWidth })),
      this.ways.map(({ shape }) => shape),
      this.crossings.map(({ shape }) => shape),
      this.lanes.map(({ line, lane }) => arrowsOf(lane, line)),
      [...this.detectors.values()],
      this.lanes.map(({ queue }) => queue), this.lanes.map(({ moving }) => moving), this.lanes.map(({ count }) => count),
      this.lanes.flatMap(({ lamps }) => lamps.map(({ shape }) => shape)),
      northArrow(left + width - 5, top + 6));
  }

  update(state: State): void {
    const letters = lettersShown(state.lamps, this.geometry.groups);
    for (const [i, drawn] of this.lanes.entries()) {
      const queue = state.queues[i] ?? null;
      showQueue(drawn, queue);
      for (const { group, shape } of drawn.lamps) showLamp(shape, letters, group);
    }
    for (const { group, shape } of [...this.crossings, ...this.ways]) shape.dataset.lamp = group === null ? 'unknown' : lampOf(letters, group);
  }

  /** Vehicles that are still on their way to the stop line, where sensors follow them. */
  showVehicles(lanes: Moment['lanes']): void {
    for (const drawn of this.lanes) {
      const vehicles = lanes.find((each) => each.lane === drawn.lane.id)?.vehicles ?? [];
      const shown = vehicles.filter((each) => !each.standing && each.distanceMetres > queueBehind && each.distanceMetres < Math.min(shownMetres - vehicle.length, lengthOf(drawn.line) - vehicle.length));
      put(drawn.moving, ...shown.map(({ distanceMetres }) => {
        const { place, angle } = at(drawn.line, distanceMetres + vehicle.length / 2);
        return svg('rect', { class: 'vehicle', x: -1, y: -vehicle.length / 2, width: 2, height: vehicle.length, rx: 0.6, transform: `translate(${place[0].toFixed(2)} ${place[1].toFixed(2)}) rotate(${angle.toFixed(1)})` });
      }));
    }
  }

  showDetectors(list: readonly DetectorHealth[]): void {
    for (const { id, health } of list) {
      const mark = this.detectors.get(id);
      if (mark) mark.dataset.health = health;
    }
  }

  private drawDetector({ id, lane, positionMetres }: Geometry['detectors'][number]): void {
    const drawn = this.lanes.find((each) => each.lane.id === lane);
    if (!drawn) return;
    const metres = drawn.lane.lengthMetres - positionMetres;
    if (metres > shownMetres - 3) return;
    const { place, angle } = at(drawn.line, Math.max(metres, 1.5));
    this.detectors.set(id, svg('g', { class: 'detector', transform: `translate(${place[0]} ${place[1]}) rotate(${angle})` }, svg('title', {}, id), svg('rect', { x: -1.1, y: -0.9, width: 2.2, height: 1.8, rx: 0.3 })));
  }

  /** The inside of the junction: around all stop lines. */
  private ground(): string {
    const corners = this.lanes.flatMap(({ line }) => {
      const { place: [x, y], angle } = at(line, 0);
      const [dx, dy] = [Math.cos((angle * Math.PI) / 180) * laneWidth * 0.55, Math.sin((angle * Math.PI) / 180) * laneWidth * 0.55];
      return [[x - dx, y - dy], [x + dx, y + dy]] as [number, number][];
    });
    return corners.sort((a, b) => Math.atan2(a[1], a[0]) - Math.atan2(b[1], b[0])).map((corner) => corner.map((v) => v.toFixed(1)).join(',')).join(' ');
  }
}

/** Around all that is drawn, no flatter or narrower than 5 to 6. */
function frame(points: readonly Point[]): [number, number, number, number] {
  const x = points.map((point) => point[0]);
  const y = points.map((point) => point[1]);
  const [left, right, top, bottom] = [Math.min(...x) - 5, Math.max(...x) + 5, Math.min(...y) - 5, Math.max(...y) + 5];
  const width = Math.max(right - left, ((bottom - top) * 5) / 6);
  const height = Math.max(bottom - top, (width * 5) / 6);
  return [(left + right - width) / 2, (top + bottom - height) / 2, width, height];
}

function down([x, y]: readonly [number, number]): Point {
  return [x, -y];
}

function drawLane(lane: Lane): DrawnLane {
  const line = lane.shape.map(down).reverse();
  const end = at(line, Math.min(lengthOf(line), shownMetres) - 2.5);
  return {
    lane, line,
    moving: svg('g'),
    queue: svg('path', { class: 'queue', 'stroke-dasharray': `${vehicle.length} ${vehicle.gap}`, 'stroke-width': 2 }),
    count: svg('text', { class: 'queue-count', x: end.place[0], y: end.place[1] + 0.95 }),
    lamps: lane.groups.map((group, i) => ({ group, shape: lampShape(line, i, lane.groups.length) })),
  };
}

function lampShape(line: Point[], index: number, of: number): SVGPathElement {
  const { place: [x, y], angle } = at(line, 0);
  const ahead = ((angle + 180) * Math.PI) / 180;
  const side = (index - (of - 1) / 2) * 2.2;
  const cx = x - Math.sin(ahead) * lampBehind + Math.cos(ahead) * side;
  const cy = y + Math.cos(ahead) * lampBehind + Math.sin(ahead) * side;
  return svg('path', { class: 'lamp', transform: `translate(${cx.toFixed(2)} ${cy.toFixed(2)}) rotate(${(angle + 180).toFixed(1)})` });
}

function showLamp(shape: SVGPathElement, letters: string, group: number): void {
  const lamp = lampOf(letters, group);
  if (shape.dataset.lamp === lamp) return;
  shape.dataset.lamp = lamp;
  shape.setAttribute('d', lampShapes[lamp]);
}

function showQueue({ line, queue, count }: DrawnLane, vehicles: number | null): void {
  const metres = (vehicles ?? 0) * (vehicle.length + vehicle.gap) - vehicle.gap;
  const whole = Math.max(1, Math.round(vehicles ?? 0)) * (vehicle.length + vehicle.gap) - vehicle.gap;
  queue.setAttribute('d', metres > 0 ? path(cut(cutOff(line, queueBehind), Math.min(whole, shownMetres - 6 - queueBehind))) : '');
  count.textContent = vehicles === null ? t('no-data') : vehicles >= 0.5 ? String(Math.round(vehicles)) : '';
}

function arrowsOf(lane: Lane, line: Point[]): SVGGElement {
  const { place, angle } = at(line, 14);
  return svg('g', { class: 'arrows', transform: `translate(${place[0]} ${place[1]}) rotate(${angle + 180})` }, lane.movements.map((movement) => svg('path', { d: arrows[movement] ?? '' })));
}

function northArrow(x: number, y: number): SVGGElement {
  return svg('g', { class: 'north', transform: `translate(${x} ${y})` }, svg('path', { d: 'M0-4l1.8 5L0-.2-1.8 1z' }), svg('text', { y: 5 }, t('junction.north')));
}
