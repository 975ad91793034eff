import { natsServerConfig } from '@slipway/event-store-jetstream';
import { ensureCredentials } from '../data-directory/credentials';
import { writeText } from '../data-directory/files';
import { dataDirectory } from '../data-directory/layout';
import { natsConfigFile } from '../nats/nats-config';

const [, , directory, port, digest] = process.argv;
const data = dataDirectory(directory!);
const passwords = ensureCredentials(data).nats;
writeText(natsConfigFile(data.nats), `# ${digest}\n${natsServerConfig({ port: Number(port), storeDirectory: data.nats, passwords })}`);
