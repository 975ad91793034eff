import { defaultPolicy, deriveId, digestOf, type PinnedVariables, type ReleaseStatus } from '@slipway/contracts';
import { verdictOf } from '@slipway/gates';
import { DIGEST, NOW, RELEASE_ID, subject } from '../release.fixture';
import { draftOf } from './draft';
import type { DraftInput } from './draft.input';
import { governanceChecks } from './governance.checks';
import { riskOf } from './risk';
import { rollbackWarnings } from './rollback.warnings';

const RUNNING = { releaseId: deriveId('release', 'running'), artifactVersion: '1.0.0', artifactDigest: digestOf('older') };
const serving = { api_version: 'slipway/v1' as const, processes: { web: { command: ['x'], port: true } } };
const silent = { api_version: 'slipway/v1' as const, processes: { job: { command: ['x'] } } };
const action = (name: string, one_way = false) => ({
  ordinal: 1,
  verb: 'run' as const,
  kind: 'hook',
  name,
  summary: 'changes data',
  one_way,
});
const difference = { op: 'replace' as const, path: '/x' };

const input = (given: Partial<DraftInput> = {}): DraftInput => ({
  subject: subject({ environment_type: 'development', environment_name: 'dev' }),
  plan: { actions: [], diff: [], diff_truncated: false, checks: [], risk_reasons: [] },
  policy: defaultPolicy('development'),
  environmentType: 'development',
  artifact: { manifest: serving, sourceRevision: 'abc', stored: true },
  slot: { current: RUNNING, hold: null },
  busyWith: null,
  past: [],
  actorType: 'human',
  gate: verdictOf([], 'apply', NOW),
  ranIn: [],
  now: NOW,
  ...given,
});
const resultOf = (given: Partial<DraftInput>, name: string) => governanceChecks(input(given)).find((check) => check.name === name)?.result;
const past = (...statuses: ReleaseStatus[]) =>
  statuses.map((status, index) => ({ releaseId: deriveId('release', String(index)), status, variables: {} }));

describe('governance checks', () => {
  it('pass where nothing is amiss', () => expect(governanceChecks(input()).every(({ result }) => result === 'pass')).toBe(true));
  it.each([
    ['artifact-verified', 'fail', { artifact: { manifest: serving, sourceRevision: 'abc', stored: false } }],
    ['change-traceable', 'warn', { artifact: { manifest: serving, sourceRevision: null, stored: true } }],
    ['change-traceable', 'fail', { policy: { ...defaultPolicy('production'), change_required: true } }],
    ['slot-hold', 'fail', { slot: { current: null, hold: { by: 'op', since: NOW, reason: 'x'.repeat(1000) } } }],
    ['slot-busy', 'warn', { busyWith: RELEASE_ID }],
    [
      'freeze',
      'warn',
      { gate: { ...verdictOf([], 'apply', NOW), closed: true, code: 'line_stopped', scope: 'project', reason: 'x', owner: 'y' } },
    ],
    ['version-changes', 'warn', { slot: { current: { ...RUNNING, artifactDigest: DIGEST }, hold: null } }],
    [
      'strategy-fits',
      'fail',
      { artifact: { manifest: silent, sourceRevision: 'a', stored: true }, subject: subject({ strategy: { type: 'canary' } }) },
    ],
    [
      'strategy-fits',
      'warn',
      { artifact: { manifest: silent, sourceRevision: 'a', stored: true }, subject: subject({ strategy: { type: 'blue-green' } }) },
    ],
    ['canary-steps', 'warn', { subject: subject({ strategy: { type: 'canary', steps: [{ percent: 50 }, { percent: 100 }] } }) }],
    ['canary-steps', 'fail', { subject: subject({ strategy: { type: 'canary', steps: [{ percent: 50 }, { percent: 20 }] } }) }],
  ] as const)('%s is a %s', (name, result, given) => expect(resultOf(given as Partial<DraftInput>, name)).toBe(result));
  it('stay within the bounds of a draft, and never lose a failure', () => {
    const checks = [
      ...Array.from({ length: 200 }, (_, index) => ({ name: `c${index}`, result: 'pass' as const, message: '' })),
      { name: 'last', result: 'fail' as const, message: '' },
    ];
    const { draft } = draftOf(input({ plan: { ...input().plan, checks } }), identity);
    expect(draft.checks).toHaveLength(100);
    expect(draft.checks[0]).toMatchObject({ name: 'last' });
    expect(
      Math.max(
        ...governanceChecks(input({ slot: { current: null, hold: { by: 'op', since: NOW, reason: 'x'.repeat(1000) } } })).map(
          ({ message }) => message.length,
        ),
      ),
    ).toBeLessThanOrEqual(1000);
  });
});

