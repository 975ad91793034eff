import { SlipwayError } from '@slipway/contracts';
import type { EventStore } from '@slipway/event-sourcing';

/** What may go wrong with a call to the log, decided one after the other: fine, refused, or done and the answer lost. */
export type Fault = 'none' | 'refused' | 'answer lost';

/** A log that is away now and then. Nothing is wrong with what it holds. */
export function flakyStore(store: EventStore, faults: () => Fault): EventStore {
  const away = (): SlipwayError => new SlipwayError('dependency_unavailable', 'The log is away.');
  const call = async <T>(work: () => Promise<T>, lost: () => SlipwayError): Promise<T> => {
    const fault = faults();
    if (fault === 'refused') throw away();
    const result = await work();
    if (fault === 'answer lost') throw lost();
    return result;
  };
  const unknown = (): SlipwayError => new SlipwayError('outcome_unknown', 'Nobody knows.');
  return {
    head: (ref) => call(() => store.head(ref), away),
    read: (ref, after) => call(() => store.read(ref, after), away),
    position: () => call(() => store.position(), away),
    append: (request) => call(() => store.append(request), unknown),
    appendAtomically: (requests) => call(() => store.appendAtomically(requests), unknown),
    at: (position) => call(() => store.at(position), away),
    confirm: (position) => call(() => store.confirm(position), away),
    subscribe: (options) => store.subscribe(options),
  };
}
