import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesOf, packDirectory } from '@slipway/artifact-archive';
import type { BlobStore } from '@slipway/blob-store';
import type { ArtifactManifest } from '@slipway/contracts';
import { ArtifactFiles } from './artifact-files';

const manifest: ArtifactManifest = {
  api_version: 'slipway/v1',
  compose: { file: 'compose.yaml', serves: { name: 'web', port: 8080 } },
};

/** The files of an artifact as the release service stores it. */
async function filesOf(files: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-artifact-files-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const archive = await bytesOf(packDirectory(directory));
  rmSync(directory, { recursive: true });
  const blobs = { get: () => Promise.resolve(new Blob([archive]).stream()) } as unknown as BlobStore;
  const found = await new ArtifactFiles(blobs).of('sha256:any', manifest);
  return Object.fromEntries(Object.entries(found).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]));
}

describe('the files that an artifact’s manifest names', () => {
  it('are read out of the canonical archive, those alone', async () => {
    expect(await filesOf({ 'slipway.yaml': 'api_version: slipway/v1', 'compose.yaml': 'services: {}', 'other.txt': 'x' })).toEqual({
      'compose.yaml': 'services: {}',
    });
  });

  it('are refused by name when the artifact lacks one', async () => {
    await expect(filesOf({ 'slipway.yaml': 'api_version: slipway/v1' })).rejects.toMatchObject({
      code: 'manifest_refused',
      details: { field: 'compose.yaml' },
    });
  });
});
