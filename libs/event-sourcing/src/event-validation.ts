import { EnvelopeSchema, EVENT_TYPES, SlipwayError, type EventEnvelope } from '@slipway/contracts';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { AppendRequest } from './event-store';

const ajv = addFormats(new Ajv({ allErrors: false, strict: false, discriminator: false }), { mode: 'fast', formats: ['date-time'] });
const validators = new Map<string, ValidateFunction>();

function validatorOf(action: string): ValidateFunction | undefined {
  const known = validators.get(action);
  if (known) return known;
  const type = EVENT_TYPES[action];
  if (!type) return undefined;
  const properties = {
    ...EnvelopeSchema.properties,
    action: { const: action },
    resource_type: { const: action.slice(0, action.indexOf('.')) },
    schema_version: { const: type.version },
    detail: type.detail,
  };
  const validate = ajv.compile({ ...EnvelopeSchema, properties });
  validators.set(action, validate);
  return validate;
}

/** Compiles every event type's schema, so that the first command of a process does not pay for it. */
export function compileEventSchemas(): void {
  for (const action of Object.keys(EVENT_TYPES)) validatorOf(action);
}

/** @throws SlipwayError `internal` naming the first member that the event's JSON Schema refuses. */
export function validateEvent(event: EventEnvelope): void {
  const validate = validatorOf(event.action);
  if (!validate) throw new SlipwayError('internal', `'${event.action}' is not an event type of the contracts`);
  const data: unknown = event;
  if (validate(data)) return;
  const first = validate.errors?.[0];
  throw new SlipwayError(
    'internal',
    `The event ${event.action} is not valid at '${first?.instancePath ?? ''}': ${first?.message ?? 'unknown'}`,
    {
      action: event.action,
      errors: validate.errors?.slice(0, 5),
    },
  );
}

/**
 * What every store checks before it appends: valid events of this aggregate, dense versions behind `expected`, one command.
 * @throws SlipwayError `internal`; a caller that builds events with `envelopesOf` never sees it for anything but the detail.
 */
export function checkAppend({ ref, expected, events }: AppendRequest): void {
  if (events.length === 0) throw new SlipwayError('internal', 'An append needs at least one event');
  events.forEach((event, index) => {
    validateEvent(event);
    const same = event.resource_type === ref.type && event.resource_id === ref.id && event.project_id === ref.projectId;
    if (!same) throw new SlipwayError('internal', `Event ${event.event_id} does not belong to ${ref.type} ${ref.id}`);
    if (event.aggregate_version !== expected.version + index + 1 || event.command_id !== events[0]!.command_id) {
      throw new SlipwayError('internal', `Event ${event.event_id} does not continue version ${expected.version} of ${ref.type} ${ref.id}`);
    }
  });
}