const identity = {
  releaseId: RELEASE_ID,
  manifestDigest: DIGEST,
  basis: { environment_version: 1, target_version: 1, slot_position: 0, variables_digest: DIGEST },
  now: NOW,
};

describe('risk', () => {
  const production = { environmentType: 'production' as const, policy: defaultPolicy('production'), subject: subject() };
  const settings = (then: PinnedVariables, now: PinnedVariables) =>
    riskOf(input({ past: [{ releaseId: RUNNING.releaseId, status: 'applied', variables: then }], subject: subject({ variables: now }) }))
      .reasons;

  it('is low for a plain change in development', () => expect(riskOf(input())).toEqual({ level: 'low', reasons: [] }));
  it('is never low in production, and critical when everything is against it', () => {
    expect(riskOf(input({ ...production, subject: subject({ strategy: { type: 'canary' } }) })).level).toBe('medium');
    const worst = riskOf(
      input({
        ...production,
        actorType: 'agent',
        past: past('failed', 'rolled_back', 'applied'),
        plan: { ...input().plan, actions: [action('migrate', true)] },
      }),
    );
    expect(worst).toEqual({
      level: 'critical',
      reasons: [
        'prod is a production environment',
        'rolling gives the new version all traffic without measuring it first',
        'a rollback cannot undo migrate',
        "2 of the slot's last 3 releases failed or were rolled back",
        'proposed by an agent',
      ],
    });
  });
  it('sees a first deployment, a large difference, and what the runtime says', () => {
    expect(riskOf(input({ slot: { current: null, hold: null } })).reasons).toHaveLength(1);
    expect(riskOf(input({ plan: { ...input().plan, diff: Array(21).fill(difference), risk_reasons: ['ports move'] } })).reasons).toEqual([
      '21 differences to what runs now',
      'ports move',
    ]);
  });
  it('tells changed secrets from changed variables, and unchanged ones', () => {
    const pin = (version: number) => ({ secret_ref: 'token', version, fingerprint: String(version) });
    expect(settings({ A: '1', T: pin(1) }, { A: '2', T: pin(1) })).toEqual(['variables changed: A']);
    expect(settings({ A: '1', T: pin(1) }, { A: '1', T: pin(2) })).toEqual(['secrets changed: T']);
    expect(settings({ A: '1' }, { A: '1' })).toEqual([]);
  });
});

