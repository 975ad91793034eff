import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../exit-codes';
import { membersOf } from './members';

describe('members of a group', () => {
  let directory: string;
  beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'slipway-members-'))));
  afterAll(() => rmSync(directory, { recursive: true }));
  const file = (content: string): string => {
    const path = join(directory, 'members.json');
    writeFileSync(path, content);
    return path;
  };

  it('keep the order in which they are named, with a target where one is', () =>
    expect(membersOf({ member: ['backend@1.2.0', 'storefront@3.1.0/edge'], strategy: 'rolling' })).toEqual([
      { service: 'backend', artifact: '1.2.0', strategy: 'rolling' },
      { service: 'storefront', artifact: '3.1.0', target: 'edge', strategy: 'rolling' },
    ]));
  it('come from a file, whose own strategy wins', () => {
    const members = [
      { service: 'a', artifact: '1', variables: { A: 'b' } },
      { service: 'b', artifact: '1', strategy: 'canary' },
    ];
    expect(membersOf({ file: file(JSON.stringify(members)), strategy: 'blue-green' })).toEqual([
      { service: 'a', artifact: '1', variables: { A: 'b' }, strategy: 'blue-green' },
      { service: 'b', artifact: '1', strategy: 'canary' },
    ]);
  });
  it.each([
    [{ member: ['backend'] }, /SERVICE@VERSION/],
    [{ member: ['backend@1'] }, /at least two/],
    [{ member: ['a@1', 'b@1'], file: 'x' }, /not both/],
    [{ file: '/nowhere/members.json' }, /cannot be read/],
  ])('%j is refused', (options, message) => {
    expect(() => membersOf(options)).toThrow(UsageError);
    expect(() => membersOf(options)).toThrow(message);
  });
  it('in a file must be a list', () => expect(() => membersOf({ file: file('{}') })).toThrow(/JSON list/));
});
