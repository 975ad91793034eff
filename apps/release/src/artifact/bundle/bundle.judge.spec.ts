import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { good, gzip, judged, MANIFEST, tar, verdict } from './bundle.fixture';

const invalid = 'artifact_invalid';
const tooLarge = 'artifact_too_large';
const link = (name: string, linkname: string) => ({ name, type: 'symlink' as const, linkname });

describe('what an archive may hold', () => {
  it.each([
    ['an absolute path', { name: '/etc/passwd', content: 'x' }],
    ['a path that climbs', { name: 'a/../../x', content: 'x' }],
    ['a drive letter', { name: 'C:\\x', content: 'x' }],
    ['a backslash', { name: 'a\\b', content: 'x' }],
    ['a control character', { name: 'a\u001b[2Jb', content: 'x' }],
    ['a device', { name: 'null', type: 'character-device' as const }],
    ['a named pipe', { name: 'pipe', type: 'fifo' as const }],
    ['setuid', { name: 'su', content: 'x', mode: 0o4755 }],
    ['setgid', { name: 'su', content: 'x', mode: 0o2755 }],
    ['a duplicate', { name: './server.js', content: 'other' }],
    ['a link out', link('out', '../secret')],
    ['an absolute link', link('out', '/etc/passwd')],
    ['a link that climbs behind a name', link('out', 'a/../../secret')],
    ['a hard link to what is not there', { name: 'h', type: 'link' as const, linkname: 'nothing' }],
    ['a hard link out', { name: 'h', type: 'link' as const, linkname: '../../etc/passwd' }],
    ['a path that is too long', { name: `${'a/'.repeat(600)}x`, content: 'x' }],
  ])('refuses %s', async (_, entry) => expect(await verdict(await good(entry))).toBe(invalid));

  it('refuses what lies behind a link', async () => {
    expect(await verdict(await good(link('way', 'sub'), { name: 'way/x', content: 'x' }))).toBe(invalid);
    expect(await verdict(await good({ name: 'way/x', content: 'x' }, link('way', 'sub')))).toBe(invalid);
  });
  it('refuses a file that is a folder too', async () =>
    expect(await verdict(await good({ name: 'a', content: 'x' }, { name: 'a/b', content: 'x' }))).toBe(invalid));
  it('accepts links that stay inside', async () =>
    expect(await verdict(await good(link('a/b/c', '../../server.js'), link('self', 'a/b'), link('dir', '.')))).toBe('accepted'));
  it('judges links inside the folder that is taken off', async () => {
    const around = [{ name: 'top/slipway.yaml', content: MANIFEST }];
    expect(await verdict(await tar(...around, link('top/ok', 'slipway.yaml')))).toBe('accepted');
    expect(await verdict(await tar(...around, link('top/out', '../top/slipway.yaml')))).toBe(invalid);
  });
  it('names the entry', async () => {
    await expect(judged(await good(link('out', '../secret')))).rejects.toMatchObject({
      details: { entry: 'out' },
      message: expect.stringContaining("'../secret'"),
    });
  });
});

describe('limits', () => {
  it('bounds the packed bytes', async () => expect(await verdict(await good(), { maxPackedBytes: 100 })).toBe(tooLarge));
  it('bounds the unpacked bytes of a bomb', async () => {
    const bomb = gzip(await good({ name: 'zeros', content: Buffer.alloc(8_000_000) }));
    expect(bomb.length).toBeLessThan(20_000);
    expect(await verdict(bomb, { maxPackedBytes: 20_000, maxUnpackedBytes: 1_000_000 })).toBe(tooLarge);
  });
  it('bounds what hard links multiply', async () => {
    const links = Array.from({ length: 20 }, (_, index) => ({ name: `l${index}`, type: 'link' as const, linkname: 'big' }));
    const archive = await good({ name: 'big', content: Buffer.alloc(100_000) }, ...links);
    expect(await verdict(archive, { maxUnpackedBytes: 1_000_000 })).toBe(tooLarge);
    expect(await verdict(archive)).toBe('accepted');
  });
  it('bounds the entries', async () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ name: `f${index}`, content: '' }));
    expect(await verdict(await good(...many), { maxEntries: 40 })).toBe(tooLarge);
  });
  it('bounds the manifest', async () => {
    const archive = await tar({ name: 'slipway.yaml', content: `${MANIFEST}#${'x'.repeat(5000)}` });
    expect(await verdict(archive, { maxManifestBytes: 1000 })).toBe(tooLarge);
  });
  it('bounds extended headers before it reads them', async () => {
    const archive = await good({ name: 'f', content: 'x', pax: { comment: 'x'.repeat(100_000) } });
    expect(await verdict(archive)).toBe(invalid);
  });
});

