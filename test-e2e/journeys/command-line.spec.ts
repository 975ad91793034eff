import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net';
import { join } from 'node:path';
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

it('3: a rollback in production waits for its own approval, and names the ticket; what is rejected never ran', async () => {
  await commands.slipway('artifacts', 'push', sampleDirectory({ greeting: 'two' }), '-s', 'hello', '--version', '2', '--as', 'developer');
  const asked = last((await commands.slipway('release', 'deploy', ...subject('prod', '2'), '--json')).stdout);
  await commands.slipway('approvals', 'approve', asked.approval_ticket!, '--as', 'approver');
  expect(await commands.slipway('release', 'watch', asked.release_id)).toMatchObject({ code: 0 });
  const { code, output } = await commands.slipway('release', 'rollback', asked.release_id, '--reason', 'prices', '--as', 'developer');
  const ticket = /Waiting for an approval: slipway approvals approve (tkt-\S+)/.exec(output)?.[1];
  expect([code, ticket]).toEqual([3, expect.stringMatching(/^tkt-/)]);
  await commands.slipway('approvals', 'reject', ticket!, '--as', 'approver');
  expect(await commands.slipway('release', 'watch', asked.release_id, '--rollback')).toMatchObject({ code: 3 });
}, 90_000);

it('a job that runs again under the same key goes on with the same release', async () => {
  const deploy = ['release', 'deploy', ...subject('dev'), '--json', '--idempotency-key', 'job-17'];
  const [first, second] = [await commands.slipway(...deploy), await commands.slipway(...deploy)];
  expect(last(first.stdout)).toMatchObject({ status: 'applied' });
  expect(second.code).toBe(0);
  expect(last(second.stdout).release_id).toBe(last(first.stdout).release_id);
  const push = ['artifacts', 'push', sampleDirectory({ greeting: 'three' }), '-s', 'hello', '--version', '3', '--as', 'developer'];
  for (const run of [1, 2]) expect([run, (await commands.slipway(...push, '--idempotency-key', 'job-17')).code]).toEqual([run, 0]);
  expect(await commands.slipway('release', 'list', '--idempotency-key', 'two words')).toMatchObject({ code: 2 });
}, 60_000);

/** Runs a command with `--json`. */
async function json(...argv: string[]): Promise<{ code: number | null; body: Record<string, string> }> {
  const { code, output } = await commands.slipway(...argv, '--json');
  return { code, body: JSON.parse(output.trim()) as Record<string, string> };
}

it('a token does what it was made for, and nothing once it is revoked', async () => {
  const scope = ['--permission', 'deploy:release:read', '--permission', 'deploy:release:apply', '-e', 'dev', '--expires', '15m'];
  const { body: issued } = await json('tokens', 'create', 'laptop', ...scope, '--as', 'developer');
  const withToken = ['--token', issued['secret']!];
  expect((await json('whoami', ...withToken)).body).toMatchObject({ actor_id: 'developer' });
  const draft = ['release', 'preview', '-s', 'hello', '-a', '1'];
  expect((await json(...draft, '-e', 'dev', ...withToken)).body).toMatchObject({ requested_by: 'developer' });
  expect(await json(...draft, '-e', 'prod', ...withToken)).toMatchObject({ code: 3, body: { code: 'unknown_resource' } });
  expect(await json('approvals', 'list', ...withToken)).toMatchObject({ code: 3, body: { code: 'forbidden' } });
  const { body: child } = await json('tokens', 'create', 'child', '--permission', 'deploy:release:read', ...withToken);
  expect(Date.parse(child['expires_at']!)).toBeLessThanOrEqual(Date.parse(issued['expires_at']!));
  expect(await json('tokens', 'revoke', issued['token_id']!, '--as', 'developer')).toMatchObject({ code: 0 });
  for (const secret of [issued['secret']!, child['secret']!]) {
    expect(await json('release', 'list', '--token', secret)).toMatchObject({ code: 3, body: { code: 'token_revoked' } });
  }
}, 60_000);

