import { EnvelopeSchema } from '../platform/envelope';
import { NAME_PATTERN, NONE } from '../platform/names';
import { RESOURCE_OWNERS, type ResourceType } from '../platform/ownership';
import { EVENT_TYPES } from '../platform/registry';

/** JSON as it will be written: schema builders hang members on their objects that JSON does not show. */
const plain = (value: object): object => JSON.parse(JSON.stringify(value)) as object;

const typeOf = (action: string): ResourceType => action.slice(0, action.indexOf('.')) as ResourceType;
/** `release.rollback_requested` -> `releaseRollbackRequested`, a key that AsyncAPI allows and generators like. */
const keyOf = (action: string): string => action.replace(/[._]([a-z])/g, (_, letter: string) => letter.toUpperCase());

const text = (description: string, more: object = {}): object => ({ type: 'string', description, ...more });

const headers = (action: string, version: number): object => ({
  type: 'object',
  required: ['Nats-Msg-Id', 'ce-specversion', 'ce-id', 'ce-type', 'ce-source', 'ce-time', 'Slipway-Version', 'Slipway-Digest'],
  properties: {
    'Nats-Msg-Id': text('The event id'),
    'ce-specversion': { type: 'string', const: '1.0' },
    'ce-id': text('The event id'),
    'ce-source': text('The service that owns the event type', { const: `/slipway/${RESOURCE_OWNERS[typeOf(action)]}` }),
    'ce-type': { type: 'string', const: action },
    'ce-subject': text('The resource id'),
    'ce-time': text('When it happened', { format: 'date-time' }),
    'ce-datacontenttype': { type: 'string', const: 'application/json' },
    traceparent: text('W3C trace context of the command, where telemetry runs'),
    'Slipway-Version': text(`Dense version of the resource; schema version ${version}`),
    'Slipway-Previous': text("Digest of the resource's event before this one; '-' for the first"),
    'Slipway-Digest': text('sha256 over subject, headers and body'),
  },
});

function payload(action: string): object {
  const { version, detail } = EVENT_TYPES[action]!;
  const properties = {
    ...EnvelopeSchema.properties,
    action: { type: 'string', const: action },
    resource_type: { type: 'string', const: typeOf(action) },
    schema_version: { type: 'integer', const: version },
    detail,
  };
  return plain({ ...EnvelopeSchema, title: action, properties });
}

const message = (action: string): object => ({
  name: action,
  title: action,
  contentType: 'application/json',
  correlationId: { location: '$message.payload#/correlation_id' },
  headers: headers(action, EVENT_TYPES[action]!.version),
  payload: payload(action),
});

const channel = (action: string): object => ({
  address: `events.{projectId}.${action}.{resourceId}`,
  title: action,
  parameters: { projectId: { $ref: '#/components/parameters/projectId' }, resourceId: { $ref: '#/components/parameters/resourceId' } },
  messages: { [keyOf(action)]: { $ref: `#/components/messages/${keyOf(action)}` } },
});

const operation = (action: string): object => ({
  action: 'send',
  title: `${action} happened`,
  channel: { $ref: `#/channels/${keyOf(action)}` },
  messages: [{ $ref: `#/channels/${keyOf(action)}/messages/${keyOf(action)}` }],
});

const mapOf = (make: (action: string) => object): Record<string, object> =>
  Object.fromEntries(Object.keys(EVENT_TYPES).map((action) => [keyOf(action), make(action)]));

/** Everything that downstream systems can subscribe to (ARCHITECTURE.md, section 3), from the same schemas that guard every append. */
export const asyncApiDocument = (): object => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Slipway events',
    version: '1.0.0',
    description:
      "Every fact of the platform, in order, on the JetStream stream EVENTS. Subscribe with wildcards, e.g. 'events.*.release.applied.*' " +
      "for one type in every project or 'events.demo.>' for everything in one. An event is delivered at least once; 'event_id' tells repetitions.",
    license: { name: 'Apache-2.0' },
  },
  defaultContentType: 'application/json',
  servers: {
    embedded: {
      host: '127.0.0.1',
      protocol: 'nats',
      description: "Started by 'npm run up'; URL and the read-only credential of user 'subscriber' are in $SLIPWAY_DATA_DIR/nats.json",
      security: [{ type: 'userPassword' }],
    },
  },
  channels: mapOf(channel),
  operations: mapOf(operation),
  components: {
    parameters: {
      projectId: { description: `Project id: ${NAME_PATTERN}; '${NONE}' stands for none` },
      resourceId: { description: `Resource id: ${NAME_PATTERN}` },
    },
    messages: mapOf(message),
  },
});