describe('damaged uploads', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from('x')],
    ['text', Buffer.from('hello '.repeat(500))],
    ['a zip', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(2000, 7)])],
    ['broken gzip', Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(2000, 7)])],
  ])('refuses %s', async (_, upload) => expect(await verdict(upload)).toBe(invalid));
  it('refuses a truncated tar and a truncated gzip', async () => {
    const archive = await good({ name: 'big', content: Buffer.alloc(50_000, 1) });
    expect(await verdict(archive.subarray(0, 20_000))).toBe(invalid);
    const packed = gzip(
      await good({ name: 'big', content: Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 251)) }),
    );
    expect(await verdict(packed.subarray(0, packed.length - 10))).toBe(invalid);
  });
  it('refuses a flipped byte in a header', async () => {
    const archive = Buffer.from(await good());
    archive[1024 + 3]! ^= 0x40;
    expect(await verdict(archive)).toBe(invalid);
  });
  it('leaves nothing behind', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('slipway-bundle-'));
    await verdict(await good(link('out', '../secret')));
    await verdict(gzip(await good()));
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('slipway-bundle-'))).toEqual(before);
  });
});

describe('slipway.yaml', () => {
  const withManifest = async (content: string, name = 'slipway.yaml') => tar({ name, content });
  const fieldOf = async (content: string, name?: string) => {
    const error = await judged(await withManifest(content, name)).catch((failure: unknown) => failure);
    return (error as { code: string; details: { field?: string } }).details.field;
  };
  it('is needed, once', async () => {
    expect(await verdict(await tar({ name: 'server.js', content: 'x' }))).toBe(invalid);
    expect(await verdict(await good({ name: 'slipway.json', content: '{}' }))).toBe(invalid);
    expect(await verdict(await tar({ name: 'a/slipway.yaml', content: MANIFEST }, { name: 'b', content: '' }))).toBe(invalid);
  });
  it('may be JSON', async () =>
    expect(await verdict(await withManifest('{"api_version":"slipway/v1","processes":{"job":{"command":["true"]}}}', 'slipway.json'))).toBe(
      'accepted',
    ));
  it('may not be a hard link to another file', async () => {
    const archive = await tar({ name: 'x', content: MANIFEST }, { name: 'slipway.yaml', type: 'link', linkname: 'x' });
    expect(await verdict(archive)).toBe(invalid);
  });
  it.each([
    ['api_version: slipway/v1', 'processes'],
    [MANIFEST.replace('port: true', 'port: 80800'), 'processes.web.port'],
    [`${MANIFEST}compose: { file: compose.yaml }\n`, 'compose'],
    ['api_version: slipway/v1\nprocesses: { web: { replicas: 2 } }\n', 'processes.web'],
    [`${MANIFEST}migration: { process: db, command: [x], one_way: true }\n`, 'process'],
    ['api_version: slipway/v1\nkubernetes: { files: [../../etc/passwd] }\n', 'kubernetes.files.0'],
    [MANIFEST.replace('port: true', 'prot: true'), 'processes.web.prot'],
    [MANIFEST.replace('web:', 'Web!:'), 'processes.Web!'],
    [MANIFEST.replace('slipway/v1', 'slipway/v9'), 'api_version'],
    [`${MANIFEST}    env: { __proto__: x }\n`, 'processes.web.env.__proto__'],
    [`${MANIFEST}  two: { command: [x], port: true }\n`, 'processes.two.port'],
    [`${MANIFEST}  job: { command: [x], probes: { liveness: { path: / } } }\n`, 'processes.job.probes'],
    [`${MANIFEST}    replicas: 99999999999999999999\n`, 'processes.web.replicas'],
  ])('names the wrong field %#', async (content, field) => expect(await fieldOf(content)).toBe(field));
  it.each([
    ['a custom tag', `${MANIFEST}x: !!js/function "x"\n`],
    ['duplicate keys', `${MANIFEST}api_version: slipway/v1\n`],
    ['many aliases', `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n${MANIFEST}`],
    ['no mapping', '- a\n- b\n'],
    ['nothing', ''],
    ['broken YAML', 'a: [1'],
  ])('refuses %s', async (_, content) => expect(await verdict(await withManifest(content))).toBe(invalid));
});
