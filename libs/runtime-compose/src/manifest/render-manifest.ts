import { connectionOf, SlipwayError } from '@slipway/contracts';
import { resolveApplication, type RenderInput } from '@slipway/runtime-target';
import { renderDocument } from '../document/render-document';
import type { ComposeManifest } from './compose-manifest';
import { renderProcesses } from './render-processes';

/** Pure: same input, same manifest. @throws SlipwayError `manifest_refused` with the field. */
export function renderManifest(input: RenderInput): ComposeManifest {
  if (!connectionOf('compose', input.connection)) throw new TypeError('not a connection of the compose runtime');
  const { artifactManifest } = input;
  if (artifactManifest.kubernetes) {
    const message =
      'This artifact brings Kubernetes manifests, and the target is a Docker host. Release it to a k8s target, or describe its processes instead.';
    throw new SlipwayError('manifest_refused', message, { field: 'kubernetes' });
  }
  const application = resolveApplication(input);
  return artifactManifest.compose ? renderDocument(input, application) : renderProcesses(application);
}
