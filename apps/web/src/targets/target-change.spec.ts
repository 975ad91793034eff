import type { TargetView } from '../api/client';
import { changeOf, changeProblems, differencesOf, isElsewhere, isOldHostKey, updateOf } from './target-change';

const KEY = '-----BEGIN OPENSSH PRIVATE KEY-----\nx\n-----END OPENSSH PRIVATE KEY-----\n';
const pin = (kind: NonNullable<TargetView['credential']>['kind']) => ({
  kind,
  version: 1,
  fingerprint: 'f',
  stored_at: '2026-01-01T00:00:00Z',
});
const target = (over: Partial<TargetView>): TargetView => ({
  target_id: 'tgt_1',
  project_id: 'prj_1',
  environment_id: 'env_1',
  name: 'local',
  runtime_type: 'process',
  connection: { host: '0.0.0.0', port_from: 20_000, port_to: 20_010 },
  credential: null,
  prometheus_credential: null,
  version: 1,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  ...over,
});
const docker = target({
  runtime_type: 'compose',
  connection: {
    host: 'docker.example.com',
    port: 22,
    user: 'deploy',
    host_key: 'SHA256:pinned',
    project_name: 'slipway',
    routed_port: 8080,
    proxy_image: 'haproxy@sha256:1',
  },
  credential: pin('ssh_key'),
});
const cluster = target({
  runtime_type: 'k8s',
  connection: {
    server: 'https://k8s',
    ca: '-----BEGIN CERTIFICATE-----\nx\n',
    namespace: 'web',
    field_manager: 'ours',
    shared_secrets: ['registry'],
  },
  credential: pin('bearer_token'),
});

describe.each([target({}), docker, cluster])('a target of runtime $runtime_type in its form', (one) => {
  it('is as it was where nothing is changed', () => {
    const input = changeOf(one);
    expect(updateOf(input, one)).toEqual({ connection: one.connection });
    expect(differencesOf(input, one)).toEqual([]);
    expect(Object.values(changeProblems(input, one)).filter(Boolean)).toEqual([]);
  });
});

describe('updateOf', () => {
  it('asks for another credential where the endpoint is another', () => {
    const input = { ...changeOf(docker), host: 'other.example.com' };
    expect([isElsewhere(input, docker), isOldHostKey(input, docker)]).toEqual([true, true]);
    expect(isOldHostKey({ ...input, host_key: '' }, docker)).toBe(false);
    expect(isOldHostKey(changeOf(docker), docker)).toBe(false);
    expect(changeProblems(input, docker)['private_key']).toBeTruthy();
    expect(updateOf({ ...input, private_key: KEY }, docker)).toMatchObject({
      connection: { host: 'other.example.com', host_key: 'SHA256:pinned', proxy_image: 'haproxy@sha256:1' },
      credential: { kind: 'ssh_key', private_key: KEY },
    });
  });

  it('keeps the credential where only ports change, and pins anew where the pinned key is emptied', () => {
    const input = { ...changeOf(docker), port_to: 8090, host_key: '' };
    expect(updateOf(input, docker)).toMatchObject({ connection: { routed_port_to: 8090 }, trust_on_first_use: true });
    expect(updateOf(input, docker)).not.toHaveProperty('credential');
  });

  it('leaves where a cluster is to a kubeconfig, and keeps what that does not say', () => {
    const input = { ...changeOf(cluster), renew: true, entrance: 'kubeconfig' as const, kubeconfig: 'apiVersion: v1' };
    expect(updateOf(input, cluster)).toMatchObject({
      kubeconfig: { content: 'apiVersion: v1', namespace: 'web', field_manager: 'ours', shared_secrets: ['registry'] },
    });
    expect(updateOf(input, cluster)).not.toHaveProperty('connection');
  });

  it('gives a cluster a Gateway with a host for each service, by either entrance', () => {
    const given = { ...changeOf(cluster), gateway: 'gateways/public', gateway_hostname: '{service}.example.com' };
    const gateway = { namespace: 'gateways', name: 'public', hostname: '{service}.example.com' };
    expect(updateOf(given, cluster)).toMatchObject({ connection: { server: 'https://k8s', gateway } });
    expect(updateOf({ ...given, renew: true, entrance: 'kubeconfig', kubeconfig: 'x' }, cluster)).toMatchObject({
      kubeconfig: { gateway },
    });
    expect(differencesOf(given, cluster)).toEqual([
      { what: 'gateway', before: 'none', after: 'gateways/public, for {service}.example.com' },
    ]);
    const behind = target({ ...cluster, connection: { ...cluster.connection, gateway } });
    expect(updateOf(changeOf(behind), behind)).toEqual({ connection: behind.connection });
    expect(updateOf({ ...changeOf(behind), gateway: '', gateway_hostname: '' }, behind)).toEqual({ connection: cluster.connection });
  });
});

describe('differencesOf', () => {
  it('names what changes, and a login that goes with another address', () => {
    const known = target({
      connection: { host: '127.0.0.1', port_from: 1, port_to: 2, prometheus: { url: 'https://a' } },
      prometheus_credential: pin('basic_auth'),
    });
    const input = { ...changeOf(known), port_to: 3, prometheus: 'https://b' };
    expect(differencesOf(input, known)).toEqual([
      { what: 'port to', before: '2', after: '3' },
      { what: 'prometheus', before: 'https://a', after: 'https://b' },
      { what: 'Prometheus login', before: 'basic auth', after: 'none: it was for the other address' },
    ]);
  });
});
