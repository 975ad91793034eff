import type { NewGroupEvent } from '@slipway/contracts';
import type { SlotReading } from '../../release/domain/release.commands';
import type { DraftedRelease } from '../../release/domain/release.state';

/** A member as its own log says it is, and its slot. */
export interface Member {
  readonly release: DraftedRelease;
  readonly slot: SlotReading;
}
/** What a member is told; a member to which it does not apply any more ignores it. */
export type Word = 'await' | 'turn' | 'leave' | 'take_back';
/** What comes next: words to members first, then the group's own event. Nothing: it waits for somebody. */
export interface Step {
  readonly words: readonly { readonly releaseId: string; readonly word: Word }[];
  readonly events: NewGroupEvent[];
}
export const NOTHING: Step = { words: [], events: [] };
export const tell = (word: Word, ...members: readonly Member[]): Step => ({
  words: members.map(({ release: { releaseId } }) => ({ releaseId, word })),
  events: [],
});

export const isWaiting = ({ release: { phase } }: Member): boolean => phase === 'previewed' || phase === 'pending_approval';
export const nameOf = ({ release: { subject } }: Member): string => `${subject.service_name} ${subject.artifact_version}`;
