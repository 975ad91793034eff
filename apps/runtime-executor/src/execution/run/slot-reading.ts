import type { AggregateRef } from '@slipway/contracts';
import type { AggregateHead, CommandRunner, EventStore } from '@slipway/event-sourcing';
import { slotType, type Slot } from '../../slot/domain/slot.state';

interface SlotPorts {
  readonly runner: CommandRunner;
  readonly store: EventStore;
}

/** A slot at its head, with the stream position of the last deployment into it (0: none): what a draft's basis quotes. */
export interface SlotReading {
  readonly slot: Slot;
  readonly deployedPosition: number;
}

/** @throws SlipwayError `dependency_unavailable` */
export async function readSlot(ports: SlotPorts, projectId: string, slotId: string): Promise<SlotReading> {
  const ref: AggregateRef = { projectId, type: 'slot', id: slotId };
  const { state: slot, head } = await ports.runner.load(slotType, ref);
  if (slot.phase === 'empty') return { slot, deployedPosition: 0 };
  const remembered = positionOf(head, slot.deployedVersion);
  return { slot, deployedPosition: remembered ?? (await searched(ports.store, ref, slot.deployedVersion)) };
}

/** Out of the head, which remembers the latest positions of its aggregate. */
function positionOf(head: AggregateHead, version: number): number | undefined {
  if (version === head.version) return head.position;
  return head.earlier[head.earlier.length - (head.version - version)];
}

/** Hundreds of events since the last deployment: a slot that drifts and heals all the time. */
async function searched(store: EventStore, ref: AggregateRef, version: number): Promise<number> {
  const events = await store.read(ref);
  return events.find(({ event }) => event.aggregate_version === version)?.position ?? 0;
}
