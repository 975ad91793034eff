import type { IssuedSubscription, NotificationSettings, Principal } from '@slipway/contracts';
import { eventually, MailBox, Receiver } from '@slipway/testing';
import { administrator, person, startAudit, type AuditUnderTest } from '../audit.fixture';
import { asksForApproval, comments, signsIn, team } from './happenings.fixture';

let audit: AuditUnderTest;
let box: MailBox;

beforeAll(async () => {
  box = await MailBox.start();
  audit = await startAudit({
    SLIPWAY_SMTP_URL: box.url,
    SLIPWAY_SMTP_STARTTLS: 'optional',
    SLIPWAY_MAIL_FROM: 'Slipway <slipway@example.test>',
    SLIPWAY_WEBHOOK_NETWORKS: '127.0.0.0/8',
    SLIPWAY_WEBHOOK_HTTP: '127.0.0.0/8',
    SLIPWAY_DELIVERY_RETRY_MS: '20',
    SLIPWAY_DELIVERY_PAUSE_AFTER_S: '1',
  });
  for (const actorId of ['ann', 'bob']) {
    await signsIn(audit, actorId, 'approver');
    await readsMail(actorId);
  }
  await signsIn(audit, 'vic', 'viewer');
  await readsMail('vic');
});
afterAll(async () => {
  await audit.stop();
  await box.stop();
});
beforeEach(() => box.got.splice(0));

const mailTo = (address: string): Promise<string> =>
  eventually(() => box.got.find(({ to }) => to[0] === address)?.raw.replaceAll('=\r\n', ''));
const codeMailedTo = async (address: string): Promise<string> => /\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b/.exec(await mailTo(address))![0];
async function readsMail(actorId: string, email = `${actorId}@example.test`): Promise<void> {
  await audit.as(person(actorId)).call('change-contact', { email });
  await audit.as(person(actorId)).call('confirm-contact', { code: await codeMailedTo(email) });
}
const subscribe = (actorId: string, given: object = {}): Promise<IssuedSubscription> =>
  audit.as(person(actorId)).call('create-subscription', { channel: 'email', ...given });
const removeAs = (actorId: string, id: string): Promise<unknown> => audit.as(person(actorId)).call('remove-subscription', { id });
const recipients = (): string[] => box.got.flatMap(({ to }) => to).sort();