it('an agent account gets a role in one environment, proposes elsewhere, approves nowhere, and ends when it is disabled', async () => {
  const { body: account } = await json('accounts', 'create', 'bot', '--kind', 'agent', '--as', 'admin');
  const { body: issued } = await json('tokens', 'create', 'ci', '--account', account['account_id']!, '--as', 'admin');
  const asBot = ['--token', issued['secret']!];
  expect(await json('release', 'list', ...asBot)).toMatchObject({ code: 3, body: { code: 'forbidden' } });
  for (const environment of ['dev', 'prod']) {
    await json('roles', 'bind', account['actor_id']!, '--role', 'developer', '-e', environment, '--as', 'admin');
  }
  const deployed = await commands.slipway('release', 'deploy', '-s', 'hello', '-a', '1', '-e', 'dev', ...asBot, '--json');
  expect([deployed.code, last(deployed.stdout).status]).toEqual([0, 'applied']);
  const asked = last((await commands.slipway('release', 'deploy', '-s', 'hello', '-a', '1', '-e', 'prod', ...asBot, '--json')).stdout);
  expect(asked.status).toBe('pending_approval');
  expect((await json('approvals', 'approve', asked.approval_ticket!, ...asBot)).code).toBe(3);
  const access = await commands.slipway('access', '-e', 'prod', '--permission', 'deploy:release:apply', '--as', 'admin');
  expect(access.output).toContain(account['actor_id']!);
  await json('accounts', 'disable', account['account_id']!, '--reason', 'done', '--as', 'admin');
  expect((await json('release', 'list', ...asBot)).code).toBe(3);
  const events = await fetch(`${platform.url}/api/v1/audit/events?limit=100`, {
    headers: { authorization: `Bearer ${platform.token('admin')}` },
  });
  const { items } = (await events.json()) as { items: { summary: string }[] };
  const told = items.map(({ summary }) => summary);
  expect(told).toEqual(
    expect.arrayContaining([
      "Agent account 'bot' created",
      'Account disabled: done',
      expect.stringContaining(`${account['actor_id']} became 'developer' in environment env-`),
    ]),
  );
}, 90_000);

