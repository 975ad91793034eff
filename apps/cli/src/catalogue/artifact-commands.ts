import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { UploadBody } from '@slipway/api-client';
import { packDirectory } from '@slipway/artifact-archive';
import type { Command } from 'commander';
import { action, once } from '../command';
import { UsageError } from '../exit-codes';
import { list, paged, type ListOptions, type PageQuery } from '../output/lists';
import { relative, short } from '../output/values';

interface PushOptions {
  readonly service: string;
  readonly version: string;
  readonly change?: string;
  readonly revision?: string;
}

/** A directory is packed on the way; a tarball is sent as it is. */
function tarballOf(path: string): UploadBody {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`'${path}' does not exist`);
  return Readable.toWeb(stat.isDirectory() ? packDirectory(path) : createReadStream(path)) as UploadBody;
}

/** Immutable build outputs. */
export function artifactCommands(root: Command): void {
  const artifacts = root.command('artifacts').description('immutable, versioned build outputs');
  artifacts
    .command('push <path>')
    .description('upload a directory (with its slipway.yaml) or a tarball')
    .requiredOption('-s, --service <name>', 'service')
    .requiredOption('--version <version>', 'version, unique within the service')
    .option('--change <id>', 'change it was built from')
    .option('--revision <revision>', 'source revision')
    .action(
      action<PushOptions>(
        async (
          { client, output, project, signal, idempotencyKey = once()['Idempotency-Key'] },
          path,
          { service, version, change, revision },
        ) => {
          const fields = { project: await project(), service, version, change, source_revision: revision };
          const artifact = await client.uploadArtifact(fields, tarballOf(path), { idempotencyKey, signal });
          if (output.json) return output.document(artifact);
          output.line(`Pushed ${service} ${artifact.version}: ${artifact.files} files, ${artifact.size_bytes} bytes, ${artifact.digest}`);
        },
      ),
    );
  paged(artifacts.command('list'), 100)
    .option('-s, --service <name>', 'only of this service')
    .action(
      action<ListOptions & { service?: string }>(async ({ client, output, project }, _, options) => {
        const filter = { project: await project(), service: options.service };
        const read = (which: PageQuery) => client.GET('/api/v1/artifacts', { params: { query: { ...filter, ...which } } });
        await list(output, options, read, (items) =>
          output.table(
            ['VERSION', 'DIGEST', 'BYTES', 'BY', 'REGISTERED', 'ID'],
            items.map((item) => [
              item.version,
              short(item.digest),
              String(item.size_bytes),
              item.registered_by,
              relative(item.registered_at),
              item.artifact_id,
            ]),
          ),
        );
      }),
    );
}
