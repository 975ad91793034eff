import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHmac } from 'node:crypto';
import { environmentId, type DeliveryView, type IssuedSubscription } from '@slipway/contracts';
import { Metrics } from '@slipway/service-kit';
import { eventually, Receiver, type Received } from '@slipway/testing';
import { administrator, person, startAudit, type AuditUnderTest } from '../audit.fixture';
import { asksForApproval, PROD, signsIn, stopsTheLine } from './happenings.fixture';

const admin = administrator('root');
let audit: AuditUnderTest;
let receiver: Receiver;

beforeAll(async () => {
  audit = await startAudit({
    SLIPWAY_WEBHOOK_NETWORKS: '127.0.0.0/8',
    SLIPWAY_WEBHOOK_HTTP: '127.0.0.0/8',
    SLIPWAY_DELIVERY_RETRY_MS: '20',
    SLIPWAY_WEBHOOK_TIMEOUT_MS: '2000',
  });
});
afterAll(() => audit.stop());
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(() => receiver.stop());

const subscribe = (given: object = {}): Promise<IssuedSubscription> =>
  audit.as(admin).call('create-subscription', { channel: 'webhook', project: 'shop', topics: ['freeze'], url: receiver.url, ...given });
const deliveriesOf = async (subscription: string): Promise<DeliveryView[]> =>
  (await audit.as(admin).call('list-deliveries', { subscription })).items;
const settled = (subscription: string, status: string, count = 1): Promise<DeliveryView[]> =>
  eventually(async () => {
    const found = (await deliveriesOf(subscription)).filter((one) => one.status === status);
    return found.length >= count && found;
  });
const remove = (id: string): Promise<unknown> => audit.as(admin).call('remove-subscription', { id });

/** As https://www.standardwebhooks.com has a receiver do it. */
function verified({ headers, body }: Received, secret: string): boolean {
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const expected = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(content)
    .digest('base64');
  return String(headers['webhook-signature']).split(' ').includes(`v1,${expected}`);
}

