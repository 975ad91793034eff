import { artifactId, deriveId, digestOf, type ArtifactEvent, type NewArtifactEvent } from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import { registerArtifact, type RegisteredContent } from './artifact.decider';
import { artifactType, type Artifact } from './artifact.state';

const ofService = deriveId('service', 'spec');
const content = (text: string): RegisteredContent => ({
  service_id: ofService,
  version: '1.0.0',
  digest: digestOf(text),
  size_bytes: 2048,
  files: 1,
  manifest: { api_version: 'slipway/v1', processes: { web: { command: ['x'] } } },
  change_id: null,
  source_revision: null,
});
const registered = (text: string): NewArtifactEvent => ({
  action: 'artifact.registered',
  status: 'registered',
  teamId: '_',
  detail: content(text),
});
const artifact = () =>
  new DeciderSpec<Artifact, ArtifactEvent, NewArtifactEvent>(artifactType, {
    projectId: 'demo',
    type: 'artifact',
    id: artifactId(ofService, '1.0.0'),
  });
const register = (text: string) => (state: Artifact) => registerArtifact(content(text), '_', state);

describe('an artifact', () => {
  it('is registered once', () => artifact().when(register('a')).thenEvents(registered('a')));
  it('is the same again with the same content', () => artifact().given(registered('a')).when(register('a')).thenNothing());
  it('never changes', () => artifact().given(registered('a')).when(register('b')).thenRefused('artifact_immutable'));
});