describe('mail', () => {
  it('tells those who may decide, in words, once each, whoever else subscribed them; not who asked, not who only reads', async () => {
    await team(audit, 'core', ['ann', 'bob', 'vic']);
    const own = await subscribe('ann');
    const ofTeam = await subscribe('ann', { team: 'core' });
    const ticket = await asksForApproval(audit, { by: 'bob' });
    await comments(audit, ticket, ['vic', 'bob']);
    await eventually(() => recipients().length === 3);
    expect(recipients()).toEqual(['ann@example.test', 'bob@example.test', 'vic@example.test']);
    const { raw } = box.got.find(({ to }) => to[0] === 'ann@example.test')!;
    expect(raw).toContain('From: Slipway <slipway@example.test>');
    expect(raw).toContain('Subject: Approval needed: Apply web 2 to prod');
    expect(raw.replaceAll('=\r\n', '').replaceAll('=3D', '=')).toContain(`https://slipway.test/inbox?ticket=${ticket}`);
    expect(raw).toContain('because &lt;b&gt;');
    expect(box.got.find(({ to }) => to[0] === 'vic@example.test')!.raw).toContain('Subject: dev mentioned you: Apply web 2 to prod');
    await removeAs('ann', own.subscription_id);
    await removeAs('ann', ofTeam.subscription_id);
  });

  it('shows in its log what was sent to those alone who may read it', async () => {
    await team(audit, 'mixed', ['ann', 'lou']);
    const { subscription_id: subscription } = await eventually(() => subscribe('ann', { team: 'mixed' }).catch(() => undefined));
    await asksForApproval(audit);
    await eventually(() => box.got.length === 1);
    const seenBy = async (reader: Principal): Promise<[string | null, string | null]> => {
      const [one] = (await audit.as(reader).call('list-deliveries', { subscription })).items;
      const { title, body } = await audit.as(reader).call('get-delivery', { id: one!.delivery_id });
      expect(title).toBe(one!.title);
      return [title, body];
    };
    expect(await seenBy(person('ann'))).toEqual([expect.stringContaining('Apply web 2'), expect.stringContaining('because <b>')]);
    expect(await seenBy(person('lou', { projects: ['bank'] }))).toEqual([null, null]);
    expect(await seenBy(person('ann', { environments: ['env-000000000000000000000001'] }))).toEqual([null, null]);
    await removeAs('ann', subscription);
  });

  it('gives up where the mailbox is refused, and says so', async () => {
    box.refused.add('bob@example.test');
    const { subscription_id: subscription } = await subscribe('bob');
    await asksForApproval(audit);
    const failed = await eventually(async () =>
      (await audit.as(person('bob')).call('list-deliveries', { subscription })).items.find(({ status }) => status === 'failed'),
    );
    expect(failed).toMatchObject({ attempts: 1, response_status: 550, recipient: 'bob' });
    box.refused.clear();
    await removeAs('bob', subscription);
  });

  it('tells the owner of a webhook that fails for long that it was paused', async () => {
    const receiver = await Receiver.start();
    receiver.answer = { status: 500 };
    const { subscription_id: id } = await subscribe('ann', { channel: 'webhook', url: receiver.url, name: 'my bot' });
    await asksForApproval(audit);
    await eventually(() => box.got.length === 1);
    await receiver.stop();
    expect(box.got[0]!.to).toEqual(['ann@example.test']);
    expect(box.got[0]!.raw).toContain("Subject: Deliveries of 'my bot' are paused");
    expect(await audit.as(person('ann')).call('get-subscription', { id })).toMatchObject({ status: 'paused', paused_automatically: true });
    await removeAs('ann', id);
  });

  it('needs to know where somebody reads mail, and keeps the address out of the log', async () => {
    await signsIn(audit, 'new', 'viewer');
    await expect(subscribe('new')).rejects.toMatchObject({ code: 'invalid_request' });
    await readsMail('new');
    await subscribe('new');
    const settings = await audit.as(person('new')).call('get-notification-settings', {});
    expect(settings).toMatchObject({ email: 'new@example.test', pending_email: null, mail_enabled: true });
    const events = await audit.as(administrator('root')).call('list-events', { action: 'contact.changed' });
    expect(events.items.length).toBeGreaterThan(0);
    expect(JSON.stringify(events)).not.toContain('@example.test');
    await audit.as(person('new')).call('change-contact', { email: null });
    await expect(subscribe('new')).rejects.toMatchObject({ code: 'invalid_request' });
  });

  describe('to a new address', () => {
    const ask = (email: string | null): Promise<NotificationSettings> => audit.as(person('moe')).call('change-contact', { email });
    const confirm = (code: string): Promise<NotificationSettings> => audit.as(person('moe')).call('confirm-contact', { code });

    it('goes once the code that was mailed there is given back, and the old address is told', async () => {
      await signsIn(audit, 'moe', 'approver');
      await readsMail('moe', 'moe@old.test');
      const { subscription_id: id } = await subscribe('moe');
      box.got.splice(0);
      expect(await ask('moe@new.test')).toMatchObject({ email: 'moe@old.test', pending_email: 'moe@new.test' });
      expect(await mailTo('moe@old.test')).toContain('Subject: Slipway: your mail is to go to another address');
      const code = await codeMailedTo('moe@new.test');
      await expect(confirm('AAAA-BBBB-CCCC')).rejects.toMatchObject({ code: 'invalid_request' });
      box.got.splice(0);
      await audit.as(person('moe')).call('ping-subscription', { id });
      expect(await mailTo('moe@old.test')).toContain('a test of');
      expect(await confirm(code.toLowerCase().replaceAll('-', ' '))).toMatchObject({ email: 'moe@new.test', pending_email: null });
      box.got.splice(0);
      await asksForApproval(audit);
      expect(await mailTo('moe@new.test')).toContain('Approval needed');
      expect(recipients()).not.toContain('moe@old.test');
      expect(await ask(null)).toMatchObject({ email: null, pending_email: null });
      await eventually(() => box.got.some(({ raw }) => raw.includes('no more mail goes to this address')));
      await removeAs('moe', id);
    });

    it('is one code and no more before it is confirmed, and few codes in a day', async () => {
      expect(await ask('victim@example.test')).toMatchObject({ email: null, pending_email: 'victim@example.test' });
      await expect(subscribe('moe')).rejects.toMatchObject({ code: 'invalid_request', message: expect.stringContaining('Confirm') });
      await mailTo('victim@example.test');
      for (const nth of ['a', 'b']) await ask(`${nth}@example.test`);
      await expect(ask('c@example.test')).rejects.toMatchObject({ code: 'too_many_requests' });
      await eventually(() => recipients().length === 3);
      expect(recipients()).toEqual(['a@example.test', 'b@example.test', 'victim@example.test']);
    });

    it('is shown in nobody’s delivery log', async () => {
      const events = await audit.as(administrator('root')).call('list-events', { action: 'contact.changed' });
      const contact = events.items.find(({ actor_id }) => actor_id === 'moe')!.resource_id;
      await expect(audit.as(person('moe')).call('list-deliveries', { subscription: contact })).rejects.toMatchObject({
        code: 'unknown_resource',
      });
    });
  });
});
