import { deriveId, EMBEDDED_ROLES, environmentId, NONE, type Channel, type SubscriptionEvent, type Topic } from '@slipway/contracts';
import { concerns, isSelected, type Person } from './audience';
import { MAX_ATTEMPTS, pauseAfter } from './backoff';
import type { Occurrence, TicketFacts } from './occurrence';
import {
  changeSubscription,
  createSubscription,
  pingSubscription,
  pauseSubscription,
  replay,
  resumeSubscription,
  rotateSecret,
} from './subscription.decider';
import { evolve, type KnownSubscription, type Subscription } from './subscription.state';

const PROD = environmentId('shop', 'prod');
const pin = (name: string) => ({ secret_ref: deriveId('secret', name), version: 1, fingerprint: 'hmac:1' });
const webhook: Channel = { kind: 'webhook', format: 'json', origin: 'https://a.test', url: pin('url'), secret: pin('one') };
const selection = { name: 'mine', topics: ['drift'] as Topic[], projects: [], environments: [] };
const created = createSubscription({ owner: { kind: 'user', ref: 'ann' }, selection, channel: webhook }, { phase: 'absent' });
const given = (...events: readonly object[]): Subscription =>
  events.reduce<Subscription>(
    (state, event) =>
      evolve(state, {
        resource_id: 'sub-1',
        project_id: NONE,
        actor_id: 'ann',
        occurred_at: '2026-01-01T00:00:00.000Z',
        ...event,
      } as SubscriptionEvent),
    { phase: 'absent' },
  );
const paused = { action: 'subscription.paused', detail: { reason: 'maintenance', automatic: false } };

