import type { BindingEvent, BindingScope } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

export type Binding =
  | { readonly phase: 'absent' }
  | { readonly phase: 'bound' | 'deleted'; readonly id: string; readonly scope: BindingScope; readonly role: string };

const ignore = <S>(_event: never, state: S): S => state;

function evolve(binding: Binding, event: BindingEvent): Binding {
  switch (event.action) {
    case 'binding.created':
      return { phase: 'bound', id: event.resource_id, scope: event.detail.scope, role: event.detail.role };
    case 'binding.deleted':
      return binding.phase === 'absent' ? binding : { ...binding, phase: 'deleted' };
    default:
      return ignore(event, binding);
  }
}

/** One role for one subject in one scope; made again after its deletion, its history goes on. */
export const BindingAggregate: AggregateType<Binding, BindingEvent> = { type: 'binding', initial: { phase: 'absent' }, evolve };
