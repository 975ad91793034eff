import { stringify } from 'yaml';
import { judgeKubeconfig } from './judge-kubeconfig';

const pem = (label: string): string => Buffer.from(`-----BEGIN ${label}-----\nMIIB\n-----END ${label}-----\n`).toString('base64');

interface Parts {
  cluster?: object;
  user?: object;
  context?: object;
  root?: object;
}
const kubeconfig = ({ cluster, user, context, root }: Parts = {}): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'main',
    clusters: [{ name: 'c', cluster: { server: 'https://10.0.0.1:6443', 'certificate-authority-data': pem('CERTIFICATE'), ...cluster } }],
    users: [
      { name: 'u', user: { token: 'tok', ...user } },
      { name: 'hostile', user: { exec: { command: 'sh' } } },
    ],
    contexts: [{ name: 'main', context: { cluster: 'c', user: 'u', namespace: 'shop', ...context } }],
    ...root,
  });
const refusal = (content: string, context?: string): string => {
  try {
    judgeKubeconfig(content, context);
  } catch (error) {
    expect(error).toMatchObject({ code: 'kubeconfig_refused' });
    return (error as { details: { field: string } }).details.field;
  }
  throw new Error('it was accepted');
};

describe('an uploaded kubeconfig', () => {
  it('is taken apart into a connection and a credential', () => {
    const { connection, credential } = judgeKubeconfig(kubeconfig());
    expect(connection).toMatchObject({ server: 'https://10.0.0.1:6443', namespace: 'shop', ca: expect.stringMatching(/^-----BEGIN CERT/) });
    expect(credential).toEqual({ kind: 'bearer_token', token: 'tok' });
  });
  it('may open with a client certificate', () => {
    const user = { token: undefined, 'client-certificate-data': pem('CERTIFICATE'), 'client-key-data': pem('RSA PRIVATE KEY') };
    expect(judgeKubeconfig(kubeconfig({ user })).credential).toMatchObject({ kind: 'client_certificate' });
  });
  it.each([
    ['exec', { exec: { command: 'curl' } }],
    ['auth-provider', { 'auth-provider': { name: 'gcp' } }],
    ['tokenFile', { tokenFile: '/etc/shadow' }],
    ['client-certificate', { 'client-certificate': '/etc/passwd' }],
    ['client-key', { 'client-key': '/etc/passwd' }],
    ['username', { username: 'root' }],
    ['password', { password: 'x' }],
    ['as', { as: 'system:admin' }],
    ['as-groups', { 'as-groups': ['system:masters'] }],
    ['something-new', { 'something-new': 1 }],
  ])('is refused for the user field %s', (field, user) => expect(refusal(kubeconfig({ user }))).toBe(`users[0].user.${field}`));
  it.each([
    ['certificate-authority', { 'certificate-authority': '/etc/passwd' }],
    ['proxy-url', { 'proxy-url': 'http://169.254.169.254' }],
    ['insecure-skip-tls-verify', { 'insecure-skip-tls-verify': true }],
    ['server', { server: 'http://10.0.0.1' }],
    ['server', { server: 'https://user:pass@10.0.0.1' }],
    ['certificate-authority-data', { 'certificate-authority-data': 'bm90IHBlbQ==' }],
  ])('is refused for the cluster field %s', (field, cluster) =>
    expect(refusal(kubeconfig({ cluster }))).toBe(`clusters[0].cluster.${field}`),
  );
  it('does not read what other contexts say, and refuses it when asked for it', () => {
    expect(judgeKubeconfig(kubeconfig()).credential.kind).toBe('bearer_token');
    expect(refusal(kubeconfig({ context: { user: 'hostile' } }))).toBe('users[1].user.exec');
  });
  it.each([
    ['an unknown context', kubeconfig(), 'other', 'contexts'],
    ['no credential', kubeconfig({ user: { token: undefined } }), undefined, 'users[0].user.token'],
    ['another kind', kubeconfig({ root: { kind: 'Pod' } }), undefined, 'kind'],
    ['an unknown field', kubeconfig({ root: { include: 'x' } }), undefined, 'include'],
    ['a custom tag', `${kubeconfig()}x: !!js/function "x"\n`, undefined, '(document)'],
    ['duplicate keys', `${kubeconfig()}kind: Config\n`, undefined, '(document)'],
    ['a list', '- a\n', undefined, '(document)'],
  ])('is refused for %s', (_what, content, context, field) => expect(refusal(content, context)).toBe(field));
});
