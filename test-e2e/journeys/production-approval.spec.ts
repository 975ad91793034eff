import { createHmac } from 'node:crypto';
import { EnvelopeSchema, EVENT_TYPES } from '@slipway/contracts';
import { startPlatform, type Platform } from '@slipway/platform-driver';
import { eventually, MailBox, Receiver } from '@slipway/testing';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { Http } from '../driver/http';
import { Subscriber } from '../driver/subscriber';

const STANDARD_FIELDS = [
  'release_id',
  'status',
  'lifecycle_state',
  'runtime_type',
  'approval_required',
  'approval_ticket',
  'preview_ref',
  'diagnostics_json',
];
const REQUIRED_PAYLOAD = [
  'event_id',
  'action',
  'resource_type',
  'resource_id',
  'project_id',
  'team_id',
  'environment_id',
  'actor_id',
  'source',
  'status',
  'occurred_at',
  'detail',
];

let platform: Platform;
let http: Http;
let subscriber: Subscriber;
let mailbox: MailBox;
beforeAll(async () => {
  mailbox = await MailBox.start();
  platform = await startPlatform({
    environment: {
      SLIPWAY_SMTP_URL: mailbox.url,
      SLIPWAY_SMTP_STARTTLS: 'optional',
      SLIPWAY_WEBHOOK_NETWORKS: '127.0.0.0/8',
      SLIPWAY_WEBHOOK_HTTP: '127.0.0.0/8',
      SLIPWAY_DELIVERY_RETRY_MS: '50',
    },
  });
  http = await Http.of(platform);
  subscriber = await Subscriber.on(platform, 'events.*.release.>');
  await platform.as('developer').push('1.0.0');
}, 120_000);
afterAll(async () => {
  await subscriber?.close();
  await platform?.stop();
  await mailbox?.stop();
}, 60_000);

const preview = (role: 'developer' | 'admin' | 'agent' = 'developer', more: object = {}) =>
  http.post(role, '/deploy/releases/preview', {
    project: 'demo',
    service: 'hello',
    artifact: '1.0.0',
    environment: 'prod',
    target: 'local',
    ...more,
  });

const status = (id: string) => http.get('viewer', `/deploy/releases/${id}`);

