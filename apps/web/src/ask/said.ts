import type { Schemas } from '../api/client';
import { words } from '../display/format';

export type IntentView = Schemas['IntentView'];
export type Intent = NonNullable<IntentView['understood']>;

const canonical = (intent: Intent): string => JSON.stringify(Object.entries(intent).sort(([a], [b]) => a.localeCompare(b)));

/**
 * What was said in a turn: its words; where a candidate of an earlier question was chosen, its label; else the intent in short.
 * `conversation` is from the oldest turn to the newest.
 */
export function saidIn({ utterance, understood, intent_id: id }: IntentView, conversation: readonly IntentView[]): string {
  if (utterance !== null) return utterance;
  if (!understood) return '';
  const meant = canonical(understood);
  const before = conversation.slice(
    0,
    conversation.findIndex((turn) => turn.intent_id === id),
  );
  const chosen = before.flatMap(({ question }) => question?.candidates ?? []).findLast(({ intent }) => canonical(intent) === meant);
  return chosen?.label ?? inShort(understood);
}

function inShort({ kind, service, artifact, environment, release_id: release }: Intent): string {
  const what = release ?? [service, artifact].filter(Boolean).join(' ');
  return [words(kind), what, environment && `in ${environment}`].filter(Boolean).join(' ');
}

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'release' | 'ticket'; readonly id: string }
  | { readonly kind: 'moment'; readonly at: string };

const REFERENCE = /\b(rel-[0-9a-z]{6,}|tkt-[0-9a-z]{6,}|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z)\b/;

/** An answer's text with what it refers to told apart, so that ids become links and moments are in the reader's zone. */
export function partsOf(text: string): Part[] {
  return text.split(REFERENCE).flatMap((piece, index): Part[] => {
    if (piece === '') return [];
    if (index % 2 === 0) return [{ kind: 'text', text: piece }];
    if (piece.startsWith('rel-')) return [{ kind: 'release', id: piece }];
    return [piece.startsWith('tkt-') ? { kind: 'ticket', id: piece } : { kind: 'moment', at: piece }];
  });
}

export interface Conversation {
  readonly id: string;
  /** What it began with, as far back as is known. */
  readonly title: string;
  readonly askedBy: string;
  readonly askedByType: IntentView['asked_by_type'];
  readonly at: string;
}

/** Conversations out of the latest intents, newest first. */
export function conversationsOf(intents: readonly IntentView[]): Conversation[] {
  const turns = new Map<string, IntentView[]>();
  for (const intent of intents) turns.set(intent.conversation_id, [...(turns.get(intent.conversation_id) ?? []), intent]);
  return [...turns].map(([id, newestFirst]) => {
    const inOrder = newestFirst.toReversed();
    const first = inOrder[0]!;
    return {
      id,
      title: saidIn(first, inOrder),
      askedBy: first.asked_by,
      askedByType: first.asked_by_type,
      at: newestFirst[0]!.created_at,
    };
  });
}
