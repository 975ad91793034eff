import type { SlotEvent } from '@slipway/contracts';
import type { EventStore } from '@slipway/event-sourcing';
import { slotType, type Slot } from '../../slot/domain/slot.state';

/** A slot at its head, with the stream position of the last deployment into it (0: none): what a draft's basis quotes. */
export interface SlotReading {
  readonly slot: Slot;
  readonly deployedPosition: number;
}

/** @throws SlipwayError `dependency_unavailable` */
export async function readSlot(store: EventStore, projectId: string, slotId: string): Promise<SlotReading> {
  let slot: Slot = slotType.initial;
  let deployedPosition = 0;
  for (const { event, position } of await store.read({ projectId, type: 'slot', id: slotId })) {
    // Schemas keep anything but slot events out of a slot's subject.
    slot = slotType.evolve(slot, event as SlotEvent);
    if (event.action === 'slot.deployed' || event.action === 'slot.restored') deployedPosition = position;
  }
  return { slot, deployedPosition };
}
