import { join } from 'node:path';
import { writeJson, writeText } from '../data-directory/files';
import { NATS_USERS } from '../data-directory/credentials';
import { natsUrl, type PlatformSettings } from '../services';

const HEAD = `max_payload: 8MB
`;

/** Writes nats-server's configuration with an account for each service; returns its path. */
export function writeNatsConfig(settings: PlatformSettings): string {
  const file = join(settings.data.nats, 'nats.conf');
  const users = NATS_USERS.map((user) => `{ user: "${user}", password: "${settings.credentials.nats[user]}" }`).join('\n');
  writeText(
    file,
    `listen: "127.0.0.1:${settings.ports['nats']}"
${HEAD}jetstream { store_dir: "${settings.data.nats}", sync_interval: always }
authorization { users: [
${users}
] }
`,
  );
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