describe('a subscription', () => {
  it('is made once, paused once, resumed once', () => {
    expect(createSubscription({ owner: { kind: 'user', ref: 'ann' }, selection, channel: webhook }, given(...created))).toEqual([]);
    expect(pauseSubscription('sub-1', { reason: 'again', automatic: true }, given(...created, paused))).toEqual([]);
    expect(resumeSubscription('sub-1', 'ann', given(...created))).toEqual([]);
    expect(given(...created, paused, { action: 'subscription.resumed', detail: { by: 'ann' } })).toMatchObject({ phase: 'active' });
  });
  it('keeps the former secret until it is over, and forgets it with its endpoint', () => {
    const [rotated] = rotateSecret('sub-1', pin('two'), '2026-01-02T00:00:00.000Z', given(...created));
    const state = given(...created, rotated!) as KnownSubscription;
    expect(state.previousSecret).toEqual({ pin: pin('one'), until: '2026-01-02T00:00:00.000Z' });
    expect(state.channel).toMatchObject({ secret: pin('two') });
    const moved = changeSubscription(
      'sub-1',
      { selection, channel: { ...webhook, origin: 'https://b.test', secret: pin('three') } },
      state,
    );
    expect(moved.map(({ action }) => action)).toEqual(['subscription.endpoint_changed']);
    expect(given(...created, rotated!, ...moved)).toMatchObject({ previousSecret: null, channel: { secret: pin('three') } });
  });
  it('is gone when it is removed', () => {
    const state = given(...created, { action: 'subscription.removed', detail: { reason: '' } }, paused);
    expect(state.phase).toBe('removed');
    expect(() => resumeSubscription('sub-1', 'ann', state)).toThrow(expect.objectContaining({ code: 'unknown_resource' }));
  });
  it('sends again only while it sends at all, and in a range that is one', () => {
    const range = { delivery_id: null, since: '2026-01-02T00:00:00.000Z', until: '2026-01-01T00:00:00.000Z', succeeded_too: false };
    expect(() => replay('sub-1', range, given(...created))).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    expect(() => replay('sub-1', { ...range, until: null }, given(...created, paused))).toThrow(
      expect.objectContaining({ code: 'resource_in_use' }),
    );
  });
  it('is tried out once in half a minute, also where it was paused meanwhile', () => {
    const pinged = { ...pingSubscription('sub-1', 'dlv-1', '2026-01-01T00:00:00.000Z', given(...created))[0]! };
    const state = given(...created, pinged, paused, { action: 'subscription.resumed', detail: { by: 'ann' } });
    expect(() => pingSubscription('sub-1', 'dlv-2', '2026-01-01T00:00:10.500Z', state)).toThrow(
      expect.objectContaining({ code: 'too_many_requests', details: expect.objectContaining({ retry_after_s: 20 }) as object }),
    );
    expect(pingSubscription('sub-1', 'dlv-2', '2026-01-01T00:00:30.000Z', state)).toHaveLength(1);
  });
  it('of mail has no URL and no secret', () => {
    const mail = createSubscription({ owner: { kind: 'user', ref: 'ann' }, selection, channel: { kind: 'email' } }, { phase: 'absent' });
    expect(() => rotateSecret('sub-1', pin('two'), '', given(...mail))).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});

describe('whose business something is', () => {
  const place = { projectId: 'shop', environmentId: PROD };
  const person = (actorId: string, role: keyof typeof EMBEDDED_ROLES = 'approver', over: Partial<Person> = {}): Person => ({
    actorId,
    actorType: 'human',
    grants: [{ permissions: EMBEDDED_ROLES[role], projects: ['shop'], environments: ['*'], roles: [role] }],
    ...over,
  });
  const ticket = {
    id: 'tkt-1',
    place,
    request: { required_permission: 'deploy:release:approve', four_eyes: true, approvers: [], required_role: null },
    requestedBy: 'delegate:dev/bot',
    previewedBy: 'dev',
    releaseId: null,
  } as unknown as TicketFacts;
  const occurrence = (topic: Topic, over: Partial<Occurrence> = {}): Occurrence =>
    ({ topic, event: {}, place, actorId: 'sys', named: [], toRole: null, ticket, deployment: undefined, ...over }) as Occurrence;
  const withRequest = (over: object): Partial<Occurrence> => ({
    ticket: { ...ticket, request: { ...ticket.request, ...over } },
  });

  it.each<[string, Topic, Partial<Occurrence>, Person, boolean]>([
    ['an approver', 'approval_waiting', {}, person('ann'), true],
    ['who only reads', 'approval_waiting', {}, person('vic', 'viewer'), false],
    ['who asked through an agent of his', 'approval_waiting', {}, person('dev'), false],
    ['an agent', 'approval_waiting', {}, person('bot', 'approver', { actorType: 'agent' }), false],
    ['who is not among the named', 'approval_waiting', withRequest({ approvers: ['bob'] }), person('ann'), false],
    ['who has another role', 'approval_waiting', withRequest({ required_role: 'sre' }), person('ann'), false],
    ['who is in the role', 'escalation', { toRole: 'viewer' }, person('vic', 'viewer'), true],
    ['who is not', 'escalation', { toRole: 'sre' }, person('ann'), false],
    ['who is mentioned', 'mention', { named: ['vic'] }, person('vic', 'viewer'), true],
    ['who mentions himself', 'mention', { named: ['vic'], actorId: 'vic' }, person('vic', 'viewer'), false],
    ['who is mentioned and may not read', 'mention', { named: ['eve'] }, person('eve', 'viewer', { grants: [] }), false],
    ['who reads', 'release_failed', {}, person('vic', 'viewer'), true],
    ['who reads another project', 'release_failed', { place: { projectId: 'bank', environmentId: PROD } }, person('vic', 'viewer'), false],
    ['anybody, of the whole platform', 'freeze', { place: { projectId: NONE } }, person('vic', 'viewer'), true],
  ])('%s: %s', (_who, topic, over, who, wanted) => {
    expect(concerns(occurrence(topic, over), who)).toBe(wanted);
  });

  it('is selected by topic, project and environment; what is wider than the selection is part of it', () => {
    const chosen = { name: '', topics: ['freeze'] as Topic[], projects: ['shop'], environments: [PROD] };
    const at = (projectId: string, environment: string) =>
      isSelected(chosen, occurrence('freeze', { place: { projectId, environmentId: environment } }));
    expect([at('shop', PROD), at('shop', NONE), at(NONE, NONE), at('bank', PROD), at('shop', 'env-other')]).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(isSelected(chosen, occurrence('drift'))).toBe(false);
  });
});

describe('the pause after a failure', () => {
  it('grows fourfold up to six hours, over most of a day, and then there is none', () => {
    const pauses = Array.from({ length: MAX_ATTEMPTS }, (_, index) => pauseAfter(index + 1, 5_000, 0.5));
    expect(pauses.slice(0, 4)).toEqual([5_000, 20_000, 80_000, 320_000]);
    expect(pauses.at(-1)).toBeUndefined();
    expect(Math.max(...pauses.slice(0, -1).map(Number))).toBe(6 * 3_600_000);
  });
  it('differs by chance, and hears the receiver within reason', () => {
    expect([pauseAfter(1, 1_000, 0), pauseAfter(1, 1_000, 1)]).toEqual([800, 1_200]);
    expect([pauseAfter(1, 1_000, 0.5, 30_000), pauseAfter(1, 1_000, 0.5, 1e12)]).toEqual([30_000, 6 * 3_600_000]);
  });
});
