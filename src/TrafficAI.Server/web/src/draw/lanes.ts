import { Problem } from '../api/client';
import type { Geometry } from '../api/contract';
import type { Scope } from '../ui/scope';

const tooMany = 429;
const betweenTwo = 30; // milliseconds
const afterRefusal = 10_000;
const known = new Map<string, Geometry>();

/** The geometry of a junction; asked for once. */
export async function geometryOf(id: string, scope: Scope): Promise<Geometry> {
  const found = known.get(id) ?? (await scope.get<Geometry>(`/intersections/${encodeURIComponent(id)}`));
  known.set(id, found);
  return found;
}

/** Fetches the geometry of many junctions one after the other, unhurried: nothing more urgent waits, and no limit of the server is met. */
export async function geometriesOf(ids: readonly string[], scope: Scope, take: (geometry: Geometry) => void): Promise<void> {
  for (const id of ids) {
    if (scope.ended) return;
    const fresh = !known.has(id);
    const geometry = await geometryOf(id, scope).catch((error: unknown) => error);
    if (geometry instanceof Problem && geometry.status === tooMany) await pause(afterRefusal);
    else if (!(geometry instanceof Error)) take(geometry as Geometry);
    if (fresh) await pause(betweenTwo);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
