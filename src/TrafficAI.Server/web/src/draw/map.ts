import { Map as MapView, Marker, setWorkerUrl, type Point, type LngLatBoundsLike, type StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { Geometry, IntersectionEntry, States } from '../api/contract';
import { colour, scale } from '../app/theme';
import { t } from '../i18n';
import { h } from '../ui/dom';
import { labelsOf } from './labels';
import { delayBounds, fillBounds, levelOf } from '../ui/levels';

setWorkerUrl(new URL(workerUrl, location.href).href);

const vehicleSpace = 7.5; // metres that a standing vehicle takes
const letterPixels = 6.2; // of a street's name
const levels = [0, 1, 2, 3, 4] as const;

type Feature = { type: 'Feature'; properties: Record<string, unknown>; geometry: { type: 'LineString' | 'Point'; coordinates: unknown } };
export interface Network { type: 'FeatureCollection'; features: Feature[] }

/** The streets and lights of a site, coloured by what stands there. Nothing is loaded but what is handed in. */
export class CityMap {
  private readonly map: MapView;
  private readonly ready: Promise<void>;
  private readonly shown = new Map<string, number>();
  private readonly edgesShown = new Map<string, number>();
  private readonly lanesOf = new Map<string, Geometry['lanes']>();
  private markers: Marker[] = [];
  private tip: Marker | null = null;

  constructor(place: HTMLElement, network: Network, private readonly entries: Map<string, IntersectionEntry>, private readonly choose: (id: string) => void, label: (id: string) => string) {
    this.map = new MapView({
      container: place, style: this.style(network), attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false,
      renderWorldCopies: false, bounds: boundsOf(entries), fitBoundsOptions: { padding: roomIn(place) }, fadeDuration: 0, maxZoom: 19,
    });
    this.map.touchZoomRotate.disableRotation();
    this.ready = new Promise((done) => this.map.once('load', () => done()));
    void this.ready.then(() => this.nameStreets(network));
    this.map.getCanvas().setAttribute('role', 'application');
    this.map.getCanvas().setAttribute('aria-label', t('map.keys'));
    place.append(this.zoomButtons());
    this.map.on('click', 'lights', (event) => { const id = event.features?.[0]?.properties.id as string; if (id) this.choose(id); });
    this.map.on('mousemove', 'lights', (event) => this.showTip(event.features?.[0]?.properties.id as string | undefined, label));
    this.map.on('mouseleave', 'lights', () => this.showTip(undefined, label));
  }

  /** Streets are coloured once the lanes of their junctions are known. */
  setLanes(id: string, lanes: Geometry['lanes']): void {
    this.lanesOf.set(id, lanes);
  }

  async update(states: States): Promise<void> {
    await this.ready;
    for (const [id, state] of Object.entries(states)) {
      const level = state.connected ? levelOf(state.delay, delayBounds) : -1;
      if (this.shown.get(id) !== level) {
        this.shown.set(id, level);
        this.map.setFeatureState({ source: 'lights', id }, { level });
      }
      this.updateStreets(id, state.queues);
    }
  }

  /** Numbers on the worst, in the order of the list beside the map. */
  rank(ids: string[]): void {
    for (const marker of this.markers) marker.remove();
    this.markers = ids.flatMap((id, i) => {
      const entry = this.entries.get(id);
      return entry ? [new Marker({ element: h('span', { class: 'rank', 'aria-hidden': 'true' }, i + 1), anchor: 'bottom-left', offset: [5, -5] }).setLngLat(entry.position).addTo(this.map)] : [];
    });
  }

  focus(id: string): void {
    const entry = this.entries.get(id);
    if (entry) this.map.easeTo({ center: entry.position, zoom: Math.max(this.map.getZoom(), 15), duration: 400 });
  }

  async repaint(): Promise<void> {
    await this.ready;
    for (const [layer, property, value] of paints()) this.map.setPaintProperty(layer, property as "line-color", value as string);
  }

  remove(): void {
    this.map.remove();
  }

  /** A name on the longest piece of each street, where there is room. */
  private nameStreets(network: Network): void {
    const taken: { x: number; y: number }[] = [];
    for (const { name, from, to, middle, angle } of labelsOf(network)) {
      const [place, a, b] = [middle, from, to].map((point) => this.map.project(point)) as [Point, Point, Point];
      if (Math.hypot(a.x - b.x, a.y - b.y) < name.length * letterPixels * scale() + 20) continue;
      if (taken.some((other) => Math.hypot(other.x - place.x, (other.y - place.y) * 2) < 110 * scale())) continue;
      taken.push(place);
      new Marker({ element: h('span', { class: 'street-name', 'aria-hidden': 'true' }, name), rotation: angle, rotationAlignment: 'map' }).setLngLat(middle).addTo(this.map);
    }
  }

  private updateStreets(id: string, queues: (number | null)[]): void {
    const lanes = this.lanesOf.get(id);
    if (!lanes) return;
    const fullest = new Map<string, number>();
    lanes.forEach((lane, i) => {
      const queue = queues[i];
      const level = queue === null || queue === undefined ? -1 : levelOf((queue * vehicleSpace) / Math.max(lane.lengthMetres, vehicleSpace), fillBounds);
      fullest.set(lane.edge, Math.max(level, fullest.get(lane.edge) ?? -1));
    });
    for (const [edge, level] of fullest) {
      if (this.edgesShown.get(edge) === level) continue;
      this.edgesShown.set(edge, level);
      this.map.setFeatureState({ source: 'streets', id: edge }, { level });
    }
  }

  private showTip(id: string | undefined, label: (id: string) => string): void {
    this.map.getCanvas().dataset.over = id ? 'light' : '';
    this.tip?.remove();
    const entry = id ? this.entries.get(id) : undefined;
    this.tip = entry && id ? new Marker({ element: h('div', { class: 'map-tip' }, label(id)), anchor: 'bottom', offset: [0, -12] }).setLngLat(entry.position).addTo(this.map) : null;
  }

  private zoomButtons(): HTMLElement {
    const button = (sign: string, name: string, act: () => void): HTMLElement => h('button', { type: 'button', 'aria-label': name, title: name, onclick: act }, sign);
    return h('div', { class: 'map-zoom' },
      button('+', t('map.closer'), () => this.map.zoomIn({ duration: 200 })), button('−', t('map.farther'), () => this.map.zoomOut({ duration: 200 })),
      button('⤢', t('map.whole'), () => this.map.fitBounds(boundsOf(this.entries), { padding: roomIn(this.map.getContainer()), duration: 300 })));
  }

  private style(network: Network): StyleSpecification {
    const lights = [...this.entries.values()].map((entry) => ({ type: 'Feature' as const, properties: { id: entry.id, provenance: entry.provenance }, geometry: { type: 'Point' as const, coordinates: entry.position } }));
    const width = (thin: number, thick: number) => ['interpolate', ['exponential', 1.6], ['zoom'], 11, thin * scale(), 17, thick * scale()];
    const layers = [
      { id: 'ground', type: 'background' },
      { id: 'street-casing', type: 'line', source: 'streets', layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-width': width(1.6, 15) } },
      { id: 'street', type: 'line', source: 'streets', layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-width': width(0.8, 11), 'line-offset': 0 } },
      { id: 'lights', type: 'circle', source: 'lights' },
      { id: 'lights-inner', type: 'circle', source: 'lights', filter: ['!=', ['get', 'provenance'], 'documented'] },
    ];
    const style = {
      version: 8,
      sources: {
        streets: { type: 'geojson', data: network, promoteId: 'id' },
        lights: { type: 'geojson', data: { type: 'FeatureCollection', features: lights }, promoteId: 'id' },
      },
      layers: layers.map((layer) => ({ ...layer, paint: { ...(layer.paint ?? {}) } as Record<string, unknown> })),
    };
    for (const [id, property, value] of paints()) {
      const layer = style.layers.find((each) => each.id === id);
      if (layer) layer.paint[property] = value;
    }
    return style as unknown as StyleSpecification;
  }
}

/** What depends on the theme: layer, property, value. A light that is only inferred is a ring, a documented one a disc. */
function paints(): [string, string, unknown][] {
  const level = ['coalesce', ['feature-state', 'level'], -1];
  const ofLevel = (otherwise: string, free: string) => ['match', level, 0, free, ...levels.slice(1).flatMap((l) => [l, colour(`--level-${l}`)]), otherwise];
  const radius = (zoom: number) => ['match', level, 0, 5 * zoom, 1, 5.5 * zoom, 2, 6.5 * zoom, 3, 8 * zoom, 4, 9.5 * zoom, 5 * zoom];
  const inner = (zoom: number) => ['match', level, 3, 4.4 * zoom, 4, 5.4 * zoom, 2.6 * zoom];
  const byZoom = (get: (zoom: number) => unknown) => ['interpolate', ['linear'], ['zoom'], 11, get(0.55 * scale()), 14, get(scale()), 17, get(1.6 * scale())];
  return [
    ['ground', 'background-color', colour('--map-ground')],
    ['street-casing', 'line-color', colour('--map-casing')],
    ['street', 'line-color', ofLevel(colour('--map-street'), colour('--map-free'))],
    ['lights', 'circle-color', ofLevel(colour('--level-none'), colour('--level-0'))],
    ['lights', 'circle-radius', byZoom(radius)],
    ['lights', 'circle-stroke-width', 1.5 * scale()],
    ['lights', 'circle-stroke-color', colour('--map-outline')],
    ['lights-inner', 'circle-radius', byZoom(inner)],
    ['lights-inner', 'circle-color', colour('--map-ground')],
  ];
}

/** Pixels that stay free at the edges: where there is room beside the legend, or above it. */
function roomIn(place: HTMLElement): { top: number; right: number; bottom: number; left: number } {
  const edge = 44 * scale();
  const legend = place.parentElement?.querySelector<HTMLElement>('.legend');
  const beside = legend && place.clientWidth > 3.5 * legend.offsetWidth;
  return { top: edge, right: edge, bottom: beside || !legend ? edge : legend.offsetHeight + 1.2 * edge, left: beside ? legend.offsetWidth + edge : edge };
}

function boundsOf(entries: Map<string, IntersectionEntry>): LngLatBoundsLike {
  const places = [...entries.values()].map((entry) => entry.position);
  const lon = places.map((place) => place[0]);
  const lat = places.map((place) => place[1]);
  return [[Math.min(...lon), Math.min(...lat)], [Math.max(...lon), Math.max(...lat)]];
}

/** Screens without WebGL still have the list. */
export function canDrawMaps(): boolean {
  const canvas = h('canvas');
  return canvas.getContext('webgl2') !== null;
}
