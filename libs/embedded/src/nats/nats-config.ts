import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeJson } from '../data-directory/files';
import { natsUrl, type PlatformSettings } from '../services';
import { digestOfCode, runStep } from '../supervisor/preparation';

export const natsConfigFile = (natsDirectory: string): string => join(natsDirectory, 'nats.conf');

/**
 * Writes nats-server's configuration, with a user for each service, where the port, the directory, passwords or the rules have changed;
 * its own process, for the supervisor does without the libraries that it takes. Returns the file.
 */
export async function ensureNatsConfig(settings: PlatformSettings): Promise<string> {
  const file = natsConfigFile(settings.data.nats);
  const wanted = createHash('sha256')
    .update(digestOfCode('event-store-jetstream'))
    .update(JSON.stringify([settings.ports['nats'], settings.data.nats, settings.credentials.nats]))
    .digest('hex');
  if (!existsSync(file) || !readFileSync(file, 'utf8').startsWith(`# ${wanted}\n`)) {
    await runStep('nats-config', [settings.data.root, String(settings.ports['nats']), wanted], {});
  }
  return file;
}

/** `nats.json`: where the event log is, and a credential that may read it and nothing else. */
export function writeNatsFile(settings: PlatformSettings): void {
  writeJson(settings.data.natsFile, {
    url: natsUrl(settings.ports),
    user: 'subscriber',
    password: settings.credentials.nats.subscriber,
    inbox_prefix: '_INBOX_subscriber',
  });
}
