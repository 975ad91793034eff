import {
  deriveId,
  digestOf,
  environmentId,
  resolveStrategy,
  serviceId,
  slotId,
  targetId,
  type Draft,
  type PinnedVariables,
  type ReleaseSubject,
  type StrategyInput,
} from '@slipway/contracts';
import type { SampleGiven } from './sample-service.fixture';

export const PROJECT = 'shop';
export const placeOf = (name: string): { environment: string; target: string } => {
  const environment = environmentId(PROJECT, name);
  return { environment, target: targetId(environment, 'local') };
};
export const { environment: ENVIRONMENT, target: TARGET } = placeOf('dev');
export interface ReleaseGiven extends Omit<SampleGiven, 'ledger'> {
  readonly service?: string;
  readonly environment?: string;
  readonly strategy?: StrategyInput;
  readonly variables?: PinnedVariables;
}

export const slotOf = (service = 'web', environment = 'dev'): string => slotId(serviceId(PROJECT, service), placeOf(environment).target);

export function subjectOf(
  {
    version,
    service = 'web',
    environment = 'dev',
    strategy,
    variables = {},
  }: Pick<ReleaseGiven, 'version' | 'service' | 'environment' | 'strategy' | 'variables'>,
  digest: string,
): ReleaseSubject {
  return {
    service_id: serviceId(PROJECT, service),
    service_name: service,
    artifact_id: deriveId('artifact', version),
    artifact_version: version,
    artifact_digest: digest,
    change_id: null,
    environment_id: placeOf(environment).environment,
    environment_name: environment,
    environment_type: 'development',
    target_id: placeOf(environment).target,
    target_name: 'local',
    runtime_type: 'process',
    slot_id: slotOf(service, environment),
    strategy: resolveStrategy(strategy),
    variables,
    reason: null,
  };
}

export const draftOf = (releaseId: string, manifestDigest: string, basis: Partial<Draft['basis']>): Draft => ({
  release_id: releaseId,
  manifest_digest: manifestDigest,
  actions: [],
  diff: [],
  diff_truncated: false,
  checks: [],
  risk: { level: 'low', reasons: [] },
  approval: { required: false, permission: 'deploy:release:apply', quorum: 1, four_eyes: true, ticket_ttl_s: null, rule: 'none' },
  basis: { environment_version: 1, target_version: 1, slot_position: 0, variables_digest: digestOf({}), ...basis },
  expires_at: '2027-01-01T00:00:00.000Z',
});
