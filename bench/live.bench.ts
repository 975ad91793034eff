import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { DeliverPolicy, jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { inboxPrefix, JetStreamEventStore } from '@slipway/event-store-jetstream';
import { EMPTY_HEAD, projectAppend } from '@slipway/event-sourcing';
import { startPlatform } from '@slipway/platform-driver';
import type { BenchResult } from './projection.bench';

const GOAL = 3;
/** Room between events, so that latency is measured and not a queue. */
const PAUSE_MS = 5;

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)]!;

/** Calls back with the data of each server-sent event as it arrives. */
function readEvents(response: IncomingMessage, take: (data: string) => void): void {
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = /\ndata: (.*)$/.exec(text.slice(0, end))?.[1];
      if (data) take(data);
      text = text.slice(end + 2);
    }
  });
}

/** From the append of an event to the server-sent event at a client, against bare publish-to-consume of the same events. Milliseconds. */
export async function run({ quick }: { quick: boolean }): Promise<BenchResult[]> {
  const events = quick ? 1_000 : 5_000;
  const platform = await startPlatform({ demo: false });
  const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
  const { url: servers } = read<{ url: string }>(platform.settings.data.natsFile);
  const { bootstrap: pass } = read<{ nats: { bootstrap: string } }>(platform.settings.data.credentialsFile).nats;
  const open = () => connect({ servers, user: 'bootstrap', pass, inboxPrefix: inboxPrefix('bootstrap') });
  const [writer, reader] = [await open(), await open()];
  const sent = new Map<string, number>();
  const [live, bare]: [number[], number[]] = [[], []];
  const note = (list: number[], id: string): void => {
    const at = sent.get(id);
    if (at !== undefined) list.push(performance.now() - at);
  };
  try {
    const consumer = await jetstream(reader).consumers.get('EVENTS', { deliver_policy: DeliverPolicy.New });
    await consumer.consume({ callback: (message) => note(bare, message.json<{ resource_id: string }>().resource_id) });
    const request = get(`${platform.url}/api/v1/events`, { headers: { authorization: `Bearer ${platform.token('admin')}` } });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    readEvents(response, (data) => note(live, (JSON.parse(data) as { resource_id: string }).resource_id));
    const store = new JetStreamEventStore(writer);
    for (let n = 0; n < events; n++) {
      const id = `live-${n}`;
      const append = projectAppend({ projectId: id, type: 'project', id }, EMPTY_HEAD, 'live');
      sent.set(id, performance.now());
      await store.append(append);
      await delay(PAUSE_MS);
    }
    for (let waited = 0; waited < 100 && (live.length < events || bare.length < events); waited++) await delay(100);
    request.destroy();
  } finally {
    await Promise.all([writer.close(), reader.close()]);
    await platform.stop();
  }
  const complete = live.length === events && bare.length === events;
  return [0.5, 0.99].map((share) => {
    const [value, baseline] = [quantile(live, share), quantile(bare, share)];
    const ratio = value / baseline;
    return { name: `live: append to client, p${share * 100}, ms`, value, baseline, ratio, goal: GOAL, ok: complete && ratio <= GOAL };
  });
}
