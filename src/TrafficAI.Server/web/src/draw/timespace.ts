import type { TimeSpace } from '../api/contract';
import { colour, scale } from '../app/theme';
import { clock } from '../ui/format';

const laptop = { side: 12, top: 14, bottom: 26, bar: 5, step: 36, letters: 12 }; // pixels where type is 14; a step is left below the first stop line and above the last for who comes there
const manyVehicles = 120; // from here on their ways are drawn thinner

export interface Frame {
  from: number;
  to: number;
  now: number;
}

/** Whether the corridor can be driven the other way too. */
export function hasReturn(data: TimeSpace): boolean {
  return data.inbound.some((spans) => spans.length > 0);
}

/** A time-space diagram: time to the right, the way upwards; the ways of vehicles, above them bands of departures that meet green everywhere, and a bar per stop line. */
export class TimeSpaceDrawing {
  private readonly paint: CanvasRenderingContext2D;
  private size = { ...laptop, width: 0, height: 0 };

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.paint = canvas.getContext('2d') as CanvasRenderingContext2D;
  }

  draw(data: TimeSpace, frame: Frame): void {
    this.measure();
    this.fit();
    const { width, height, side, bottom } = this.size;
    const x = (second: number): number => side + ((second - frame.from) / (frame.to - frame.from)) * (width - 2 * side);
    const y = this.scaleOf(data);
    this.paint.clearRect(0, 0, width, height);
    this.paint.save();
    this.paint.beginPath();
    this.paint.rect(side, 0, width - 2 * side, height - bottom);
    this.paint.clip();
    this.grid(frame, x);
    this.trajectories(data, x, y);
    this.bands(data, x, y);
    this.bars(data, frame, x, y);
    this.nowLine(x(frame.now));
    this.paint.restore();
    this.times(frame, x);
  }

  /** Where the label of a place belongs, in pixels from the top. */
  heightOf(data: TimeSpace, metres: number): number {
    this.measure();
    return this.scaleOf(data)(metres);
  }

  private scaleOf({ stops }: TimeSpace): (metres: number) => number {
    const { height, top, bottom, step } = this.size;
    const length = Math.max(1, ...stops.map((stop) => stop.distanceMetres));
    return (metres) => height - bottom - step - (metres / length) * (height - top - bottom - 2 * step);
  }

  private measure(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const times = scale();
    this.size = { side: laptop.side * times, top: laptop.top * times, bottom: laptop.bottom * times, bar: laptop.bar * times, step: laptop.step * times, letters: laptop.letters * times, width, height };
  }

  private fit(): void {
    const { width, height } = this.size;
    const dense = window.devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(width * dense) || this.canvas.height !== Math.round(height * dense)) {
      this.canvas.width = Math.round(width * dense);
      this.canvas.height = Math.round(height * dense);
    }
    this.paint.setTransform(dense, 0, 0, dense, 0, 0);
  }

  private grid(frame: Frame, x: (second: number) => number): void {
    this.paint.strokeStyle = colour('--line');
    this.paint.lineWidth = 1;
    this.paint.beginPath();
    for (let second = Math.ceil(frame.from / 30) * 30; second <= frame.to; second += 30) {
      this.paint.moveTo(x(second), this.size.top);
      this.paint.lineTo(x(second), this.size.height - this.size.bottom);
    }
    this.paint.stroke();
  }

  private bars(data: TimeSpace, frame: Frame, x: (second: number) => number, y: (metres: number) => number): void {
    const { bar } = this.size;
    data.stops.forEach((stop, i) => {
      const middle = y(stop.distanceMetres);
      this.paint.fillStyle = colour('--space-red');
      this.paint.fillRect(x(frame.from), middle - bar, x(frame.now) - x(frame.from), 2 * bar + 1);
      const height = hasReturn(data) ? bar : 2 * bar + 1;
      this.paint.fillStyle = colour('--space-out');
      for (const [a, b] of data.greens[i] ?? []) this.paint.fillRect(x(a), middle - bar, x(b) - x(a), height);
      this.paint.fillStyle = colour('--space-in');
      for (const [a, b] of data.inbound[i] ?? []) this.paint.fillRect(x(a), middle + 1, x(b) - x(a), bar);
    });
    for (const { direction, distanceMetres, greens } of data.oneWayStops ?? []) {
      const top = y(distanceMetres) - bar / 2;
      this.paint.fillStyle = colour('--space-red');
      this.paint.fillRect(x(frame.from), top, x(frame.now) - x(frame.from), bar);
      this.paint.fillStyle = colour(direction === 'back' ? '--space-in' : '--space-out');
      for (const [a, b] of greens) this.paint.fillRect(x(a), top, x(b) - x(a), bar);
    }
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
    this.paint.lineWidth = (data.trajectories.length > manyVehicles ? 0.7 : 1.1) * scale();
    for (const direction of ['back', 'out']) {
      this.paint.strokeStyle = colour(direction === 'back' ? '--space-vehicle-back' : '--space-vehicle');
      this.paint.beginPath();
      for (const way of data.trajectories)
        if (way.direction === direction) way.points.forEach(([second, metres], i) => (i === 0 ? this.paint.moveTo(x(second), y(metres)) : this.paint.lineTo(x(second), y(metres))));
      this.paint.stroke();
    }
  }

  private nowLine(at: number): void {
    this.paint.strokeStyle = colour('--accent');
    this.paint.lineWidth = 1.5 * scale();
    this.paint.setLineDash([4, 3]);
    this.paint.beginPath();
    this.paint.moveTo(at, this.size.top - 8);
    this.paint.lineTo(at, this.size.height - this.size.bottom);
    this.paint.stroke();
    this.paint.setLineDash([]);
  }

  private times(frame: Frame, x: (second: number) => number): void {
    const { width, height, side, letters } = this.size;
    const step = width / letters < 25 ? 120 : 60;
    this.paint.fillStyle = colour('--muted');
    this.paint.font = `${letters}px system-ui, sans-serif`;
    this.paint.textAlign = 'center';
    for (let second = Math.ceil(frame.from / step) * step; second <= frame.to; second += step) {
      const place = x(second);
      if (place > side + 2.2 * letters && place < width - side - 2.2 * letters) this.paint.fillText(clock(second), place, height - 0.67 * letters);
    }
  }
}
