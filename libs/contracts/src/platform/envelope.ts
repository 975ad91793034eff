import { Type, type Static, type TObject, type TSchema } from 'typebox';
import type { ActorType, Source } from './actor';
import { DigestSchema, IdSchema, NAME_PATTERN, NONE, TimestampSchema } from './names';
import type { ResourceType } from './ownership';

const IdOrNone = Type.String({ pattern: `${NAME_PATTERN}|^${NONE}$`, maxLength: 63, description: "Id; '_' stands for none" });
const ActorId = Type.String({ minLength: 1, maxLength: 200 });
/** Names the conversation (a chat, an MCP session, a pipeline run) in which an act was asked for. */
export const CONVERSATION_PATTERN = '^[A-Za-z0-9._:-]{1,100}$';
const ConversationId = Type.String({ pattern: CONVERSATION_PATTERN, maxLength: 100, description: 'Conversation id' });

/**
 * The JSON body of every event: the required fields of spec 001, section 3.2, and those of ARCHITECTURE.md, section 3.
 * `event_id` is derived from aggregate, command and ordinal, and is also the `Nats-Msg-Id` and `ce-id` header.
 */
export const EnvelopeSchema = Type.Object(
  {
    event_id: IdSchema,
    action: Type.String({ pattern: '^[a-z]+\\.[a-z_]+$', maxLength: 60, description: '<resource_type>.<event>' }),
    resource_type: Type.String({ maxLength: 30 }),
    resource_id: IdSchema,
    project_id: IdOrNone,
    team_id: IdOrNone,
    environment_id: IdOrNone,
    actor_id: ActorId,
    actor_type: Type.Enum(['human', 'agent', 'service']),
    source: Type.Enum(['ui', 'cli', 'api', 'ai', 'mcp', 'webhook', 'system']),
    status: Type.String({ minLength: 1, maxLength: 40, description: 'Status of the resource after this event' }),
    occurred_at: TimestampSchema,
    detail: Type.Object({}, { additionalProperties: true }),
    schema_version: Type.Integer({ minimum: 1 }),
    correlation_id: Type.String({ minLength: 1, maxLength: 100, description: 'Same for all that follows from one request' }),
    causation_id: Type.String({ minLength: 1, maxLength: 100, description: 'The command or event that directly caused this one' }),
    command_id: IdSchema,
    aggregate_version: Type.Integer({ minimum: 1, description: 'Dense: 1, 2, 3, ...' }),
    preview_ref: Type.Optional(DigestSchema),
    request_digest: Type.Optional(DigestSchema),
    on_behalf_of: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'The person whose child the acting credential is' }),
    ),
    conversation_id: Type.Optional(ConversationId),
  },
  { additionalProperties: false },
);

export interface EventEnvelope<Action extends string = string, Detail extends object = Record<string, unknown>> {
  readonly event_id: string;
  readonly action: Action;
  readonly resource_type: ResourceType;
  readonly resource_id: string;
  readonly project_id: string;
  readonly team_id: string;
  readonly environment_id: string;
  readonly actor_id: string;
  readonly actor_type: ActorType;
  readonly source: Source;
  readonly status: string;
  readonly occurred_at: string;
  readonly detail: Detail;
  readonly schema_version: number;
  readonly correlation_id: string;
  readonly causation_id: string;
  readonly command_id: string;
  readonly aggregate_version: number;
  readonly preview_ref?: string;
  /** Digest of the request behind `command_id`; tells a repeated Idempotency-Key from a reused one. */
  readonly request_digest?: string;
  /** The actor id of the person for whom `actor_id` acts, where it acts for one. */
  readonly on_behalf_of?: string;
  readonly conversation_id?: string;
}

/** What a decider returns: the parts of an event that the domain decides. The command runner fills in the rest. */
export interface NewEvent<Action extends string = string, Detail extends object = object> {
  readonly action: Action;
  readonly status: string;
  readonly detail: Detail;
  readonly environmentId?: string;
  readonly teamId?: string;
  readonly previewRef?: string;
}

/** Schemas of one context's events: action -> schema of its `detail`. */
export type DetailSchemas = Readonly<Record<string, TObject>>;

/** The union of events that a map of detail schemas describes. */
export type EventsOf<S extends DetailSchemas> = { [A in keyof S & string]: EventEnvelope<A, Static<S[A]>> }[keyof S & string];
export type NewEventsOf<S extends DetailSchemas> = { [A in keyof S & string]: NewEvent<A, Static<S[A]>> }[keyof S & string];

/** Closed object: unknown members are refused. */
export const Closed = <P extends Record<string, TSchema>>(properties: P, options: object = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const Text = (maxLength: number, options: object = {}) => Type.String({ maxLength, ...options });
