/** The one-shot steps of an installation that `npm run up` does not supervise: images and clusters (docs/operations.md). */
import { Command, Option } from 'commander';
import { LOGS_MAX_BYTES } from '@slipway/event-store-jetstream';
import { backUp, restore, verify } from './backup';
import { writeNatsConfig } from './nats-config';
import { migrate, prepareLog } from './prepare';
import { handOut, printManifests, printToken } from './secrets';

const DATABASE = 'postgres:5432/slipway';
const program = new Command('install').description('one-shot steps of an installation');
const vault = (): Option =>
  new Option('--vault <directory>', 'where all keys and passwords are kept').env('SLIPWAY_VAULT').makeOptionMandatory();
const database = (): Option => new Option('--database <host:port/name>', "PostgreSQL's address").default(DATABASE);
const collect = (value: string, all: readonly string[]): string[] => [...all, value];

program
  .command('secrets')
  .description('makes what is missing of the keys and passwords, and hands out to each process its own')
  .addOption(vault())
  .addOption(database())
  .requiredOption('--to <directory>', 'gets a folder per consumer')
  .action(handOut);
program
  .command('manifests')
  .description('the same as Kubernetes Secrets, on standard output')
  .addOption(vault())
  .addOption(database())
  .option('--name <name>', "the Helm release's name", 'slipway')
  .action(printManifests);
program
  .command('token')
  .description('prints a bearer token, once: nothing keeps it')
  .argument('[role]', 'admin, developer, approver, viewer or agent', 'admin')
  .addOption(vault())
  .option('--project <name>', 'of every role but admin', 'demo')
  .option('--days <days>', 'how long it lives', '7')
  .action(printToken);
program
  .command('nats-config')
  .description("writes nats-server's configuration")
  .requiredOption('--secrets <directory>', "the consumer nats's")
  .requiredOption('--out <file>')
  .requiredOption('--store <directory>')
  .option('--server-name <name>', 'unique in a cluster', 'slipway')
  .option('--port <port>', 'for clients', '4222')
  .option('--monitor-port <port>', 'of /healthz', '8222')
  .option('--route <host:port>', 'a member of the cluster, once for each', collect, [])
  .action(writeNatsConfig);
program
  .command('streams')
  .description('makes the streams and buckets that are missing and reads all of them back')
  .addOption(new Option('--replicas <count>', '1; 3 in a cluster').env('SLIPWAY_STREAM_REPLICAS').default('1'))
  .addOption(
    new Option('--logs-max-bytes <bytes>', 'of log lines kept on each server; the oldest are dropped for new ones')
      .env('SLIPWAY_LOGS_MAX_BYTES')
      .default(String(LOGS_MAX_BYTES)),
  )
  .action(prepareLog);
program.command('migrate').description("brings every service's schema up to date").action(migrate);
program.command('backup').description('saves the event log, blobs and sealed secrets while serving').argument('<directory>').action(backUp);
program.command('restore').description('fills an empty event log from a backup').argument('<directory>').action(restore);
program.command('verify').description('reads the whole log and checks every link of its chain').action(verify);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
