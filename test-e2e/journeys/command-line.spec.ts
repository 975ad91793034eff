import { startPlatform, sampleDirectory, type Platform } from '@slipway/platform-driver';
import { Commands } from '../driver/commands';

/** `slipway` as scripts use it: exit codes, and JSON that a program can read. */
let platform: Platform;
let commands: Commands;
beforeAll(async () => {
  platform = await startPlatform();
  const { data, httpPort } = platform.settings;
  commands = new Commands(data.root, httpPort);
  const pushed = await commands.slipway(
    'artifacts',
    'push',
    sampleDirectory({ greeting: 'one' }),
    '-s',
    'hello',
    '--version',
    '1',
    '--as',
    'developer',
  );
  expect(pushed).toMatchObject({ code: 0 });
}, 180_000);
afterAll(() => platform?.stop(), 60_000);

const subject = (environment: string, version = '1') => ['-s', 'hello', '-a', version, '-e', environment, '--as', 'developer'];
/** The last JSON document of a stream of lines. */
const last = (stdout: string): { release_id: string; status: string; approval_ticket: string | null } =>
  JSON.parse(stdout.trim().split('\n').at(-1)!) as { release_id: string; status: string; approval_ticket: string | null };

it('0: deploys, following steps and logs to the end', async () => {
  const { code, output } = await commands.slipway('release', 'deploy', ...subject('dev'), '--var', 'GREETING=hi');
  expect(output).toMatch(/Actions, in order:[\s\S]*previewed[\s\S]*verify: [\s\S]*applied/);
  expect(code).toBe(0);
}, 60_000);

it('1: a release that fails', async () => {
  await commands.slipway('artifacts', 'push', sampleDirectory({ health: 'bad' }), '-s', 'hello', '--version', 'bad', '--as', 'developer');
  const { code, stdout } = await commands.slipway('release', 'deploy', ...subject('dev', 'bad'), '--json');
  expect(last(stdout)).toMatchObject({ kind: 'release', status: 'rolled_back' });
  expect(code).toBe(1);
}, 90_000);

it('2: wrong usage and malformed requests', async () => {
  expect(await commands.slipway('release', 'deploy')).toMatchObject({ code: 2 });
  expect(await commands.slipway('release', 'apply', 'rel-1')).toMatchObject({ code: 3 });
  expect(await commands.slipway('nonsense')).toMatchObject({ code: 2 });
  expect(await commands.slipway('release', 'list', '--limit', '1000')).toMatchObject({ code: 2 });
});

it('3: waits for an approval, which its requester cannot give; then 0', async () => {
  const deployed = await commands.slipway('release', 'deploy', ...subject('prod'), '--json');
  const release = last(deployed.stdout);
  expect(release).toMatchObject({ status: 'pending_approval' });
  expect(deployed.code).toBe(3);
  const refused = await commands.slipway('approvals', 'approve', release.approval_ticket!, '--as', 'developer', '--json');
  expect(refused.code).toBe(3);
  expect(JSON.parse(refused.output)).toMatchObject({ code: 'forbidden' });
  expect(await commands.slipway('approvals', 'approve', release.approval_ticket!, '--as', 'approver', '-c', 'fine')).toMatchObject({
    code: 0,
  });
  const watched = await commands.slipway('release', 'watch', release.release_id, '--json', '--as', 'viewer');
  expect(last(watched.stdout)).toMatchObject({ status: 'applied' });
  expect(watched.code).toBe(0);
}, 90_000);

it('verifies the log, and lists what there is', async () => {
  const verified = await commands.slipway('log', 'verify', '--json');
  expect(JSON.parse(verified.stdout)).toMatchObject({ findingsTotal: 0 });
  expect(verified.code).toBe(0);
  for (const group of ['release', 'approvals', 'services', 'artifacts', 'environments', 'targets', 'slots', 'audit', 'projects']) {
    const listed = await commands.slipway(group, 'list', '--json');
    expect(listed).toMatchObject({ code: 0 });
    expect(JSON.parse(listed.stdout)).toHaveProperty('items');
  }
  expect((await commands.slipway('projections', 'status')).output).toMatch(/release +\S+ +(projection|reaction)/);
}, 60_000);

it('4: the platform does not answer', async () => {
  expect(await commands.slipway('release', 'list', '--url', 'http://127.0.0.1:1')).toMatchObject({ code: 4 });
});
