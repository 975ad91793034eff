import type { EnvironmentView, ReleaseView, Schemas, SlotView, TargetView, TicketView } from '../api/client';

/** One place where a service can run, with what runs there and what is on its way. */
export interface Place {
  readonly target: TargetView | undefined;
  readonly slot: SlotView | undefined;
  readonly inFlight: readonly ReleaseView[];
  /** Somebody asked to roll back what runs, and nobody has decided yet. */
  readonly rollbackAsked: boolean;
}
export interface Cell {
  readonly environment: EnvironmentView;
  readonly places: readonly Place[];
}
export interface BoardRow {
  readonly service: Schemas['ServiceView'];
  readonly cells: readonly Cell[];
}

const ORDER: readonly EnvironmentView['type'][] = ['local', 'development', 'staging', 'production'];

/** Environments in the order in which a release travels. */
export const inOrder = (environments: readonly EnvironmentView[]): EnvironmentView[] =>
  [...environments].sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type) || a.name.localeCompare(b.name));

export interface BoardFacts {
  readonly services: readonly Schemas['ServiceView'][];
  readonly environments: readonly EnvironmentView[];
  readonly targets: readonly TargetView[];
  readonly slots: readonly SlotView[];
  readonly inFlight: readonly ReleaseView[];
  /** Open tickets for rollbacks. */
  readonly rollbacks: readonly Pick<TicketView, 'release_id'>[];
}

/** Services by environments: a place for every target that has something of the service, or one empty place. */
export function boardOf({ services, environments, targets, slots, inFlight, rollbacks }: BoardFacts): BoardRow[] {
  const columns = inOrder(environments);
  const asked = new Set(rollbacks.map(({ release_id: id }) => id));
  return [...services]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((service) => ({
      service,
      cells: columns.map((environment) => {
        const here = <T extends { service_id: string; environment_id: string }>(item: T): boolean =>
          item.service_id === service.service_id && item.environment_id === environment.environment_id;
        const running = slots.filter(here);
        const moving = inFlight.filter(here);
        const used = [...new Set([...running, ...moving].map(({ target_id: id }) => id))];
        return {
          environment,
          places: used.map((id) => {
            const slot = running.find(({ target_id: other }) => other === id);
            return {
              target: targets.find(({ target_id: other }) => other === id),
              slot,
              inFlight: moving.filter(({ target_id: other }) => other === id),
              rollbackAsked: Boolean(slot?.release_id && asked.has(slot.release_id)),
            };
          }),
        };
      }),
    }));
}
