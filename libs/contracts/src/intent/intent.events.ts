import { Type, type Static } from 'typebox';
import { VersionSchema } from '../artifact/artifact.events';
import { Closed, Nullable, Text, type EventsOf, type NewEventsOf } from '../platform/envelope';
import { DigestSchema, IdSchema, RefSchema, TimestampSchema } from '../platform/names';
import { STRATEGY_TYPES } from '../release/strategy';

/** What can be asked of the command centre: the first four act, and become a proposal; the others are answered. */
export const ACTING_INTENTS = ['deploy', 'promote', 'roll_back', 'cancel'] as const;
export const ASKING_INTENTS = ['waiting', 'explain', 'version', 'status', 'releases', 'help'] as const;
export const INTENT_KINDS = [...ACTING_INTENTS, ...ASKING_INTENTS] as const;
export type IntentKind = (typeof INTENT_KINDS)[number];

/** An intent in terms of resources. What is left out is asked back where it is needed and could be several. */
export const IntentSchema = Closed({
  kind: Type.Enum([...INTENT_KINDS]),
  service: Type.Optional(RefSchema),
  artifact: Type.Optional(Type.Union([RefSchema, VersionSchema], { description: 'Version, artifact id, or latest' })),
  environment: Type.Optional(RefSchema),
  target: Type.Optional(RefSchema),
  from_environment: Type.Optional(RefSchema),
  release_id: Type.Optional(IdSchema),
  strategy: Type.Optional(Type.Enum([...STRATEGY_TYPES])),
  reason: Type.Optional(Text(1000)),
});
export type Intent = Static<typeof IntentSchema>;

export const INTENT_ACTS = ['apply', 'roll_back', 'cancel'] as const;
export type IntentAct = (typeof INTENT_ACTS)[number];

/**
 * What a person is asked to confirm. `preview_ref` names the draft that will run: of the release to apply, or of the earlier
 * release that a rollback restores; for a cancellation, the draft that will not.
 */
export const ProposalSchema = Closed({
  act: Type.Enum([...INTENT_ACTS]),
  release_id: IdSchema,
  to_release_id: Nullable(IdSchema),
  preview_ref: DigestSchema,
  title: Text(300),
  approval_required: Type.Boolean({ description: 'Confirming it opens a ticket, which somebody else decides' }),
  warnings: Type.Array(Text(500), { maxItems: 50 }),
  expires_at: TimestampSchema,
});
export type Proposal = Static<typeof ProposalSchema>;

/** An answer in words, with the ids of what it speaks of: their state is read where it is kept. */
export const IntentAnswerSchema = Closed({
  text: Text(4000, { description: 'May quote what people, logs or a model wrote' }),
  release_ids: Type.Array(IdSchema, { maxItems: 50 }),
  ticket_ids: Type.Array(IdSchema, { maxItems: 50 }),
});
export type IntentAnswer = Static<typeof IntentAnswerSchema>;

export const IntentQuestionSchema = Closed({
  text: Text(500),
  candidates: Type.Array(Closed({ label: Text(200), intent: IntentSchema }), { maxItems: 20 }),
});
export type IntentQuestion = Static<typeof IntentQuestionSchema>;

export const AskedSchema = Closed({
  utterance: Nullable(Text(1000)),
  understood: Nullable(IntentSchema),
  understood_by: Type.Enum(['caller', 'grammar', 'model']),
});
export type Asked = Static<typeof AskedSchema>;

export const intentEvents = {
  'intent.proposed': Closed({ asked: AskedSchema, release_id: IdSchema, proposal: ProposalSchema }),
  'intent.answered': Closed({ asked: AskedSchema, answer: IntentAnswerSchema }),
  'intent.clarification_asked': Closed({ asked: AskedSchema, question: IntentQuestionSchema }),
  'intent.confirmed': Closed({
    release_id: IdSchema,
    act: Type.Enum([...INTENT_ACTS]),
    preview_ref: DigestSchema,
    confirmed_by: Text(200),
    ticket_id: Nullable(IdSchema),
  }),
  'intent.cancelled': Closed({ reason: Nullable(Text(1000)) }),
  'intent.expired': Closed({ expired_at: TimestampSchema }),
};
export type IntentEvent = EventsOf<typeof intentEvents>;
export type NewIntentEvent = NewEventsOf<typeof intentEvents>;
