import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { MailBox, testRun } from '@slipway/testing';
import { MailSender, type MailSettings } from './mail-sender';

const LOGIN = { user: 'slipway', password: 'correct horse' };
const MAIL = { subject: 'Approval needed', text: 'Please look.', html: '<p>Please look.</p>' };

/** A certificate of 127.0.0.1 that is its own authority; undefined where there is no openssl to make it. */
function certificate(): { key: string; cert: string } | undefined {
  const directory = mkdtempSync(join(testRun(), 'tls-'));
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(directory, name)) as [string, string];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
  try {
    execFileSync('openssl', ['req', '-x509', ...curve, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

describe('mail to a server that wants encryption and a login', () => {
  const tls = certificate();
  let box: MailBox;
  afterEach(() => box.stop());

  const send = async (given: Partial<MailSettings> = {}): Promise<unknown> => {
    const url = box.url.replace('//', `//${LOGIN.user}@`);
    const sender = new MailSender({ url, password: LOGIN.password, from: 'slipway@example.test', startTls: 'required', ...given });
    return sender.send('del-1', 'ann@example.test', MAIL).finally(() => sender.close());
  };

  (tls ? it : it.skip)('goes by STARTTLS and login where the authority is known (needs openssl)', async () => {
    box = await MailBox.start({ startTls: tls!, login: LOGIN });
    await send({ authority: tls!.cert });
    expect(box.got.map(({ to }) => to)).toEqual([['ann@example.test']]);
    await expect(send({ authority: tls!.cert, password: 'wrong' })).rejects.toMatchObject({ responseCode: 535 });
    expect(box.got).toHaveLength(1);
  });

  it('says nothing to a server whose certificate nobody vouches for', async () => {
    box = await MailBox.start({ startTls: 'own', login: LOGIN });
    await expect(send()).rejects.toThrow(/certificate/i);
    expect([box.heard, box.got]).toEqual([[], []]);
  });

  it('gives up on a server that is slow without ever being silent', async () => {
    box = await MailBox.start();
    const dripping = createServer((socket) => {
      const timer = setInterval(() => socket.write('220-wait\r\n'), 20);
      socket.on('error', () => undefined).on('close', () => clearInterval(timer));
    });
    await new Promise<void>((resolve) => dripping.listen(0, '127.0.0.1', resolve));
    const { port } = dripping.address() as AddressInfo;
    await expect(send({ url: `smtp://127.0.0.1:${port}`, startTls: 'optional', limitMs: 300 })).rejects.toThrow('not done within 300 ms');
    dripping.close();
  });

  it('says nothing to a server that offers no encryption, unless that is allowed', async () => {
    box = await MailBox.start();
    await expect(send()).rejects.toThrow(/STARTTLS/);
    expect(box.got).toEqual([]);
    await send({ startTls: 'optional', url: box.url });
    expect(box.got).toHaveLength(1);
  });
});
