import type { TimeSpace } from '../api/contract';
import { colour } from '../app/theme';
import { clock } from '../ui/format';

const margin = { left: 12, right: 12, top: 14, bottom: 26 };
const barHeight = 5;

export interface Frame {
  from: number;
  to: number;
  now: number;
}

/** Whether the corridor can be driven the other way too. */
export function hasReturn(data: TimeSpace): boolean {
  return data.inbound.some((spans) => spans.length > 0);
}

/** A time-space diagram: time to the right, the way upwards; a bar per stop line, bands of departures that meet green everywhere, the ways of vehicles. */
export class TimeSpaceDrawing {
  private readonly paint: CanvasRenderingContext2D;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.paint = canvas.getContext('2d') as CanvasRenderingContext2D;
  }

  draw(data: TimeSpace, frame: Frame): void {
    const { width, height } = this.resize();
    const length = Math.max(1, ...data.stops.map((stop) => stop.distanceMetres));
    const x = (second: number): number => margin.left + ((second - frame.from) / (frame.to - frame.from)) * (width - margin.left - margin.right);
    const y = (metres: number): number => height - margin.bottom - 10 - (metres / length) * (height - margin.top - margin.bottom - 20);
    this.paint.clearRect(0, 0, width, height);
    this.paint.save();
    this.paint.beginPath();
    this.paint.rect(margin.left, 0, width - margin.left - margin.right, height - margin.bottom);
    this.paint.clip();
    this.grid(frame, x, height);
    this.bands(data, x, y);
    this.bars(data, frame, x, y);
    this.trajectories(data, x, y);
    this.nowLine(x(frame.now), height);
    this.paint.restore();
    this.times(frame, x, height);
  }

  /** Where the label of each stop belongs, in pixels from the top. */
  heights(data: TimeSpace): number[] {
    const height = this.canvas.clientHeight;
    const length = Math.max(1, ...data.stops.map((stop) => stop.distanceMetres));
    return data.stops.map((stop) => height - margin.bottom - 10 - (stop.distanceMetres / length) * (height - margin.top - margin.bottom - 20));
  }

  private resize(): { width: number; height: number } {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const scale = window.devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(width * scale) || this.canvas.height !== Math.round(height * scale)) {
      this.canvas.width = Math.round(width * scale);
      this.canvas.height = Math.round(height * scale);
    }
    this.paint.setTransform(scale, 0, 0, scale, 0, 0);
    return { width, height };
  }

  private grid(frame: Frame, x: (second: number) => number, height: number): void {
    this.paint.strokeStyle = colour('--line');
    this.paint.lineWidth = 1;
    this.paint.beginPath();
    for (let second = Math.ceil(frame.from / 30) * 30; second <= frame.to; second += 30) {
      this.paint.moveTo(x(second), margin.top);
      this.paint.lineTo(x(second), height - margin.bottom);
    }
    this.paint.stroke();
  }

  private bars(data: TimeSpace, frame: Frame, x: (second: number) => number, y: (metres: number) => number): void {
    data.stops.forEach((stop, i) => {
      const middle = y(stop.distanceMetres);
      this.paint.fillStyle = colour('--space-red');
      this.paint.fillRect(x(frame.from), middle - barHeight, x(frame.now) - x(frame.from), 2 * barHeight + 1);
      const height = hasReturn(data) ? barHeight : 2 * barHeight + 1;
      this.paint.fillStyle = colour('--space-out');
      for (const [a, b] of data.greens[i] ?? []) this.paint.fillRect(x(a), middle - barHeight, x(b) - x(a), height);
      this.paint.fillStyle = colour('--space-in');
      for (const [a, b] of data.inbound[i] ?? []) this.paint.fillRect(x(a), middle + 1, x(b) - x(a), barHeight);
    });
  }

  private bands(data: TimeSpace, x: (second: number) => number, y: (metres: number) => number): void {
    this.paint.fillStyle = colour('--space-band');
    for (const band of data.bands) {
      const [begin, end] = Array.isArray(band) ? band : [band.begin, band.end];
      const back = !Array.isArray(band) && band.direction === 'inbound';
      this.paint.beginPath();
      data.stops.forEach((stop) => this.paint.lineTo(x(begin + this.travel(data, stop, back)), y(stop.distanceMetres)));
      [...data.stops].reverse().forEach((stop) => this.paint.lineTo(x(end + this.travel(data, stop, back)), y(stop.distanceMetres)));
      this.paint.fill();
    }
  }

  private travel(data: TimeSpace, stop: TimeSpace['stops'][number], back: boolean): number {
    const own = stop.travelSeconds ?? stop.distanceMetres / 13.9;
    const last = data.stops.at(-1);
    return back ? (last ? (last.travelSeconds ?? last.distanceMetres / 13.9) - own : 0) : own;
  }

  private trajectories(data: TimeSpace, x: (second: number) => number, y: (metres: number) => number): void {
    this.paint.strokeStyle = colour('--space-vehicle');
    this.paint.lineWidth = 1.2;
    this.paint.beginPath();
    for (const way of data.trajectories) way.forEach(([second, metres], i) => (i === 0 ? this.paint.moveTo(x(second), y(metres)) : this.paint.lineTo(x(second), y(metres))));
    this.paint.stroke();
  }

  private nowLine(at: number, height: number): void {
    this.paint.strokeStyle = colour('--accent');
    this.paint.lineWidth = 1.5;
    this.paint.setLineDash([4, 3]);
    this.paint.beginPath();
    this.paint.moveTo(at, margin.top - 8);
    this.paint.lineTo(at, height - margin.bottom);
    this.paint.stroke();
    this.paint.setLineDash([]);
  }

  private times(frame: Frame, x: (second: number) => number, height: number): void {
    const narrow = this.canvas.clientWidth < 620;
    const step = narrow ? 120 : 60;
    this.paint.fillStyle = colour('--muted');
    this.paint.font = '12px system-ui, sans-serif';
    this.paint.textAlign = 'center';
    for (let second = Math.ceil(frame.from / step) * step; second <= frame.to; second += step) {
      const place = x(second);
      if (place > margin.left + 26 && place < this.canvas.clientWidth - margin.right - 26) this.paint.fillText(clock(second), place, height - 8);
    }
  }
}
