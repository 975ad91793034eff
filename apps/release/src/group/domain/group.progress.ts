import type { Diagnostics, NewGroupEvent, Outcome } from '@slipway/contracts';
import { clip } from '../../release/domain/clip';
import { rollBack, withdraw } from './group.decider';
import type { GroupFacts } from './group.facts';
import { emit } from './group.state';
import { isWaiting, nameOf, NOTHING, tell, type Member, type Step } from './group.step';
import { nextWayBack } from './group.way-back';

/**
 * The next step of a group, from where it and its members are now, whatever happened in between. Members are in the order in which they
 * are applied. Told again, it gives the same step until that is done.
 */
export function nextStep(group: GroupFacts, members: readonly Member[], rollsBack: boolean): Step {
  switch (group.status) {
    case 'pending_approval':
      return awaiting(group, members, (why) => withdraw('superseded', why, group));
    case 'approved':
      return awaiting(group, members, (why, lost) => fail(group, lost, 'errored', why));
    case 'applying':
      return applying(group, members);
    case 'failed':
      return failed(group, members, rollsBack);
    case 'rolling_back':
      return nextWayBack(group, members);
    case 'rejected':
    case 'expired':
    case 'superseded':
    case 'cancelled':
      return tell('leave', ...members.filter(isWaiting));
    default:
      return NOTHING;
  }
}

/** All members wait together; one that ended meanwhile ends the group before it begins. */
function awaiting(group: GroupFacts, members: readonly Member[], end: (why: string, lost: Member) => NewGroupEvent[]): Step {
  const lost = members.find((member) => !isWaiting(member));
  if (lost) return { words: [], events: end(`${nameOf(lost)} is ${inWords(lost)}`, lost) };
  const { words } = tell('await', ...members.filter(({ release: { phase } }) => phase === 'previewed'));
  if (group.status !== 'approved') return { words, events: [] };
  if (group.cancel_requested) return { words: [], events: fail(group, null, 'aborted', 'It was cancelled before it began') };
  return { words, events: emit(group, 'group.applying', 'applying', { release_ids: idsOf(group) }) };
}

function applying(group: GroupFacts, members: readonly Member[]): Step {
  const at = members.find(({ release: { phase } }) => phase !== 'applied');
  if (!at) return { words: [], events: verified(group, members) };
  const { release } = at;
  switch (release.phase) {
    case 'previewed':
    case 'pending_approval':
      return group.cancel_requested
        ? { words: [], events: fail(group, null, 'aborted', `Cancelled before ${nameOf(at)}`) }
        : tell('turn', at);
    case 'approved':
    case 'applying':
    case 'verifying':
      return group.cancel_requested ? tell('leave', at) : NOTHING;
    case 'failed':
      return { words: [], events: fail(group, at, release.outcome === 'succeeded' ? 'failed' : release.outcome, failureOf(at)) };
    default:
      return {
        words: [],
        events: fail(group, at, group.cancel_requested ? 'aborted' : 'errored', `${nameOf(at)} is ${inWords(at)}`),
      };
  }
}

/** Each member was verified where it runs. What is left to see is that all of them still run: somebody may have been quicker. */
function verified(group: GroupFacts, members: readonly Member[]): NewGroupEvent[] {
  const gone = members.find(({ release, slot }) => slot.current?.releaseId !== release.releaseId);
  if (gone) return fail(group, gone, 'failed', `${nameOf(gone)} does not run in its slot any more`);
  return emit(group, 'group.applied', 'applied', { release_ids: idsOf(group) });
}

/** All or nothing: whatever stopped it, what was applied goes back, where policy allows that in advance. */
function failed(group: GroupFacts, members: readonly Member[], rollsBack: boolean): Step {
  const { words } = tell('leave', ...members.filter(isWaiting));
  const ran = members.some(({ release }) => release.phase === 'applied' || ('executionId' in release && release.executionId !== null));
  if (group.rollback !== null || !rollsBack || !ran) return { words, events: [] };
  const detail = { automatic: true, reason: group.diagnostics_json?.summary ?? null, requested_by: 'service:release' };
  return { words, events: rollBack({ ...detail, ticket_id: null, approved_by: [] }, group) };
}

function fail(group: GroupFacts, member: Member | null, outcome: Exclude<Outcome, 'succeeded'>, why: string): NewGroupEvent[] {
  const release_id = member?.release.releaseId ?? null;
  const diagnostics: Diagnostics = { summary: clip(why, 1000), step: null, outcome, payload: release_id === null ? {} : { release_id } };
  return emit(group, 'group.failed', 'failed', { release_id, outcome, diagnostics });
}

/** With the reason, where its own log gives one. */
function inWords({ release: { phase, facts } }: Member): string {
  const why = facts.diagnostics_json?.summary;
  return `${phase.replaceAll('_', ' ')}${why ? `: ${why}` : ''}`;
}
const failureOf = (member: Member): string => `${nameOf(member)}: ${member.release.facts.diagnostics_json?.summary ?? 'it failed'}`;
const idsOf = ({ draft }: GroupFacts): string[] => draft.members.map(({ release_id }) => release_id);
