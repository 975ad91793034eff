import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNatsServer } from './nats-binary';

function fake(version: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'nats-')), 'nats-server');
  writeFileSync(file, `#!/bin/sh\necho 'nats-server: v${version}'\n`);
  chmodSync(file, 0o755);
  return file;
}

describe('findNatsServer', () => {
  it('takes the one that NATS_SERVER_BIN names', () => {
    const file = fake('2.14.1');
    expect(findNatsServer({ NATS_SERVER_BIN: file })).toEqual({ file, version: '2.14.1' });
  });

  it('refuses one that is too old, and says which would do', () => {
    expect(() => findNatsServer({ NATS_SERVER_BIN: fake('2.11.9') })).toThrow(
      /is nats-server 2\.11\.9, which is too old\. Install nats-server 2\.12/,
    );
  });

  it('says what NATS_SERVER_BIN is wrong about', () => {
    expect(() => findNatsServer({ NATS_SERVER_BIN: '/nonexistent/nats' })).toThrow("NATS_SERVER_BIN names '/nonexistent/nats'");
  });
});
