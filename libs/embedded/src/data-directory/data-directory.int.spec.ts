import { cpSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureNatsConfig } from '../nats/nats-config';
import { ensureCredentials, hasKeys, keyFiles } from './credentials';
import { requireFreeSpace } from './free-space';
import { ensureKeysAndTokens } from './keys';
import { dataDirectory } from './layout';
import { assignPorts } from './ports';

const fresh = () => dataDirectory(join(mkdtempSync(join(tmpdir(), 'data-')), 'slipway'));
const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);

describe('data directory', () => {
  it('makes secrets once, readable by the owner alone', async () => {
    const data = fresh();
    const credentials = ensureCredentials(data);
    expect(hasKeys(data)).toBe(false);
    await ensureKeysAndTokens(data);
    expect(hasKeys(data)).toBe(true);
    const tokens = readFileSync(data.tokensFile, 'utf8');
    await ensureKeysAndTokens(data);
    expect(ensureCredentials(data)).toEqual(credentials);
    expect(readFileSync(data.tokensFile, 'utf8')).toBe(tokens);
    const secretFiles = [data.credentialsFile, data.tokensFile, ...Object.values(keyFiles(data))];
    expect(secretFiles.map(mode)).toEqual(secretFiles.map(() => '600'));
    expect(new Set(Object.values(credentials.nats)).size).toBe(Object.keys(credentials.nats).length);
  });

  it('writes a token for each role', async () => {
    const data = fresh();
    ensureCredentials(data);
    await ensureKeysAndTokens(data);
    const tokens = JSON.parse(readFileSync(data.tokensFile, 'utf8')) as Record<string, string>;
    expect(Object.keys(tokens).sort()).toEqual(['admin', 'agent', 'approver', 'developer', 'viewer']);
    expect(new Set(Object.values(tokens)).size).toBe(5);
  });

  it('keeps ports from start to start, and takes another where one is used by then', async () => {
    const data = fresh();
    ensureCredentials(data);
    const first = await assignPorts(data, ['nats', 'postgres']);
    expect(await assignPorts(data, ['nats', 'postgres'])).toEqual(first);
    const intruder = createServer().listen(first['nats'], '127.0.0.1');
    await new Promise((resolve) => intruder.once('listening', resolve));
    const second = await assignPorts(data, ['nats', 'postgres']);
    expect(second['nats']).not.toBe(first['nats']);
    expect(second['postgres']).toBe(first['postgres']);
    await new Promise((resolve) => intruder.close(resolve));
  });

  it('may be moved: nats-server keeps its data where the directory is now', async () => {
    const [data, moved] = [fresh(), fresh()];
    const settings = { data, credentials: ensureCredentials(data), ports: { nats: 1 }, httpPort: 1, httpHost: '127.0.0.1' };
    await ensureNatsConfig(settings);
    cpSync(data.root, moved.root, { recursive: true });
    const file = await ensureNatsConfig({ ...settings, data: moved });
    expect(readFileSync(file, 'utf8')).toContain(`store_dir: "${moved.nats}"`);
  });

  it('says how much disk is missing and where', () => {
    const data = fresh();
    expect(() => requireFreeSpace(data.root, Number.MAX_SAFE_INTEGER)).toThrow(
      /The disk that holds .*slipway has \d+ MB free; .*SLIPWAY_DATA_DIR/,
    );
  });

  it('says which file is damaged', () => {
    const data = fresh();
    ensureCredentials(data);
    writeFileSync(data.credentialsFile, '{');
    expect(() => ensureCredentials(data)).toThrow(`${data.credentialsFile} is damaged`);
  });
});
