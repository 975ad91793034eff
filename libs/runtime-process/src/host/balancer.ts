import type { Route } from '../protocol';
import type { Replica } from './replica';

interface Weighted {
  readonly releaseId: string;
  readonly percent: number;
  credit: number;
}

/**
 * Chooses the replica of a request: first the release by weight (smooth weighted round robin, as nginx has it, so that
 * 10 % is every tenth request), then round robin among its ready replicas. A release with none ready is passed over.
 */
export class Balancer {
  private routes: Weighted[] = [];
  private ready = new Map<string, Replica[]>();
  private readonly turns = new Map<string, number>();

  route(routes: readonly Route[]): void {
    this.routes = routes.map((route) => ({ ...route, credit: 0 }));
  }

  serve(replicas: readonly Replica[]): void {
    this.ready = new Map();
    for (const replica of replicas) this.ready.set(replica.releaseId, [...(this.ready.get(replica.releaseId) ?? []), replica]);
  }

  /** Undefined: nothing that is routed to is ready, or all of it has been tried. */
  choose(tried: ReadonlySet<Replica>): Replica | undefined {
    const able = this.routes.filter((route) => this.candidates(route.releaseId, tried).length > 0);
    const route = heaviest(able);
    if (!route) return undefined;
    const candidates = this.candidates(route.releaseId, tried);
    const turn = this.turns.get(route.releaseId) ?? 0;
    this.turns.set(route.releaseId, turn + 1);
    return candidates[turn % candidates.length];
  }

  private candidates(releaseId: string, tried: ReadonlySet<Replica>): Replica[] {
    const ready = this.ready.get(releaseId) ?? [];
    return tried.size === 0 ? ready : ready.filter((replica) => !tried.has(replica));
  }
}

function heaviest(routes: readonly Weighted[]): Weighted | undefined {
  let best: Weighted | undefined;
  let total = 0;
  for (const route of routes) {
    route.credit += route.percent;
    total += route.percent;
    if (!best || route.credit > best.credit) best = route;
  }
  if (best) best.credit -= total;
  return best;
}