describe('webhooks', () => {
  it('posts the event with links, signed, under an id that stays', async () => {
    const { subscription_id: id, secret, endpoint } = await subscribe({ topics: ['approval_waiting'] });
    expect(secret).toMatch(/^whsec_/);
    expect(endpoint).toBe(new URL(receiver.url).origin);
    const ticket = await asksForApproval(audit);
    const [delivery] = await settled(id, 'succeeded');
    expect(receiver.got).toHaveLength(1);
    expect(receiver.got[0]!.headers['webhook-id']).toBe(delivery!.delivery_id);
    expect(verified(receiver.got[0]!, secret!)).toBe(true);
    expect(verified({ ...receiver.got[0]!, body: `${receiver.got[0]!.body} ` }, secret!)).toBe(false);
    expect(JSON.parse(receiver.got[0]!.body)).toMatchObject({
      type: 'approval_waiting',
      title: 'Approval needed: Apply web 2 to prod',
      links: { page: `https://slipway.test/inbox?ticket=${ticket}` },
      event: { action: 'approval.opened', resource_id: ticket, project_id: 'shop' },
    });
    const detail = await audit.as(admin).call('get-delivery', { id: delivery!.delivery_id });
    expect(detail.history).toMatchObject([{ outcome: 'succeeded', response_status: 200, response_excerpt: 'thanks' }]);
    await remove(id);
  });

  it('tries again until the receiver is there; an answer that is no success is no delivery', async () => {
    const { subscription_id: id } = await subscribe();
    receiver.answer = { status: 500, body: `broken, and you sent ${receiver.url}` };
    await stopsTheLine(audit);
    await eventually(async () => (await deliveriesOf(id)).some(({ attempts }) => attempts >= 2));
    expect((await audit.as(admin).call('get-subscription', { id })).failing_since).not.toBeNull();
    receiver.answer = { status: 200 };
    const [delivery] = await settled(id, 'succeeded');
    const ids = new Set(receiver.got.map(({ headers }) => headers['webhook-id']));
    expect([...ids]).toEqual([delivery!.delivery_id]);
    const { history } = await audit.as(admin).call('get-delivery', { id: delivery!.delivery_id });
    expect(history.at(-1)).toMatchObject({ outcome: 'failed', response_status: 500, error: 'answered 500' });
    expect(history.at(-1)!.response_excerpt).toBe('broken, and you sent [redacted]');
    expect((await audit.as(admin).call('get-subscription', { id })).failing_since).toBeNull();
    await remove(id);
  });

  it('follows no redirect', async () => {
    const other = await Receiver.start();
    const { subscription_id: id } = await subscribe();
    receiver.answer = { status: 302, headers: { location: other.url } };
    await stopsTheLine(audit);
    const delivery = await eventually(async () => (await deliveriesOf(id)).find(({ attempts }) => attempts > 0));
    await other.stop();
    expect(delivery).toMatchObject({ response_status: 302, error: 'answered 302; redirects are not followed' });
    expect(other.got).toEqual([]);
    await remove(id);
  });

  it('sends again what it is told to: one delivery, or a range of time, and what was held meanwhile', async () => {
    const { subscription_id: id } = await subscribe();
    const since = new Date().toISOString();
    await stopsTheLine(audit, { reason: 'first' });
    const [delivery] = await settled(id, 'succeeded');
    await audit.as(admin).call('replay-delivery', { id: delivery!.delivery_id });
    await eventually(() => receiver.got.length === 2);
    expect(receiver.got[1]!.headers['webhook-id']).toBe(delivery!.delivery_id);
    expect(receiver.got[1]!.body).toBe(receiver.got[0]!.body);

    await audit.as(admin).call('pause-subscription', { id, reason: 'maintenance' });
    await stopsTheLine(audit, { reason: 'second' });
    await settled(id, 'held');
    await expect(audit.as(admin).call('replay-subscription', { id, since })).rejects.toMatchObject({ code: 'resource_in_use' });
    await audit.as(admin).call('resume-subscription', { id });
    await audit.as(admin).call('replay-subscription', { id, since });
    await settled(id, 'succeeded', 2);
    expect(receiver.got.map(({ body }) => (JSON.parse(body) as { title: string }).title)).toEqual([
      expect.stringContaining('first'),
      expect.stringContaining('first'),
      expect.stringContaining('second'),
    ]);
    await remove(id);
  });

  it('signs with the old secret too, for a while', async () => {
    const { subscription_id: id, secret } = await subscribe();
    const rotated = await audit.as(admin).call('rotate-webhook-secret', { id, overlap_s: 3600 });
    expect(rotated.secret).not.toBe(secret);
    const { delivery_id: ping } = await audit.as(admin).call('ping-subscription', { id });
    await settled(id, 'succeeded');
    expect(receiver.got[0]!.headers['webhook-id']).toBe(ping);
    expect([verified(receiver.got[0]!, secret!), verified(receiver.got[0]!, rotated.secret!)]).toEqual([true, true]);
    const last = await audit.as(admin).call('rotate-webhook-secret', { id, overlap_s: 0 });
    await stopsTheLine(audit);
    await settled(id, 'succeeded', 2);
    expect([verified(receiver.got[1]!, rotated.secret!), verified(receiver.got[1]!, last.secret!)]).toEqual([false, true]);
    await remove(id);
  });

  it('is tried out once for one command, and again after a while', async () => {
    const { subscription_id: id } = await subscribe();
    const ping = (commandId: string): Promise<unknown> => audit.as(admin).call('ping-subscription', { id }, { commandId });
    const first = await ping('cmd-00000000000000000000000b');
    expect(await ping('cmd-00000000000000000000000b')).toEqual(first);
    await expect(ping('cmd-00000000000000000000000c')).rejects.toMatchObject({
      code: 'too_many_requests',
      message: expect.stringMatching(/try again in \d+ seconds/) as string,
    });
    await settled(id, 'succeeded');
    expect(receiver.got).toHaveLength(1);
    await remove(id);
  });

  it('gives another endpoint another secret, and shows a secret once', async () => {
    const other = await Receiver.start();
    const commandId = 'cmd-00000000000000000000000a';
    const body = { channel: 'webhook', project: 'shop', topics: ['freeze'], url: receiver.url } as const;
    const first = await audit.as(admin).call('create-subscription', { ...body, topics: ['freeze'] }, { commandId });
    const again = await audit.as(admin).call('create-subscription', { ...body, topics: ['freeze'] }, { commandId });
    expect([first.secret === null, again.secret, again.subscription_id]).toEqual([false, null, first.subscription_id]);
    const id = first.subscription_id;
    const moved = await audit.as(admin).call('change-subscription', { id, url: other.url });
    await stopsTheLine(audit);
    await settled(id, 'succeeded');
    expect(receiver.got).toEqual([]);
    expect([verified(other.got[0]!, first.secret!), verified(other.got[0]!, moved.secret!)]).toEqual([false, true]);
    await remove(id);
    await other.stop();
  });

  it("writes Slack's payload", async () => {
    const { subscription_id: id, secret } = await subscribe({ channel: 'slack', topics: ['approval_waiting'] });
    expect(secret).toBeNull();
    const ticket = await asksForApproval(audit, { title: 'Apply <web> & co' });
    await settled(id, 'succeeded');
    const message = JSON.parse(receiver.got[0]!.body) as { text: string; blocks: object[] };
    expect(message.text).toBe('Approval needed: Apply &lt;web&gt; &amp; co');
    expect(message.blocks).toMatchObject([
      { type: 'section', text: { type: 'mrkdwn' } },
      { type: 'actions', elements: [{ type: 'button', url: `https://slipway.test/inbox?ticket=${ticket}` }] },
    ]);
    await remove(id);
  });

  it('pauses an endpoint that is gone', async () => {
    const { subscription_id: id } = await subscribe();
    receiver.answer = { status: 410 };
    await stopsTheLine(audit);
    await settled(id, 'failed');
    const view = await eventually(async () => {
      const now = await audit.as(admin).call('get-subscription', { id });
      return now.status === 'paused' && now;
    });
    expect(view).toMatchObject({ paused_automatically: true, paused_because: expect.stringContaining('410') as string });
    await remove(id);
  });

  it('tells a project of itself alone, and of the environments that it asked for', async () => {
    const { subscription_id: id } = await subscribe({ topics: ['freeze', 'approval_waiting'], environments: ['dev'] });
    await asksForApproval(audit);
    await asksForApproval(audit, { project: 'bank' });
    await stopsTheLine(audit, { project: 'bank' });
    await stopsTheLine(audit);
    await settled(id, 'succeeded');
    expect((await deliveriesOf(id)).map(({ topic, project_id }) => `${project_id} ${topic}`)).toEqual(['shop freeze']);
    await remove(id);
  });

  it("stops telling a person's webhook what the person may not read any more", async () => {
    await signsIn(audit, 'eve', 'approver');
    const eve = audit.as(person('eve'));
    const { subscription_id: id } = await eve.call('create-subscription', {
      channel: 'webhook',
      topics: ['approval_waiting'],
      url: receiver.url,
    });
    receiver.answer = { status: 503, headers: { 'retry-after': '1' } };
    await asksForApproval(audit);
    const list = async (): Promise<DeliveryView[]> => (await eve.call('list-deliveries', { subscription: id })).items;
    await eventually(async () => (await list()).some(({ attempts }) => attempts > 0));
    await signsIn(audit, 'eve', 'approver', ['bank']);
    receiver.answer = { status: 200 };
    const dropped = await eventually(async () => (await list()).find(({ status }) => status === 'dropped'));
    expect(dropped.error).toBe('The receiver may not read this any more.');
    await asksForApproval(audit);
    await eventually(async () => (await list()).length === 1);
    await expect(audit.as(person('mallory')).call('list-deliveries', { subscription: id })).rejects.toMatchObject({
      code: 'unknown_resource',
    });
    await eve.call('remove-subscription', { id });
  });

  it('posts each delivery once, however many processes there are to take it', async () => {
    const endReplica = await audit.replica();
    const subscriptions = await Promise.all(Array.from({ length: 5 }, () => subscribe()));
    for (let round = 0; round < 4; round++) await stopsTheLine(audit);
    const deliveries = await Promise.all(subscriptions.map(({ subscription_id: id }) => settled(id, 'succeeded', 4)));
    const posted = receiver.got.map(({ headers }) => headers['webhook-id']);
    expect(posted.sort()).toEqual(deliveries.flatMap((of) => of.map(({ delivery_id: id }) => id)).sort());
    await Promise.all(subscriptions.map(({ subscription_id: id }) => remove(id)));
    await endReplica();
  });

  it("lets receivers that do not answer hold up their owner's deliveries, and nobody else's", async () => {
    let most = 0;
    let open = 0;
    const silent = createServer((request) => {
      most = Math.max(most, ++open);
      request.resume();
      request.socket.once('close', () => open--);
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
    const hanging = await Promise.all(Array.from({ length: 20 }, () => subscribe({ url })));
    const { subscription_id: id } = await subscribe({ project: undefined, platform: true });
    await stopsTheLine(audit);
    await settled(id, 'succeeded');
    await eventually(async () => (await deliveriesOf(hanging[0]!.subscription_id)).length > 0 && open > 0);
    await Promise.all([id, ...hanging.map(({ subscription_id }) => subscription_id)].map((one) => remove(one)));
    expect(most).toBe(2);
    silent.closeAllConnections();
    silent.close();
  });

  it('are fifty of one owner at most; who removes one twice is answered as before', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => subscribe({ project: 'full', topics: ['freeze'] })));
    await eventually(async () => (await audit.as(admin).call('list-subscriptions', { project: 'full', limit: 100 })).items.length === 50);
    await expect(subscribe({ project: 'full' })).rejects.toMatchObject({ code: 'limit_reached', details: { limit: 50 } });
    const { subscription_id: id } = all[0]!;
    const commandId = 'cmd-00000000000000000000000b';
    const first = await audit.as(admin).call('remove-subscription', { id }, { commandId });
    expect(await audit.as(admin).call('remove-subscription', { id }, { commandId })).toEqual(first);
    await expect(remove(id)).rejects.toMatchObject({ code: 'unknown_resource' });
    await eventually(() => subscribe({ project: 'full' }).then(() => true));
  });

  it('goes on after a restart with what was queued', async () => {
    const { subscription_id: id } = await subscribe();
    receiver.answer = { status: 503, headers: { 'retry-after': '2' } };
    await stopsTheLine(audit);
    await eventually(async () => (await deliveriesOf(id)).some(({ attempts }) => attempts > 0));
    receiver.answer = { status: 200 };
    await audit.restart();
    const [delivery] = await settled(id, 'succeeded');
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([delivery!.delivery_id]));
    await remove(id);
  });

  it('tells nobody of what is long past, and counts what it does', async () => {
    const { subscription_id: id } = await subscribe();
    await stopsTheLine(audit, { at: new Date(Date.now() - 3 * 86_400_000).toISOString() });
    await stopsTheLine(audit, { reason: 'now' });
    await settled(id, 'succeeded');
    expect(await deliveriesOf(id)).toHaveLength(1);
    const text = await audit.app.get(Metrics).registry.metrics();
    expect(text).toMatch(/slipway_notification_attempts_total\{channel="webhook",outcome="succeeded".*\} [1-9]/);
    expect(text).toContain('slipway_notification_queue_age_seconds');
    await remove(id);
  });

  it.each([
    ['an address of this network', { url: 'https://10.0.0.7/hook' }, 'address_refused'],
    ["the cloud's metadata", { url: 'http://169.254.169.254/latest/meta-data' }, 'address_refused'],
    ['a user in the URL', { url: 'https://me:secret@127.0.0.1/' }, 'invalid_request'],
    ['no URL', { url: undefined }, 'invalid_request'],
    ['mail to a project', { channel: 'email', url: undefined }, 'invalid_request'],
    ['two owners', { team: 'core' }, 'invalid_request'],
    ['an environment of no project', { project: undefined, environments: ['prod'] }, 'invalid_request'],
  ])('refuses %s', async (_what, given, code) => {
    await expect(subscribe(given)).rejects.toMatchObject({ code });
  });

  it('is managed by who governs the place, and by no agent', async () => {
    const body = { channel: 'webhook', topics: ['freeze'], url: receiver.url } as const;
    const ask = (principal: Parameters<AuditUnderTest['as']>[0], given: object): Promise<unknown> =>
      audit.as(principal).call('create-subscription', { ...body, topics: ['freeze'], ...given });
    await expect(ask(person('ann'), { project: 'shop' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ask(person('ann'), { platform: true })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ask(person('ann'), { projects: ['bank'] })).rejects.toMatchObject({ code: 'unknown_resource' });
    await expect(ask(person('bot', { actorType: 'agent' }), {})).rejects.toMatchObject({ code: 'forbidden' });
    const { subscription_id: id } = await subscribe({ environments: [PROD] });
    await expect(audit.as(person('ann')).call('pause-subscription', { id })).rejects.toMatchObject({ code: 'forbidden' });
    expect((await audit.as(person('ann')).call('list-subscriptions', {})).items).toEqual([]);
    await remove(id);
  });

  it('is managed by nobody who governs one environment of the project alone', async () => {
    const { subscription_id: id } = await subscribe();
    await stopsTheLine(audit);
    const [delivery] = await settled(id, 'succeeded');
    const ofDev = audit.as(person('dev-lead', { permissions: admin.permissions, environments: [environmentId('shop', 'dev')] }));
    const since = new Date(0).toISOString();
    const acts: readonly (() => Promise<unknown>)[] = [
      () => ofDev.call('create-subscription', { channel: 'webhook', project: 'shop', url: receiver.url }),
      () => ofDev.call('change-subscription', { id, url: 'https://elsewhere.example.com' }),
      () => ofDev.call('rotate-webhook-secret', { id }),
      () => ofDev.call('pause-subscription', { id }),
      () => ofDev.call('resume-subscription', { id }),
      () => ofDev.call('ping-subscription', { id }),
      () => ofDev.call('replay-subscription', { id, since }),
      () => ofDev.call('replay-delivery', { id: delivery!.delivery_id }),
      () => ofDev.call('remove-subscription', { id }),
      () => ofDev.call('get-subscription', { id }),
      () => ofDev.call('list-deliveries', { subscription: id }),
      () => ofDev.call('get-delivery', { id: delivery!.delivery_id }),
    ];
    for (const act of acts) await expect(act()).rejects.toMatchObject({ code: 'forbidden' });
    expect((await ofDev.call('list-subscriptions', {})).items).toEqual([]);
    await remove(id);
  });
});
