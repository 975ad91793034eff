import type { Subscription } from './notification-queries';
import { changeOf, creationOf, inputOf, validation } from './subscription-input';
import { ALL_TOPICS } from './topics';

const known = {
  channel: 'webhook',
  owner: { kind: 'team', ref: 'core' },
  name: 'ci',
  topics: ['freeze'],
  projects: ['shop'],
  environments: ['env-1'],
} as unknown as Subscription;

describe('creationOf', () => {
  it('names the one owner that was chosen', () => {
    const input = inputOf(undefined, { url: ' https://ci.example.com/x ' });
    expect(creationOf(input, 'shop')).toEqual({
      channel: 'webhook',
      project: 'shop',
      url: 'https://ci.example.com/x',
      topics: ALL_TOPICS,
      environments: [],
    });
    expect(creationOf({ ...input, whose: 'team:core' }, 'shop')).toMatchObject({ team: 'core', projects: [] });
    expect(creationOf({ ...input, whose: 'platform' }, 'shop')).toMatchObject({ platform: true });
    expect(creationOf({ ...input, whose: 'user', channel: 'email' }, 'shop')).toEqual({
      channel: 'email',
      topics: ALL_TOPICS,
      projects: [],
      environments: [],
    });
  });
});

describe('changeOf', () => {
  it('leaves the URL, and so the secret, unless another one is given', () => {
    const input = inputOf(known, {});
    expect(changeOf(input)).toEqual({ name: 'ci', topics: ['freeze'], projects: ['shop'], environments: ['env-1'] });
    expect(changeOf({ ...input, url: 'https://b.example.com' })).toMatchObject({ url: 'https://b.example.com' });
  });
});

describe('validation', () => {
  it('asks for a whole address where one is needed', () => {
    const input = inputOf(undefined, {});
    expect(validation(false).url('ci.example.com', input)).toMatch(/whole address/);
    expect(validation(false).url('https://ci.example.com', input)).toBeNull();
    expect(validation(true).url('', input)).toBeNull();
    expect(validation(false).url('', { ...input, channel: 'email' })).toBeNull();
  });
});
