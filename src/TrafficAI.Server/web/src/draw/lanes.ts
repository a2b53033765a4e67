import type { Geometry } from '../api/contract';
import type { Scope } from '../ui/scope';

const known = new Map<string, Geometry>();

/** The geometry of a junction; asked for once. */
export async function geometryOf(id: string, scope: Scope): Promise<Geometry> {
  const found = known.get(id) ?? (await scope.get<Geometry>(`/intersections/${encodeURIComponent(id)}`));
  known.set(id, found);
  return found;
}

/** Fetches the geometry of many junctions, three at a time, so that nothing more urgent waits. */
export async function geometriesOf(ids: readonly string[], scope: Scope, take: (geometry: Geometry) => void): Promise<void> {
  const waiting = [...ids];
  const work = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined && !scope.ended; id = waiting.shift()) {
      const geometry = await geometryOf(id, scope).catch(() => null);
      if (geometry) take(geometry);
    }
  };
  await Promise.all([work(), work(), work()]);
}