describe('a production release', () => {
  it('goes from preview to applied through a ticket that only another person can approve', async () => {
    const { status: created, body: draft } = await preview();
    expect(created).toBe(201);
    for (const field of STANDARD_FIELDS) expect(draft).toHaveProperty(field);
    expect(draft).toMatchObject({
      status: 'previewed',
      lifecycle_state: 'preview',
      runtime_type: 'process',
      approval_required: true,
      approval_ticket: null,
    });
    expect(draft.preview.actions.length).toBeGreaterThan(0);
    expect(draft.preview.risk.reasons.length).toBeGreaterThan(0);
    expect(draft.preview.approval).toMatchObject({
      required: true,
      permission: 'deploy:release:approve',
      four_eyes: true,
      ticket_ttl_s: 1800,
    });
    const ttl = Date.parse(draft.preview.expires_at) - Date.parse(draft.previewed_at);
    expect(ttl).toBe(15 * 60_000);

    const path = `/deploy/releases/${draft.release_id}`;
    const without = await http.post('developer', `${path}/apply`, {});
    expect(without).toMatchObject({ status: 409, contentType: 'application/problem+json', body: { code: 'preview_required' } });
    const other = await http.post('developer', `${path}/apply`, { preview_ref: `sha256:${'0'.repeat(64)}` });
    expect(other).toMatchObject({ status: 409, body: { code: 'preview_mismatch' } });

    const applied = await http.post('developer', `${path}/apply`, { preview_ref: draft.preview_ref });
    expect(applied).toMatchObject({
      status: 200,
      body: { status: 'pending_approval', lifecycle_state: 'pending_approval', approval_required: true },
    });
    const ticket = `/approvals/inbox/${applied.body.approval_ticket}`;

    expect(await http.post('developer', `${ticket}/approve`)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await http.post('agent', `${ticket}/approve`)).toMatchObject({ status: 403 });
    expect((await status(draft.release_id)).body.status).toBe('pending_approval');
    const approved = await http.post('approver', `${ticket}/approve`, { comment: 'looks right' });
    expect(approved).toMatchObject({ status: 200, body: { status: 'approved' } });
    await platform.as('viewer').until(draft.release_id, ['applied']);

    const shown = await status(draft.release_id);
    expect(shown.body).toMatchObject({ status: 'applied', lifecycle_state: 'applied', approved_by: [expect.any(String)] });
    expect(await (await fetch(shown.body.url)).text()).toBe('1.0.0');

    const expected = [
      'release.previewed',
      'release.pending_approval',
      'release.approved',
      'release.applying',
      'release.verifying',
      'release.applied',
    ];
    await eventually(() => subscriber.of(draft.release_id).length >= expected.length);
    const events = subscriber.of(draft.release_id);
    expect(events.map((event) => event.action)).toEqual(expected);
    const ajv = addFormats(new Ajv({ strict: false }));
    for (const event of events) {
      for (const field of REQUIRED_PAYLOAD) expect(event).toHaveProperty(field);
      expect(ajv.validate(EnvelopeSchema, event)).toBe(true);
      expect(ajv.validate(EVENT_TYPES[event.action]!.detail, event.detail)).toBe(true);
      expect(event).toMatchObject({ resource_type: 'release', project_id: 'demo', environment_id: draft.environment_id });
    }
  }, 60_000);

  it('is not approved by the person who asked for it, even with every permission', async () => {
    const { body: draft } = await preview('admin', { variables: { GREETING: 'four eyes' } });
    const { body: release } = await http.post('admin', `/deploy/releases/${draft.release_id}/apply`, { preview_ref: draft.preview_ref });
    expect(await http.post('admin', `/approvals/inbox/${release.approval_ticket}/approve`)).toMatchObject({
      status: 403,
      body: { code: 'four_eyes' },
    });
    const rejected = await http.post('approver', `/approvals/inbox/${release.approval_ticket}/reject`, { comment: 'not today' });
    expect(rejected.body).toMatchObject({ status: 'rejected' });
    const ended = await platform.as('viewer').until(draft.release_id, ['rejected']);
    expect(ended).toMatchObject({ lifecycle_state: 'failed' });
    expect(await http.post('approver', `/approvals/inbox/${release.approval_ticket}/approve`)).toMatchObject({
      status: 409,
      body: { code: 'ticket_decided' },
    });
  }, 60_000);

  it('can be proposed by an agent, whose ticket a person decides', async () => {
    const { body: draft } = await preview('agent', { variables: { GREETING: 'from an agent' } });
    const { body: release } = await http.post('agent', `/deploy/releases/${draft.release_id}/apply`, { preview_ref: draft.preview_ref });
    expect(release).toMatchObject({ status: 'pending_approval', requested_by_type: 'agent' });
    await http.post('approver', `/approvals/inbox/${release.approval_ticket}/approve`);
    const { url } = await platform.as('viewer').until(draft.release_id, ['applied']);
    expect(await (await fetch(url!)).text()).toBe('from an agent');
  }, 60_000);

  it('answers a repeated Idempotency-Key as before and refuses a reused one', async () => {
    const body = { project: 'demo', service: 'hello', artifact: '1.0.0', environment: 'staging', target: 'local' };
    const headers = { 'idempotency-key': 'a-key-of-this-test' };
    const first = await http.post('developer', '/deploy/releases/preview', body, headers);
    const again = await http.post('developer', '/deploy/releases/preview', body, headers);
    expect(again.body.release_id).toBe(first.body.release_id);
    expect(again.body.preview_ref).toBe(first.body.preview_ref);
    const reused = await http.post('developer', '/deploy/releases/preview', { ...body, environment: 'dev' }, headers);
    expect(reused).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
  });

  it('leaves a record of what, when, why, by whom, approved by whom, from which artifact, on which preview', async () => {
    const { body } = await preview('developer', { variables: { GREETING: 'record' }, reason: 'ticket OPS-7' });
    const { body: release } = await http.post('developer', `/deploy/releases/${body.release_id}/apply`, { preview_ref: body.preview_ref });
    await http.post('approver', `/approvals/inbox/${release.approval_ticket}/approve`);
    await platform.as('viewer').until(body.release_id, ['applied']);
    const record = await eventually(async () => {
      const answer = await http.get('viewer', `/audit/deployments/${body.release_id}`);
      return answer.body.result === 'applied' && answer.body;
    });
    expect(record).toMatchObject({
      artifact_version: '1.0.0',
      preview_ref: body.preview_ref,
      reason: 'ticket OPS-7',
      service_name: 'hello',
      environment_name: 'prod',
      approval_ticket: release.approval_ticket,
    });
    expect(record.approved_by).toHaveLength(1);
    expect(record.approved_by).not.toContain(record.requested_by);
    expect(record.stages.length).toBeGreaterThanOrEqual(4);
  }, 60_000);
});