it('a session of the page begins with a token, changes things by its CSRF token alone, and ends when its person signs out', async () => {
  const post = (path: string, headers: Record<string, string>, body: object = {}): Promise<Response> =>
    fetch(`${platform.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const began = await post('/auth/session', {}, { token: platform.token('developer') });
  const cookie = began.headers.get('set-cookie')!.split('; ')[0]!;
  const { csrf_token: csrf } = (await began.json()) as { csrf_token: string };
  const preview = { project: 'demo', service: 'hello', artifact: '1', environment: 'dev' };
  expect((await post('/api/v1/deploy/releases/preview', { cookie }, preview)).status).toBe(403);
  expect((await post('/api/v1/deploy/releases/preview', { cookie, 'x-csrf-token': csrf }, preview)).status).toBe(201);
  expect((await post('/auth/logout', { cookie, 'x-csrf-token': csrf })).status).toBe(204);
  expect((await fetch(`${platform.url}/api/v1/session`, { headers: { cookie } })).status).toBe(401);
}, 60_000);

it('the policy says who changed it, and what waited on the old one says to preview again', async () => {
  const waiting = last((await commands.slipway('release', 'deploy', ...subject('prod'), '--json')).stdout);
  expect(waiting.status).toBe('pending_approval');
  const proposed = await json('policy', 'set', 'prod', '--set', '{"quorum":2}', '--reason', 'two pairs of eyes', '--as', 'admin');
  const { ticket_id: ticket } = proposed.body['policy_change'] as unknown as { ticket_id: string };
  expect(await json('approvals', 'approve', ticket, '--as', 'approver')).toMatchObject({ code: 0 });
  const ended = await commands.slipway('release', 'watch', waiting.release_id, '--json', '--as', 'viewer');
  expect([ended.code, last(ended.stdout).status]).toEqual([3, 'superseded']);
  const { body: voided } = await json('approvals', 'show', waiting.approval_ticket!, '--as', 'viewer');
  expect(voided).toMatchObject({ status: 'superseded', ended_because: expect.stringContaining('preview it again') as string });
  const history = await commands.slipway('policy', 'history', 'prod', '--as', 'viewer');
  expect(history.output).toMatch(/version 2 .* admin, approved by approver: two pairs of eyes\n +quorum: 1 -> 2/);
  expect((await commands.slipway('policy', 'diff', 'prod', '--from', '1', '--as', 'viewer')).output).toContain('quorum: 1 -> 2');
}, 60_000);

it('verifies the log, and lists what there is', async () => {
  const verified = await commands.slipway('log', 'verify', '--json');
  expect(JSON.parse(verified.stdout)).toMatchObject({ findingsTotal: 0 });
  expect(verified.code).toBe(0);
  for (const group of ['release', 'approvals', 'services', 'artifacts', 'environments', 'targets', 'slots', 'audit', 'projects']) {
    const listed = await commands.slipway(group, 'list', '--json');
    expect(listed).toMatchObject({ code: 0 });
    expect(JSON.parse(listed.stdout)).toHaveProperty('items');
  }
  expect((await commands.slipway('release', 'list', '--limit', '1')).output).toMatch(
    /^RELEASE.*\nrel-.*\n {2}\.\.\. and more: --all, or --cursor \S+\n$/,
  );
  const all = JSON.parse((await commands.slipway('release', 'list', '--all', '--json')).stdout) as { items: object[]; next_cursor: null };
  expect(all).toMatchObject({ next_cursor: null });
  expect(all.items.length).toBeGreaterThan(5);
  expect((await commands.slipway('projections', 'status')).output).toMatch(/release +\S+ +(projection|reaction)/);
}, 60_000);

it('4: the platform does not answer', async () => {
  expect(await commands.slipway('release', 'list', '--url', 'http://127.0.0.1:1', '--token', 't')).toMatchObject({ code: 4 });
});

/** Has the command line call a server that does not answer as a gateway does. */
async function calling(server: TcpServer, ...argv: string[]) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cli = spawn(process.execPath, [join(__dirname, '../../script/slipway.mjs'), ...argv, '--url', url]);
  const said: string[] = [];
  cli.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
  const ended = new Promise<number | null>((resolve) => cli.once('close', resolve));
  return { cli, said, ended };
}

it('130: Ctrl-C ends a request that nobody answers', async () => {
  const silent = createServer();
  const asked = new Promise((resolve) => silent.once('request', resolve));
  const { cli, ended } = await calling(silent, 'targets', 'check', 'tgt-1', '--token', 't');
  try {
    await asked;
    cli.kill('SIGINT');
    expect(await ended).toBe(130);
  } finally {
    cli.kill('SIGKILL');
    silent.close().closeAllConnections();
  }
});

it('4: an answer for which nothing is left to wait', async () => {
  const deaf = 'data:text/javascript,globalThis.fetch = () => new Promise(() => undefined)';
  const push = [
    'artifacts',
    'push',
    sampleDirectory({}),
    '-s',
    'hello',
    '--version',
    '4',
    '-p',
    'demo',
    '--url',
    'http://gateway',
    '--token',
    't',
  ];
  const cli = spawn(process.execPath, ['--import', deaf, join(__dirname, '../../script/slipway.mjs'), ...push]);
  expect(await new Promise((resolve) => cli.once('close', resolve))).toBe(4);
});

it('a watch goes on over a gateway that is away, and says so', async () => {
  const release = last((await commands.slipway('release', 'deploy', ...subject('dev'), '--json')).stdout);
  let isAway = true;
  const passage = createTcpServer((socket) => {
    if (isAway)
      return void socket.once('data', () => socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'));
    const gateway = connect(platform.settings.httpPort, '127.0.0.1');
    for (const end of [socket, gateway]) end.on('error', () => [socket, gateway].forEach((one) => one.destroy()));
    socket.pipe(gateway).pipe(socket);
  });
  const watched = ['release', 'watch', release.release_id, '--project', 'demo', '--token', platform.token('viewer')];
  const { cli, said, ended } = await calling(passage, ...watched);
  cli.stderr.on('data', () => (isAway = !said.join('').includes('Watching on for up to 2m')));
  try {
    expect(await ended).toBe(0);
    expect(said.join('')).toMatch(/answers 502\. Trying again[^]*Watching on for up to 2m[^]*The gateway answers again/);
  } finally {
    cli.kill('SIGKILL');
    passage.close();
  }
}, 60_000);

it('the login for a target’s Prometheus is tried, rotated by versions that count what was taken, and taken away', async () => {
  let wanted: string | undefined = 'Bearer one';
  const prometheus = createServer((request, response) =>
    response.writeHead(request.headers.authorization === wanted ? 200 : 401).end('{}'),
  );
  await new Promise<void>((resolve) => prometheus.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(prometheus.address() as AddressInfo).port}`;
  const login = (token: string): string[] => {
    const file = join(platform.settings.data.root, 'prometheus.token');
    writeFileSync(file, token);
    return ['--prometheus-token-file', file];
  };
  try {
    const place = ['-e', 'dev', '--ports', '28000-28009', '--prometheus', url];
    const { body: target } = await json('targets', 'create', 'watched', ...place, ...login('one'), '--as', 'admin');
    expect(target).toMatchObject({ prometheus_credential: { kind: 'bearer_token', version: 1 } });
    const rotate = (...how: string[]) => json('targets', 'rotate', target['target_id']!, ...how, '--as', 'admin');
    expect(await rotate(...login('wrong'))).toMatchObject({ code: 3, body: { code: 'target_unfit' } });
    wanted = 'Bearer two';
    expect((await rotate(...login('two'))).body).toMatchObject({ prometheus_credential: { version: 2 } });
    expect(await rotate('--no-prometheus-login')).toMatchObject({ code: 3, body: { code: 'target_unfit' } });
    wanted = undefined;
    expect((await rotate('--no-prometheus-login')).body).toMatchObject({
      prometheus_credential: null,
      connection: { prometheus: { url } },
    });
    expect(await json('targets', 'check', target['target_id']!, '--as', 'viewer')).toMatchObject({ code: 0 });
  } finally {
    prometheus.close().closeAllConnections();
  }
}, 60_000);

it('renames, deletes, and says what stands in the way; teams are made and ended', async () => {
  const as = (...argv: string[]) => commands.slipway(...argv, '--project', 'demo', '--as', 'admin');
  expect(await as('environments', 'create', 'short-lived', '--type', 'development')).toMatchObject({ code: 0 });
  expect(await as('environments', 'update', 'short-lived', '--title', 'For an afternoon')).toMatchObject({ code: 0 });
  const created = await as('targets', 'create', 'here', '-e', 'short-lived', '--json');
  const { target_id: target } = JSON.parse(created.stdout) as { target_id: string };
  const held = await as('environments', 'delete', 'short-lived');
  expect(held).toMatchObject({ code: 3 });
  expect(await commands.slipway('release', 'deploy', ...subject('short-lived'))).toMatchObject({ code: 0 });
  const used = await as('targets', 'delete', target);
  expect(used.code).toBe(3);
  expect(used.output).toMatch(/it runs hello 1/);
  expect(await as('targets', 'delete', target, '--force', '--reason', 'over')).toMatchObject({ code: 0 });
  expect(await as('environments', 'delete', 'short-lived')).toMatchObject({ code: 0 });
  expect(await as('services', 'create', 'mistake')).toMatchObject({ code: 0 });
  expect(await as('services', 'delete', 'mistake')).toMatchObject({ code: 0 });

  expect(await as('teams', 'set', 'night-shift', '--member', 'ann', '--member', 'bob')).toMatchObject({ code: 0 });
  expect((await as('teams', 'list')).output).toMatch(/night-shift .*ann bob/);
  expect(await as('teams', 'delete', 'night-shift')).toMatchObject({ code: 0 });
  expect((await as('roles', 'bindings', '--limit', '1')).code).toBe(0);
}, 90_000);
