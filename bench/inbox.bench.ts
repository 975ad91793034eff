import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '@nats-io/transport-node';
import { EMBEDDED_ROLES } from '@slipway/contracts';
import { inboxPrefix, JetStreamEventStore } from '@slipway/event-store-jetstream';
import { startPlatform, type Platform } from '@slipway/platform-driver';
import { issueAccessToken } from '@slipway/service-kit';
import { askForApprovals, PEOPLE, projectOf } from './inbox-traffic';

interface Row {
  readonly name: string;
  readonly value: number;
  readonly baseline: null;
  readonly ratio: null;
  readonly goal: number;
  readonly ok: boolean;
}
interface Ticket {
  readonly ticket_id: string;
  readonly status: string;
  readonly decided_by: readonly string[];
}
interface Page {
  readonly items: readonly Ticket[];
  readonly next_cursor: string | null;
}

const TICKETS = 10_000;
const GOAL_P95_MS = 300;
const APPROVERS = 50;
/** People who look at the inbox at the same moment. */
const LOOKING = 4;
const OPEN_DEADLINE_MS = 300_000;

const p95 = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * 0.95)]!;

/** What people ask their inbox for: each is a query of `GET /approvals/inbox`. */
const LISTS: Readonly<Record<string, string>> = {
  mine: 'limit=50',
  pending: 'filter=pending&limit=50',
  'all, by priority': 'filter=all&sort=priority&limit=50',
  'pending, by expiry': 'filter=pending&sort=expiry&limit=50',
  'filtered (project, risk, priority)': `filter=pending&project=${projectOf(5)}&risk=high&priority=P1&limit=50`,
  'filtered (requester)': `filter=all&requested_by=person-${PEOPLE - 1}&limit=50`,
  'SLA at risk': 'filter=pending&sla_state=at_risk&sort=sla&limit=50',
  'full text, common word': 'filter=all&q=checkout&limit=50',
  'full text, rare word': 'filter=pending&q=campaign+137&limit=50',
  'a page of 200': 'filter=pending&limit=200',
};

/** The inbox with 10,000 open tickets, over HTTP on the whole platform: lists, counts, deep pages, and decisions under contention. */
export async function run({ quick }: { quick: boolean }): Promise<Row[]> {
  const rounds = quick ? 10 : 50;
  const platform = await startPlatform({ demo: false });
  const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
  const { url: servers } = read<{ url: string }>(platform.settings.data.natsFile);
  const { bootstrap: pass } = read<{ nats: { bootstrap: string } }>(platform.settings.data.credentialsFile).nats;
  const writer = await connect({ servers, user: 'bootstrap', pass, inboxPrefix: inboxPrefix('bootstrap') });
  try {
    const privateJwk = read<Parameters<typeof issueAccessToken>[2]['privateJwk']>(
      join(platform.settings.data.keys, 'issuer-private.jwk.json'),
    );
    const claims = { actor_type: 'human', permissions: EMBEDDED_ROLES.approver, projects: ['*'], environments: ['*'] } as const;
    const tokenOf = (sub: string): Promise<string> => issueAccessToken(sub, claims, { privateJwk });
    const [me, ...approvers] = await Promise.all(['me', ...Array.from({ length: APPROVERS }, (_, n) => `approver-${n}`)].map(tokenOf));
    const inbox = new Inbox(platform, me!);
    const free = await askForApprovals(new JetStreamEventStore(writer), TICKETS, 128);
    await inbox.untilOpen(TICKETS);
    const rows: Row[] = [];
    for (const [name, query] of Object.entries(LISTS)) {
      rows.push(row(`inbox: list ${name}, p95, ms`, p95(await inbox.timed(rounds, `/approvals/inbox?${query}`))));
    }
    rows.push(row('inbox: counts, p95, ms', p95(await inbox.timed(rounds, '/approvals/counts'))));
    rows.push(row('inbox: a ticket, p95, ms', p95(await inbox.timed(rounds, `/approvals/inbox/${free[0]!}`))));
    rows.push(row('inbox: all pages by cursor, p95 of a page, ms', p95(await inbox.walk(TICKETS))));
    rows.push(await decideOnce(inbox, approvers, free.slice(0, quick ? 10 : 40)));
    return rows;
  } finally {
    await writer.close();
    await platform.stop();
  }
}

const row = (name: string, value: number, goal = GOAL_P95_MS, ok = value <= goal): Row => ({
  name,
  value,
  baseline: null,
  ratio: null,
  goal,
  ok,
});

/** Fifty people approve the same ticket at the same moment. */
async function decideOnce(inbox: Inbox, approvers: readonly string[], tickets: readonly string[]): Promise<Row> {
  let once = 0;
  for (const ticket of tickets) {
    const answers = await Promise.all(approvers.map((token) => inbox.approve(ticket, token)));
    const now = await inbox.get<Ticket>(`/approvals/inbox/${ticket}`);
    const decided = now.status === 'approved' && now.decided_by.length === 1;
    const others = answers.every((status) => status === 200 || status === 409);
    if (decided && others && answers.filter((status) => status === 200).length === 1) once += 1;
  }
  return row(`inbox: tickets decided exactly once, ${APPROVERS} approvers each`, once, tickets.length, once === tickets.length);
}

/** Looks at the inbox as its user, over HTTP. */
class Inbox {
  constructor(
    private readonly platform: Platform,
    private readonly token: string,
  ) {}

  async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.platform.url}/api/v1${path}`, { headers: { authorization: `Bearer ${this.token}` } });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async approve(ticket: string, token: string): Promise<number> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const url = `${this.platform.url}/api/v1/approvals/inbox/${ticket}/approve`;
    const response = await fetch(url, { method: 'POST', headers, body: '{}' });
    await response.arrayBuffer();
    return response.status;
  }

  async untilOpen(count: number): Promise<void> {
    const deadline = Date.now() + OPEN_DEADLINE_MS;
    for (;;) {
      const { pending } = await this.get<{ pending: number }>('/approvals/counts');
      if (pending >= count) return;
      if (Date.now() > deadline) throw new Error(`only ${pending} tickets are open`);
      await delay(500);
    }
  }

  /** Milliseconds of each request, with `LOOKING` of them under way; the first of its kind, which finds everything cold, is not counted. */
  async timed(rounds: number, path: string): Promise<number[]> {
    await this.once(path);
    const looking = Array.from({ length: LOOKING }, async () => {
      const took: number[] = [];
      for (let round = 0; round < rounds; round++) took.push(await this.once(path));
      return took;
    });
    return (await Promise.all(looking)).flat();
  }

  /** Every ticket once, page after page. */
  async walk(count: number): Promise<number[]> {
    const took: number[] = [];
    const seen = new Set<string>();
    for (let cursor: string | null = ''; cursor !== null;) {
      const since = performance.now();
      const page: Page = await this.get(`/approvals/inbox?filter=pending&limit=100${cursor && `&cursor=${cursor}`}`);
      took.push(performance.now() - since);
      for (const { ticket_id } of page.items) seen.add(ticket_id);
      cursor = page.next_cursor;
    }
    if (seen.size !== count) throw new Error(`the pages hold ${seen.size} tickets of ${count}`);
    return took;
  }

  private async once(path: string): Promise<number> {
    const since = performance.now();
    await this.get(path);
    return performance.now() - since;
  }
}
