// The HTTP contract as this dashboard reads it. Seconds are street seconds; null stands for what is not known.

export type Language = 'en' | 'ru' | 'kk';
export type Names = Partial<Record<Language, string>>;
export type Role = 'viewer' | 'engineer' | 'operator' | 'administrator';

export interface Session {
  user: string;
  role: Role;
  areas: string[];
  language?: Language;
  /** How one may sign in here: `password`, `oidc`. */
  ways?: string[];
}

export interface Corridor {
  id: string;
  name: string | Names;
  intersections: string[];
  distancesMetres: number[];
}

export interface Site {
  name: Names;
  attribution: string | null;
  build: string;
  scenario: string;
  strategy: string;
  class: string;
  sensing: string;
  live: boolean;
  begin: number;
  end: number;
  timeZone: string;
  geographic: boolean;
  /** Instant of second 0. */
  start?: string | null;
  corridors: Corridor[];
}

export interface IntersectionEntry {
  id: string;
  name: Names;
  position: [number, number];
  /** documented, inferred or synthetic. */
  provenance: string;
  /** Where that is known from. */
  source?: string;
  phases: string[];
  groups: number;
}

export interface Override {
  intersection?: string;
  act: string;
  phase?: string | null;
  reason?: string;
  by?: string;
  since?: number;
  until?: number | null;
}

export interface State {
  lamps: string;
  phase: string | null;
  since: number | null;
  wanted: string | null;
  plannedAt: number | null;
  queue: number | null;
  queues: (number | null)[];
  level: string | null;
  mode: string | null;
  delay: number | null;
  connected: boolean;
  override: Override | null;
  /** During a passage the phase that it leads to. */
  next?: string | null;
  /** A violation that no person has released yet. */
  alarm?: string | null;
  /** Why nothing is planned. */
  held?: string | null;
}

export type States = Record<string, State>;

export interface StateEvent {
  second: number;
  wall: string;
  intersections: States;
}

export interface Lane {
  id: string;
  edge: string;
  approach: string;
  shape: [number, number][];
  lengthMetres: number;
  widthMetres?: number;
  movements: string[];
  groups: number[];
}

export interface Geometry {
  id: string;
  name: Names;
  lanes: Lane[];
  exits?: { id: string; shape: [number, number][]; widthMetres?: number }[];
  ways?: { from: string; to: string; turn: string; group: number; shape: [number, number][] }[];
  crossings: { id: string; shape: [number, number][]; widthMetres?: number; group: number | null }[];
  /** What the state of a section calls red or amber is dark on the street. */
  groups: { index: number; kind: string; links: (number | string)[]; label: string; section: boolean }[];
  phases: { id: string; greenGroups: number[]; minimumGreen: number; label: string | null }[];
  /** Positions count from the beginning of the lane. */
  detectors: { id: string; lane: string; positionMetres: number; kind?: string }[];
}

export interface DetectorHealth {
  intersection?: string;
  id: string;
  health: string;
  since?: number | null;
  reason?: string;
}

export interface PlanEntry {
  phase: string;
  earliest: number;
  planned: number;
  latest: number;
}

export interface Moment {
  intersection: string;
  second: number;
  state: State | null;
  lanes: { lane: string; arrivalsPerHour?: number | null; vehicles?: { distanceMetres: number; standing: boolean }[] }[];
  detectors: DetectorHealth[];
  plan: PlanEntry[];
}

export interface Decision {
  revision: number;
  second: number;
  from: string | null;
  to: string | null;
  wanted: string | null;
  guard: string | null;
  saved: number | null;
  override: Override | boolean | null;
}

export interface Candidate {
  phase: string;
  possible_from: number | null;
  value: number | null;
  queue: number | null;
}

export interface Explanation {
  text: string[];
  explanation: { second?: number; decided?: { yardstick?: string | null; wanted?: string | null; guard?: string | null; candidates?: Candidate[] } | null };
}

export interface HistoryEntry {
  second: number;
  intersections: States;
}

/** A figure: without a value it says what is missing. */
export interface Measure {
  value: number | null;
  /** Share of the seconds with the data needed, 0 to 1. */
  coverage: number | null;
  missing?: string | null;
}

export type MeasuresById = Record<string, Measure>;

/** The form `trafficai.kpi.v1`. */
export interface Measures {
  from: number;
  to: number;
  definitions: Definition[];
  values: MeasuresById;
  /** The same by equal spans, where they were asked for. */
  bins?: { from: number; to: number; values: MeasuresById }[];
  corridors: { id: string; values: MeasuresById }[];
  intersections: { id: string; name?: string | Names; values: MeasuresById }[];
}

export interface Definition {
  id: string;
  name: string;
  formula: string;
  /** share, seconds, vehicles-per-hour, … */
  unit: string;
  source: string;
}

/** The way of a vehicle before one stop line, as far as a sensor saw it: seconds, and metres from the first stop line. */
export interface Trajectory {
  id: string;
  /** `out` from the first stop to the last, or `back`. */
  direction: string;
  points: [number, number][];
}

export interface TimeSpace {
  stops: { intersection: string; distanceMetres: number; travelSeconds?: number }[];
  greens: [number, number][][];
  inbound: [number, number][][];
  /** Lights that only one direction passes. */
  oneWayStops?: { intersection: string; direction: string; distanceMetres: number; greens: [number, number][] }[];
  bands: ([number, number] | { direction?: string; begin: number; end: number })[];
  trajectories: Trajectory[];
}

export interface Alarm {
  intersection: string;
  second?: number;
  kind?: string;
  text: string;
}

export interface Health {
  /** Whether anything is connected. */
  connected: boolean;
  total: number;
  online: number;
  outages: { intersection: string; since: number | null }[];
  detectors: DetectorHealth[];
  alarms: Alarm[];
  log: { uri: string; events: number | null; unreadable?: number; sealed: boolean; endedAt?: number | null };
  load?: { cpuSeconds?: number; memoryBytes?: number; viewers?: number; upSeconds?: number } | null;
}

export interface Comparable {
  second: number;
  phase: string | null;
  wanted: string | null;
  queues: (number | null)[];
  outcome: { delayNext5Min: number | null };
}

export interface WhatIfResult {
  recorded_strategy: string;
  other_strategy: string;
  from: number;
  end: number;
  recorded: { served: number; delay_s: number | null };
  seeds: { seed: number; again: { served: number; delay_s: number | null }; other: { served: number; delay_s: number | null } }[];
  delay_difference_s: number | null;
  delay_difference_half_width95_s: number | null;
  served_difference: number | null;
  served_difference_half_width95: number | null;
  reliable: boolean;
}

export interface Job {
  id: number;
  by: string;
  /** The other strategy; null for the recorded one. */
  strategy: string | null;
  /** Null for the begin of the log. */
  from: number | null;
  /** waiting, running, done, failed or cancelled. */
  state: string;
  progress: number;
  result: WhatIfResult | null;
  error: string | null;
}

export interface SafetyChange {
  id: string;
  change: { intersection: string; what: string; group: number | null; to: number | null; value: number; reason: string };
  proposedBy: string;
  proposedAt: string;
  approvedBy: string | null;
  approvedAt: string | null;
}

/** A use of a control; the moment is ISO 8601 in UTC. */
export interface AuditEntry {
  wall: string;
  user: string;
  role: string;
  act: string;
  target: string;
  outcome: string;
  detail: string;
}
