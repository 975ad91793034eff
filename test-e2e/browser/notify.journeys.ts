import { createHmac } from 'node:crypto';
import { eventually, Receiver } from '@slipway/testing';
import { choose, PATIENCE_MS, shot, type World } from './world';

/** Whether a delivery carries a signature by the secret (docs/notifications.md). */
function isSignedBy(secret: string, { headers, body }: Receiver['got'][number]): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const expected = `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(expected);
}

/** Who is told of what, set up in the page. */
export function notifyJourneys(world: () => World): void {
  it('makes a webhook whose deliveries are signed, tells what fails and why, sends it again, rotates and pauses', async () => {
    const receiver = await Receiver.start();
    const page = await world().enter('admin');
    await world().see(page, '/settings?tab=webhooks', () => page.getByText('No webhook yet').waitFor());
    await page.getByRole('button', { name: 'New webhook' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('URL', { exact: true }).fill('ci.example.com');
    await dialog.getByRole('button', { name: 'Create the webhook' }).click();
    await dialog.getByText(/A whole address/).waitFor();
    await dialog.getByLabel('URL', { exact: true }).fill(receiver.url);
    await dialog.getByLabel('Name').fill('ci');
    await dialog.getByRole('button', { name: 'Create the webhook' }).click();
    const secret = await page.locator('.secret code').innerText();
    await page.getByRole('button', { name: 'I have it' }).click();
    expect(await page.getByText(secret).count()).toBe(0);

    receiver.answer = { status: 503, body: 'the queue is full' };
    await page.getByRole('button', { name: 'Deliveries of ci' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send a test' }).click();
    const delivery = page.getByRole('list', { name: 'Deliveries' }).getByRole('button', { name: /test/ }).first();
    await delivery.click();
    await page.getByRole('table', { name: 'Attempts' }).getByText('503').first().waitFor();
    receiver.answer = { status: 200 };
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('Delivered').first().waitFor();
    await shot(page, 'settings-deliveries');
    expect(receiver.got.length).toBeGreaterThan(1);
    expect(receiver.got.every((one) => isSignedBy(secret, one))).toBe(true);
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);

    await page.reload();
    await page.getByRole('list', { name: 'Deliveries' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'More for ci' }).click();
    await page.getByRole('menuitem', { name: 'Rotate the secret' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
    const fresh = await page.locator('.secret code').innerText();
    expect(fresh).not.toBe(secret);
    await page.getByRole('button', { name: 'I have it' }).click();
    const before = receiver.got.length;
    await page.getByRole('button', { name: 'More for ci' }).click();
    await page.getByRole('menuitem', { name: 'Send a test' }).click();
    await eventually(() => receiver.got.length > before, { timeoutMs: PATIENCE_MS });
    expect([secret, fresh].map((one) => isSignedBy(one, receiver.got.at(-1)!))).toEqual([true, true]);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'More for ci' }).click();
    await page.getByRole('menuitem', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('row', { name: /ci/ }).getByText('Paused').waitFor();
    await page.getByRole('button', { name: 'More for ci' }).click();
    await page.getByRole('menuitem', { name: 'Resume' }).click();
    await page.getByRole('row', { name: /ci/ }).getByText('Active').waitFor();
    await receiver.stop();
  });

  it('subscribes somebody to mail, who then hears of a ticket that waits', async () => {
    const { mailbox } = world();
    const page = await world().enter('approver');
    await world().go(page, '/settings?tab=mail');
    await page.getByLabel('Address').fill('approver@example.test');
    await page.getByRole('button', { name: 'Keep the address' }).click();
    await page.getByText('Mail goes to approver@example.test').waitFor();
    await page.getByRole('button', { name: 'Subscribe' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('checkbox', { name: 'Something waits for my approval' }).isChecked()).toBe(true);
    await choose(page, 'Whose', 'mine');
    await dialog.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('table', { name: 'Mail subscriptions' }).getByText('Active').waitFor();
    const { approval_ticket: ticket } = await world().waiting('a mail for it');
    await eventually(() => mailbox.got.some(({ to, raw }) => to.includes('approver@example.test') && raw.includes('Approval needed')), {
      timeoutMs: PATIENCE_MS,
    });
    await page.getByRole('button', { name: /^Deliveries of/ }).click();
    await page.getByText('to approver,').first().waitFor();
    await world().platform.as('approver').reject(ticket!);
  });
}
