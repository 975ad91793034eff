import { readFileSync } from 'node:fs';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { logSubject, type LogLine } from '@slipway/contracts';
import { inboxPrefix } from '@slipway/event-store-jetstream';
import { eventually } from '@slipway/testing';
import type { Platform } from './start-platform';

const FLUSH_EVERY = 2_000;

/** A connection that may write whatever services write. The caller closes it. */
export function openWriter({ settings: { data, credentials } }: Platform): Promise<NatsConnection> {
  const { url: servers } = JSON.parse(readFileSync(data.natsFile, 'utf8')) as { url: string };
  return connect({ servers, user: 'bootstrap', pass: credentials.nats.bootstrap, inboxPrefix: inboxPrefix('bootstrap') });
}

/** The log of a release's first run, written as its executor would: for what many lines do to those who read them. */
export class RunLog {
  private constructor(
    private readonly writer: NatsConnection,
    private readonly runId: string,
  ) {}

  /** Waits for the first line of the release's run. */
  static async of(releaseId: string, platform: Platform, writer: NatsConnection): Promise<RunLog> {
    const params = { path: { id: releaseId }, query: { limit: 1 } };
    const runId = await eventually(async () => {
      const { data } = await platform.api('developer').GET('/api/v1/deploy/releases/{id}/logs', { params });
      return (data as { entries: { run_id: string }[] }).entries[0]?.run_id;
    });
    return new RunLog(writer, runId);
  }

  /** Returns when the server has them all. */
  async write(lines: Iterable<Pick<LogLine, 'step' | 'line'>>): Promise<void> {
    let written = 0;
    for (const line of lines) {
      this.writer.publish(logSubject(this.runId), JSON.stringify({ at: new Date().toISOString(), ...line }));
      if (++written % FLUSH_EVERY === 0) await this.writer.flush();
    }
    await this.writer.flush();
  }
}
