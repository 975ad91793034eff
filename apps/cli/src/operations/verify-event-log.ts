import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogReport } from '@slipway/event-store-jetstream';
import type { Context } from '../context';
import { EXIT, UsageError, type ExitCode } from '../exit-codes';

interface LogCredential {
  readonly servers: string;
  readonly user: string;
  readonly pass: string;
}

/** Reads the stream itself, which the event subscriber of nats.json may not. */
const READER = 'audit';

/** SLIPWAY_NATS_URL, _USER and _PASSWORD, or the embedded platform's own credential, which only its owner can read. */
function credentialOf(dataDirectory: string, env: NodeJS.ProcessEnv = process.env): LogCredential {
  const { SLIPWAY_NATS_URL: servers, SLIPWAY_NATS_USER: user = READER, SLIPWAY_NATS_PASSWORD: pass } = env;
  if (servers && pass) return { servers, user, pass };
  const files = ['nats.json', 'credentials.json'].map((name) => join(dataDirectory, name));
  if (!files.every((file) => existsSync(file))) {
    throw new UsageError(
      `There is no embedded platform in ${dataDirectory}; name the log in SLIPWAY_NATS_URL, SLIPWAY_NATS_USER and SLIPWAY_NATS_PASSWORD.`,
    );
  }
  const [address, credentials] = files.map(
    (file) => JSON.parse(readFileSync(file, 'utf8')) as { url: string; nats: Record<string, string> },
  );
  return { servers: address!.url, user: READER, pass: credentials!.nats[READER]! };
}

/** Checks every link of the log's chain; exit code 1 when one is broken. */
export async function verifyEventLog(context: Context): Promise<ExitCode> {
  const { output, signal, settings } = context;
  const credential = credentialOf(settings.dataDirectory);
  // Every other command does without NATS and starts the faster for it.
  const [{ connect }, { inboxPrefix, verifyLog }] = await Promise.all([
    import('@nats-io/transport-node'),
    import('@slipway/event-store-jetstream'),
  ]);
  const connection = await connect({ ...credential, inboxPrefix: inboxPrefix(READER) });
  try {
    const onProgress = (verified: number, last: number): void => output.transient(`  ${verified} of ${last} events`);
    const report = await verifyLog(connection, { onProgress, signal });
    if (output.json) output.document(report);
    else show(context, report);
    return report.findingsTotal === 0 ? EXIT.ok : EXIT.failed;
  } finally {
    await connection.close();
  }
}

function show({ output }: Context, report: LogReport): void {
  const size = `${report.events} events of ${report.aggregates} aggregates, up to position ${report.lastPosition}`;
  if (report.findingsTotal === 0) return output.line(`${output.paint('green', 'The log is sound')}: ${size}.`);
  output.line(
    output.paint(
      'red',
      `The log is not sound: ${report.findingsTotal} findings, the first at position ${report.firstBadPosition} (${size})`,
    ),
  );
  output.table(
    ['POSITION', 'WHAT', 'AGGREGATE', 'WHY'],
    report.findings.map((finding) => [String(finding.position), finding.kind, finding.aggregate ?? '-', finding.message]),
  );
}
