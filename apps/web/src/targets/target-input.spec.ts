import { freshTarget, NO_CREDENTIAL, rotationOf, targetOf, targetProblems } from './target-input';

const KEY = '-----BEGIN OPENSSH PRIVATE KEY-----\nx\n-----END OPENSSH PRIVATE KEY-----\n';
const wrong = (input: Parameters<typeof targetProblems>[0]): string[] =>
  Object.entries(targetProblems(input)).flatMap(([field, problem]) => (problem === null ? [] : [field]));

describe('targetOf', () => {
  it('asks for a range of ports where processes run, and for no credential', () =>
    expect(targetOf(freshTarget('process', 'local'), 'shop', 'dev')).toEqual({
      project: 'shop',
      environment: 'dev',
      name: 'local',
      runtime_type: 'process',
      connection: { host: '127.0.0.1', port_from: 20_000, port_to: 20_999 },
    }));

  it('trusts a Docker host on first use unless its key is pinned', () => {
    const input = { ...freshTarget('compose', 'docker'), host: 'h', user: 'deploy', private_key: KEY, port_from: 8080, port_to: 8080 };
    expect(targetOf(input, 'shop', 'dev')).toMatchObject({
      trust_on_first_use: true,
      connection: { host: 'h', port: 22, user: 'deploy', project_name: 'slipway', routed_port: 8080, routed_port_to: undefined },
      credential: { kind: 'ssh_key', private_key: KEY },
    });
    expect(targetOf({ ...input, host_key: 'SHA256:abc' }, 'shop', 'dev')).not.toHaveProperty('trust_on_first_use');
  });

  it('leaves connection and credential to a kubeconfig', () => {
    const input = { ...freshTarget('k8s', 'cluster'), kubeconfig: 'apiVersion: v1', namespace: 'web' };
    expect(targetOf(input, 'shop', 'dev')).toMatchObject({ kubeconfig: { content: 'apiVersion: v1', namespace: 'web' } });
    expect(targetOf(input, 'shop', 'dev')).not.toHaveProperty('connection');
    const byToken = { ...input, entrance: 'bearer_token' as const, server: 'https://k8s', token: ' t ' };
    expect(targetOf(byToken, 'shop', 'dev')).toMatchObject({ connection: { server: 'https://k8s' }, credential: { token: 't' } });
  });
});

describe('rotationOf', () => {
  it('gives the credential alone', () => {
    expect(rotationOf({ ...NO_CREDENTIAL, private_key: KEY }, 'compose')).toEqual({ credential: { kind: 'ssh_key', private_key: KEY } });
    expect(rotationOf({ ...NO_CREDENTIAL, kubeconfig: 'x' }, 'k8s')).toEqual({ kubeconfig: { content: 'x' } });
  });
});

describe('targetProblems', () => {
  it('finds what is missing, by runtime', () => {
    expect(wrong(freshTarget('process', 'local'))).toEqual([]);
    expect(wrong({ ...freshTarget('process', 'Local'), port_from: 9, port_to: 8 })).toEqual(['name', 'port_to']);
    expect(wrong(freshTarget('compose', 'docker'))).toEqual(['host', 'user', 'private_key']);
    expect(wrong(freshTarget('k8s', 'cluster'))).toEqual(['kubeconfig']);
    expect(wrong({ ...freshTarget('k8s', 'cluster'), entrance: 'client_certificate' })).toEqual(['server', 'certificate', 'private_key']);
  });
});
