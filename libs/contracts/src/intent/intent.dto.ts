import { Type, type Static } from 'typebox';
import { Closed, CONVERSATION_PATTERN, Nullable, Text } from '../platform/envelope';
import { IdSchema, NameSchema, TimestampSchema } from '../platform/names';
import {
  INTENT_ACTS,
  IntentAnswerSchema,
  IntentQuestionSchema,
  IntentSchema,
  ProposalSchema,
  type Asked,
  type IntentAct,
  type IntentAnswer,
  type IntentQuestion,
} from './intent.events';

const ConversationIdSchema = Type.String({ pattern: CONVERSATION_PATTERN, maxLength: 100, description: 'Conversation id' });

/** An utterance or a structured intent: exactly one of them. */
export const CreateIntentSchema = Closed(
  {
    utterance: Type.Optional(Text(1000, { minLength: 1, description: 'In words, e.g. roll back checkout in staging' })),
    intent: Type.Optional(IntentSchema),
    project: Type.Optional(NameSchema),
    conversation_id: Type.Optional(ConversationIdSchema),
  },
  { minProperties: 1 },
);
export type CreateIntent = Static<typeof CreateIntentSchema>;
/** `preview_ref` may be missing on the wire: that is the rule violation `preview_required`, not a malformed request. */
export const ConfirmIntentSchema = Closed({ preview_ref: Type.Optional(Type.String({ maxLength: 100 })) });
export type ConfirmIntent = Static<typeof ConfirmIntentSchema>;
export const CancelIntentSchema = Closed({ reason: Type.Optional(Text(1000)) });

export const INTENT_STATUSES = ['proposed', 'answered', 'clarification', 'confirmed', 'cancelled', 'expired'] as const;
export const IntentViewSchema = Closed({
  intent_id: IdSchema,
  project_id: IdSchema,
  status: Type.Enum([...INTENT_STATUSES]),
  conversation_id: Type.String(),
  utterance: Nullable(Type.String()),
  understood: Nullable(IntentSchema),
  understood_by: Type.Enum(['caller', 'grammar', 'model']),
  proposal: Nullable(ProposalSchema),
  answer: Nullable(IntentAnswerSchema),
  question: Nullable(IntentQuestionSchema),
  asked_by: Type.String(),
  asked_by_type: Type.Enum(['human', 'agent', 'service']),
  confirmed_by: Nullable(Type.String()),
  confirmed_act: Nullable(Type.Enum([...INTENT_ACTS])),
  approval_ticket: Nullable(IdSchema),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
  version: Type.Integer(),
});
export type IntentView = Static<typeof IntentViewSchema>;

export const ListIntentsSchema = Closed({
  project: Type.Optional(NameSchema),
  conversation: Type.Optional(ConversationIdSchema),
  status: Type.Optional(Type.Enum([...INTENT_STATUSES])),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Text(200)),
});
export type ListIntents = Static<typeof ListIntentsSchema>;

/** What came of an intent, as the gateway hands it over; a proposal is completed and checked against the release itself. */
export interface RecordIntent {
  project: string;
  asked: Asked;
  outcome: { propose: { act: IntentAct; release_id: string } } | { answer: IntentAnswer } | { ask: IntentQuestion };
}
