import { clip } from '../../release/domain/clip';
import { restorable } from '../../release/domain/rollback.decider';
import type { GroupFacts } from './group.facts';
import { emit } from './group.state';
import { isWaiting, nameOf, NOTHING, tell, type Member, type Step } from './group.step';

/** Where a member is on the way back; `why` it stays, where nothing can be done. */
type Place = 'back' | 'take_back' | 'under_way' | { readonly why: string };

/**
 * Why a group cannot go back: of one that was applied all members must be able to, for half a way back is none; of one that failed,
 * whichever can. Null: it can.
 */
export function noWayBack(group: GroupFacts, members: readonly Member[]): string | null {
  const ran = members.filter(({ release: { phase } }) => phase === 'applied' || phase === 'failed' || phase === 'rollback_failed');
  const stays = ran.flatMap(({ release, slot }) => {
    const to = restorable(release, slot);
    return typeof to === 'string' ? [`${release.subject.service_name}: ${to}`] : [];
  });
  if (stays.length > 0 && (group.status === 'applied' || stays.length === ran.length)) return stays.join(' ');
  return ran.length === 0 ? 'none of its releases runs.' : null;
}

/** One member after the other, the last applied first; one that cannot go back keeps nobody else from it. */
export function nextWayBack(group: GroupFacts, members: readonly Member[]): Step {
  const waiting = members.filter(isWaiting);
  if (waiting.length > 0) return tell('leave', ...waiting);
  const left: { release_id: string; service_name: string; why: string }[] = [];
  for (const member of members.toReversed()) {
    const place = placeOf(member, group.rollback?.requested_at ?? '');
    if (place === 'under_way') return NOTHING;
    if (place === 'take_back') return tell('take_back', member);
    const { releaseId: release_id, subject } = member.release;
    if (place !== 'back') left.push({ release_id, service_name: subject.service_name, why: clip(`${nameOf(member)}: ${place.why}`, 500) });
  }
  if (left.length === 0) return { words: [], events: emit(group, 'group.rolled_back', 'rolled_back', { release_ids: idsOf(members) }) };
  const summary = clip(left.map(({ why }) => why).join('; '), 1000);
  const diagnostics = { summary, step: null, outcome: 'failed' as const, payload: { left: left.map(({ release_id }) => release_id) } };
  return { words: [], events: emit(group, 'group.rollback_failed', 'rollback_failed', { diagnostics, left }) };
}

function placeOf({ release, slot }: Member, since: string): Place {
  switch (release.phase) {
    case 'approved':
    case 'applying':
    case 'verifying':
    case 'rolling_back':
      return 'under_way';
    case 'applied':
    case 'failed':
    case 'rollback_failed': {
      if (release.rollback) return 'under_way';
      if (release.phase === 'failed' && release.executionId === null) return 'back';
      // One that failed to go back since this rollback began was tried; one of before is tried again.
      if (release.phase === 'rollback_failed' && release.facts.rollback_requested_at >= since) return { why: 'its rollback failed' };
      const to = restorable(release, slot);
      if (typeof to !== 'string') return 'take_back';
      // What failed as the first of its slot was removed (ADR 0008).
      const removed =
        release.phase === 'failed' && slot.current === null && (release.outcome === 'failed' || release.outcome === 'aborted');
      return removed ? 'back' : { why: to };
    }
    default:
      return 'back';
  }
}

const idsOf = (members: readonly Member[]): string[] => members.map(({ release: { releaseId } }) => releaseId).reverse();
