import type { Schemas } from '../api/client';
import type { IssuedSubscription, Subscription, Topic } from './notification-queries';
import { ALL_TOPICS } from './topics';

/** Whose it is: `user`, `platform`, `project`, or `team:` and the team's name. */
export type Whose = 'user' | 'platform' | 'project' | `team:${string}`;
export interface SubscriptionInput {
  channel: Subscription['channel'];
  whose: Whose;
  url: string;
  name: string;
  topics: Topic[];
  places: { projects: string[]; environments: string[] };
}

/** What a new subscription begins with, or what an existing one says. */
export function inputOf(subscription: Subscription | undefined, fresh: Partial<SubscriptionInput>): SubscriptionInput {
  if (!subscription) {
    const places = { projects: [], environments: [] };
    return { channel: 'webhook', whose: 'project', url: '', name: '', topics: [...ALL_TOPICS], places, ...fresh };
  }
  const { channel, owner, name, topics, projects, environments } = subscription;
  const whose: Whose = owner.kind === 'team' ? `team:${owner.ref}` : owner.kind;
  return { channel, whose, url: '', name, topics: [...topics], places: { projects: [...projects], environments: [...environments] } };
}

const selectionOf = ({ name, topics, places, whose }: SubscriptionInput) => ({
  ...(name.trim() && { name: name.trim() }),
  topics,
  ...(whose !== 'project' && { projects: places.projects }),
  environments: places.environments,
});

export function creationOf(input: SubscriptionInput, project: string): Schemas['CreateSubscription'] {
  const { channel, whose, url } = input;
  return {
    channel,
    ...(whose === 'project' && { project }),
    ...(whose === 'platform' && { platform: true as const }),
    ...(whose.startsWith('team:') && { team: whose.slice('team:'.length) }),
    ...(channel !== 'email' && { url: url.trim() }),
    ...selectionOf(input),
  };
}

/** What is changed of one that there is; without a URL it stays where it is, with its secret. */
export const changeOf = (input: SubscriptionInput): Schemas['ChangeSubscription'] => ({
  ...(input.url.trim() && { url: input.url.trim() }),
  ...selectionOf(input),
});

/** What is wrong before the gateway is asked, by field. */
export const validation = (existing: boolean) => ({
  url: (url: string, { channel }: SubscriptionInput) => {
    if (channel === 'email' || (existing && url.trim() === '')) return null;
    return /^https?:\/\/[\x21-\x7e]+$/.test(url.trim()) ? null : 'A whole address, such as https://ci.example.com/slipway';
  },
  topics: (topics: Topic[]) => (topics.length > 0 ? null : 'Choose at least one'),
});

/** Whether there is a secret to show. */
export const hasSecret = ({ secret }: IssuedSubscription): boolean => secret !== null;
