import fc from 'fast-check';
import { TERMINAL_STATUSES, type NewReleaseEvent, type ReleaseEvent, type ReleaseStatus } from '@slipway/contracts';
import { envelopesOf, testContext, validateEvent } from '@slipway/event-sourcing';
import type { ReleaseCommand } from './release.commands';
import { decide } from './release.decider';
import { RELEASE_ID } from './release.fixture';
import { choice, chosen, command, type Choice } from './release.machine.fixture';
import { evolve, noRelease, type Phase, type Release } from './release.state';

/** The status table of ARCHITECTURE.md, section 6: what may follow what. A status also follows itself. */
const NEXT: Record<Phase, readonly Phase[]> = {
  none: ['previewed'],
  previewed: ['pending_approval', 'approved', 'expired', 'cancelled'],
  pending_approval: ['approved', 'rejected', 'expired', 'superseded', 'cancelled'],
  approved: ['applying', 'superseded', 'cancelled', 'failed'],
  applying: ['verifying', 'applied', 'failed'],
  verifying: ['applied', 'failed'],
  applied: ['rolling_back', 'rollback_failed'],
  failed: ['rolling_back', 'rollback_failed'],
  rolling_back: ['rolled_back', 'rollback_failed'],
  rollback_failed: ['rolling_back'],
  rolled_back: [],
  rejected: [],
  expired: [],
  superseded: [],
  cancelled: [],
};
const recorded = (events: readonly NewReleaseEvent[], version: number): ReleaseEvent[] =>
  envelopesOf({ projectId: 'demo', type: 'release', id: RELEASE_ID }, version, events, testContext()) as ReleaseEvent[];

/** A refusal is an answer: the state stays. */
function attempt(of: ReleaseCommand, release: Release): readonly NewReleaseEvent[] {
  try {
    return decide(of, release);
  } catch (error) {
    expect(error).toMatchObject({ name: 'SlipwayError', category: 'rule_violation' });
    return [];
  }
}

interface Walk {
  release: Release;
  version: number;
  readonly log: ReleaseEvent[];
  step(choice: Choice): readonly ReleaseEvent[];
}
function walk(): Walk {
  const state: Walk = {
    release: noRelease,
    version: 0,
    log: [],
    step(from) {
      const events = recorded(attempt(chosen(from, state.release.phase), state.release), state.version);
      state.release = events.reduce(evolve, state.release);
      state.version += events.length;
      state.log.push(...events);
      return events;
    },
  };
  return state;
}
const sequences = fc.array(choice, { minLength: 20, maxLength: 40 });
const runs = { numRuns: 500 };

describe('the state machine of a release', () => {
  it('stays in the status table, and every event says the status it leads to', () => {
    const seen = new Set<Phase>();
    fc.assert(
      fc.property(sequences, (commands) => {
        const walked = walk();
        for (const of of commands) {
          const before = walked.release.phase;
          const events = walked.step(of);
          events.forEach(validateEvent);
          const after = walked.release.phase;
          seen.add(after);
          if (after !== before && !NEXT[before].includes(after)) throw new Error(`${before} -> ${after} by ${JSON.stringify(of)}`);
          for (const event of events) expect(event.status).toBe(after);
        }
      }),
      runs,
    );
    expect([...seen].sort()).toEqual(Object.keys(NEXT).sort());
  });

  it('keeps what is terminal terminal, unless a rollback is asked for', () => {
    const left = new Set<string>();
    fc.assert(
      fc.property(sequences, (commands) => {
        const walked = walk();
        for (const of of commands) {
          const before = walked.release.phase;
          walked.step(of);
          if (TERMINAL_STATUSES.includes(before as ReleaseStatus) && walked.release.phase !== before) {
            left.add(before);
            expect(walked.log.some(({ action }) => action === 'release.rollback_requested')).toBe(true);
          }
        }
      }),
      runs,
    );
    for (const phase of left) expect(['applied', 'failed', 'rollback_failed']).toContain(phase);
  });

  it('runs nothing without an approval of this very draft, and never twice', () => {
    fc.assert(
      fc.property(sequences, (commands) => {
        const walked = walk();
        commands.forEach((of) => walked.step(of));
        const actions = walked.log.map(({ action }) => action);
        const began = actions.indexOf('release.applying');
        if (began >= 0) expect(actions.slice(0, began)).toContain('release.approved');
        expect(actions.filter((action) => action === 'release.applying').length).toBeLessThanOrEqual(1);
        expect(actions.filter((action) => action === 'release.applied').length).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  it('repeats nothing: the same command again on the new state adds at most what it refuses', () => {
    const once = fc.tuple(sequences, command);
    fc.assert(
      fc.property(once, ([commands, of]) => {
        const walked = walk();
        commands.forEach((earlier) => walked.step(earlier));
        const first = walked.step(of);
        if (first.length > 0 && of.type !== 'RollbackRelease') expect(walked.step(of)).toEqual([]);
      }),
      runs,
    );
  });

  it('folds any events in any order without throwing', () => {
    const log = collect();
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...log), { maxLength: 30 }), (events) => {
        const release = events.reduce(evolve, noRelease);
        expect(Object.keys(NEXT)).toContain(release.phase);
        if (release.phase !== 'none') expect(release.facts.release_id).toBe(RELEASE_ID);
      }),
      runs,
    );
  });
});

/** One event of every kind that walks produce, and one of a kind that does not exist yet. */
function collect(): ReleaseEvent[] {
  const byAction = new Map<string, ReleaseEvent>();
  fc.assert(
    fc.property(sequences, (commands) => {
      const walked = walk();
      commands.forEach((of) => walked.step(of));
      walked.log.forEach((event) => byAction.set(event.action, event));
    }),
    runs,
  );
  const known = [...byAction.values()];
  return [...known, { ...known[0]!, action: 'release.from_the_future' } as unknown as ReleaseEvent];
}