describe('who is told of a production release', () => {
  it('hears of it by mail and by a signed webhook, also when the receiver was down, or audit was killed', async () => {
    const receiver = await Receiver.start();
    const project = { channel: 'webhook', project: 'demo', topics: ['approval_waiting'], url: receiver.url };
    const { body: webhook } = await http.post('admin', '/notifications/subscriptions', project);
    const approver = platform.api('approver');
    await approver.PUT('/api/v1/notifications/contact', { params: {}, body: { email: 'approver@example.test' } });
    const { raw } = await eventually(() => mailbox.got[0]);
    const code = /\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b/.exec(raw)![0];
    await approver.POST('/api/v1/notifications/contact/confirm', { params: {}, body: { code } });
    mailbox.got.splice(0);
    await approver.POST('/api/v1/notifications/subscriptions', { params: {}, body: { channel: 'email' } });
    receiver.answer = { status: 503 };

    const { body: draft } = await preview();
    const { approval_ticket: ticket } = await platform.as('developer').apply(draft as never);
    await eventually(() => receiver.got.length > 0 && mailbox.got.length > 0);
    await platform.kill('audit');
    receiver.answer = { status: 200 };
    await platform.ready();
    const delivered = async () => {
      const { body } = await http.get('admin', `/notifications/deliveries?subscription=${String(webhook['subscription_id'])}`);
      const [delivery] = body['items'] as { status: string; delivery_id: string }[];
      return delivery?.status === 'succeeded' && delivery;
    };
    const delivery = await eventually(delivered, { timeoutMs: 90_000 });
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([delivery.delivery_id]));
    const { headers, body } = receiver.got.at(-1)!;
    const key = Buffer.from(String(webhook['secret']).replace('whsec_', ''), 'base64');
    const content = `${delivery.delivery_id}.${String(headers['webhook-timestamp'])}.${body}`;
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(content).digest('base64')}`);
    expect(JSON.parse(body)).toMatchObject({ type: 'approval_waiting', event: { resource_id: ticket } });
    expect(mailbox.got.map(({ to }) => to)).toEqual([['approver@example.test']]);
    expect(mailbox.got[0]!.raw).toContain('Subject: Approval needed:');

    const before = receiver.got.length;
    await http.post('admin', `/notifications/deliveries/${delivery.delivery_id}/replay`, {});
    await eventually(() => receiver.got.length > before);
    expect(receiver.got.at(-1)!.headers['webhook-id']).toBe(delivery.delivery_id);
    await platform.as('approver').reject(ticket!);
    await receiver.stop();
  }, 180_000);
});
