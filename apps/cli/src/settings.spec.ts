import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsOf } from './settings';

function embedded(): string {
  const directory = mkdtempSync(join(tmpdir(), 'cli-'));
  mkdirSync(join(directory, 'run'));
  writeFileSync(join(directory, 'run', 'status.json'), JSON.stringify({ url: 'http://127.0.0.1:9999' }));
  writeFileSync(join(directory, 'tokens.json'), JSON.stringify({ admin: 'a', developer: 'd' }));
  return directory;
}

describe('settingsOf', () => {
  it('finds the embedded platform and its admin token by itself', () => {
    expect(settingsOf({}, { SLIPWAY_DATA_DIR: embedded() })).toMatchObject({ url: 'http://127.0.0.1:9999', token: 'a' });
  });

  it('prefers flags to variables to the embedded platform', () => {
    const env = { SLIPWAY_DATA_DIR: embedded(), SLIPWAY_URL: 'http://variable', SLIPWAY_TOKEN: 'variable' };
    expect(settingsOf({}, env)).toMatchObject({ url: 'http://variable', token: 'variable' });
    expect(settingsOf({ as: 'developer' }, { ...env, SLIPWAY_URL: undefined })).toMatchObject({ token: 'd' });
    expect(settingsOf({ url: 'http://flag', token: 'flag', as: 'developer' }, env)).toMatchObject({ url: 'http://flag', token: 'flag' });
  });

  it('sends tokens of the embedded platform to it alone, however it is addressed', () => {
    const env = { SLIPWAY_DATA_DIR: embedded() };
    expect(settingsOf({ url: 'http://localhost:9999/' }, env)).toMatchObject({ token: 'a' });
    expect(settingsOf({}, { ...env, SLIPWAY_URL: 'http://127.0.0.1:9999' })).toMatchObject({ token: 'a' });
    const refused = /are for http:\/\/127\.0\.0\.1:9999 and are not sent to http:\/\/evil\. Give a token/;
    expect(() => settingsOf({ url: 'http://evil' }, env)).toThrow(refused);
    expect(() => settingsOf({}, { ...env, SLIPWAY_URL: 'http://evil' })).toThrow(refused);
    expect(() => settingsOf({ url: 'http://evil', as: 'admin' }, { ...env, SLIPWAY_TOKEN: 'mine' })).toThrow(refused);
    expect(() => settingsOf({ url: 'evil' }, env)).toThrow("'evil' is no URL");
  });

  it('says what is missing', () => {
    expect(() => settingsOf({ as: 'bob' }, {})).toThrow("--as takes one of admin, developer, approver, viewer, agent, not 'bob'");
    expect(() => settingsOf({ as: 'approver' }, { SLIPWAY_DATA_DIR: embedded() })).toThrow("There is no token for 'approver'");
  });
});