describe('the draft', () => {
  const needOf = (given: Partial<DraftInput> = {}) =>
    draftOf(input({ environmentType: 'production', policy: defaultPolicy('production'), subject: subject(), ...given }), identity).draft
      .approval;
  it('is named by the digest of everything in it, its own release included', () => {
    const one = draftOf(input(), identity);
    expect(one.previewRef).toBe(digestOf(one.draft));
    expect(draftOf(input(), identity).previewRef).toBe(one.previewRef);
    expect(draftOf(input(), { ...identity, releaseId: deriveId('release', 'other') }).previewRef).not.toBe(one.previewRef);
  });
  it('expires by the policy', () => expect(draftOf(input(), identity).draft.expires_at).toBe('2026-01-01T00:30:00.000Z'));
  it('cuts a long difference, and says so', () => {
    const { draft } = draftOf(input({ plan: { ...input().plan, diff: Array(600).fill(difference) } }), identity);
    expect(draft.diff).toHaveLength(500);
    expect(draft.diff_truncated).toBe(true);
  });
  it('says which approval is needed, in words', () => {
    expect(needOf()).toMatchObject({
      required: true,
      rule: 'The policy of prod asks for one approval with deploy:release:approve, never by who asked, before an apply.',
    });
    expect(draftOf(input(), identity).draft.approval).toMatchObject({ required: false });
  });
  it('picks the approval rule by its risk', () => {
    const rules = [
      { risk: 'medium', quorum: 2 },
      { risk: 'critical', quorum: 3, required_role: 'release-manager' },
    ] as const;
    const policy = { ...defaultPolicy('production'), rules: [...rules] };
    expect(needOf({ policy })).toMatchObject({ quorum: 2, rule: expect.stringContaining('2 approvals') as string });
    const worst = needOf({
      policy,
      actorType: 'agent',
      past: past('failed', 'failed'),
      plan: { ...input().plan, actions: [action('migrate', true)] },
    });
    expect(worst).toMatchObject({ quorum: 3, rule: expect.stringContaining("'release-manager'") as string });
  });
  it('is approved in advance where every condition of the policy holds, and only there', () => {
    const automatic_approval = {
      max_risk: 'high' as const,
      strategies: ['rolling' as const],
      actor_types: ['human' as const],
      allow_warnings: false,
      allow_one_way: false,
    };
    const policy = { ...defaultPolicy('production'), automatic_approval };
    expect(needOf({ policy })).toMatchObject({ required: false, rule: expect.stringContaining('in advance') as string });
    expect(needOf({ policy, actorType: 'agent' }).required).toBe(true);
    expect(needOf({ policy, busyWith: RELEASE_ID }).required).toBe(true);
    expect(needOf({ policy, plan: { ...input().plan, actions: [action('migrate', true)] } }).required).toBe(true);
    expect(needOf({ policy, subject: subject({ strategy: { type: 'canary' } }) }).required).toBe(true);
    expect(needOf({ policy: { ...policy, automatic_approval: { ...automatic_approval, max_risk: 'low' } } }).required).toBe(true);
  });
  it('keeps out strategies that the policy does not allow, and content that has not soaked', () => {
    const policy = {
      ...defaultPolicy('development'),
      allowed_strategies: ['canary' as const],
      promotion: { after: ['staging'], soak_s: 3600 },
    };
    expect(resultOf({ policy }, 'strategy-allowed')).toBe('fail');
    expect(resultOf({ policy }, 'promotion')).toBe('fail');
    const ran = (since: string, until: string | null = null) => ({ policy, ranIn: [{ environment: 'staging', since, until }] });
    expect(resultOf(ran('2025-12-31T23:30:00.000Z'), 'promotion')).toBe('fail');
    expect(resultOf(ran('2025-12-31T22:30:00.000Z'), 'promotion')).toBe('pass');
    expect(resultOf({}, 'promotion')).toBeUndefined();
    const replaced = ran('2025-12-31T22:30:00.000Z', '2025-12-31T22:32:00.000Z');
    expect(governanceChecks(input(replaced))).toContainEqual({
      name: 'promotion',
      result: 'fail',
      message:
        '1.1.0 may not come to dev yet: it was replaced in staging before it had run there for 3600 s; deploy it there again. Preview again after that.',
    });
    expect(resultOf(ran('2025-12-31T20:00:00.000Z', '2025-12-31T21:00:00.000Z'), 'promotion')).toBe('pass');
  });
  it('weighs the time of day in the zone of the place, and what is taken away', () => {
    const hours = (from: string, to: string) => ({
      ...defaultPolicy('development'),
      working_hours: { timezone: 'Asia/Tokyo', days: ['TH' as const], from, to },
    });
    // NOW is Thursday, 9:00 in Tokyo.
    expect(riskOf(input({ policy: hours('08:00', '17:00') })).reasons).toEqual([]);
    expect(riskOf(input({ policy: hours('10:00', '17:00') })).reasons).toEqual([
      'outside the working hours of dev (TH 10:00-17:00 Asia/Tokyo)',
    ]);
    const actions = [{ ...action('worker'), verb: 'delete' as const }];
    expect(riskOf(input({ plan: { ...input().plan, actions } })).reasons).toEqual(['takes away worker']);
  });
});

describe('warnings before a rollback', () => {
  it('name one-way steps and settings that change', () => {
    const takenBack = {
      artifactVersion: '2',
      draft: { actions: [action('migrate', true), action('warm')] },
      variables: { A: '2', B: '1' },
    };
    expect(rollbackWarnings(takenBack, { artifactVersion: '1', variables: { A: '1', B: '1' } })).toEqual([
      "'migrate' of 2 cannot be undone: changes data",
      '1 runs with its own values of A, as they were when it was previewed',
    ]);
    expect(rollbackWarnings({ ...takenBack, draft: { actions: [] } }, null)).toEqual([]);
  });
});
