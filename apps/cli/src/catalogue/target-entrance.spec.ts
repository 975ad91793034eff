import { changedLoginFrom, connectionFrom, prometheusCredentialFrom } from './target-entrance';

describe('the login for a Prometheus, as options say it', () => {
  const given = { prometheusUser: 'slipway', prometheusPasswordFile: __filename };

  it('is as it was where no option names it', () => {
    expect(prometheusCredentialFrom({})).toBeUndefined();
    expect(changedLoginFrom({ prometheusLogin: true })).toBeUndefined();
  });

  it('is taken away where it is said to', () => {
    expect(changedLoginFrom({ prometheusLogin: false })).toBeNull();
  });

  it('is not given and taken away at once', () => {
    expect(changedLoginFrom(given)).toMatchObject({ kind: 'basic_auth', username: 'slipway' });
    expect(() => changedLoginFrom({ ...given, prometheusLogin: false })).toThrow('--no-prometheus-login takes the login away');
  });
});

describe('what a cluster shares, as options say it', () => {
  const current = { server: 'https://k8s', namespace: 'web', shared_secrets: ['registry'] };

  it('stays where no option names it, is replaced by names, and taken away by none', () => {
    expect(connectionFrom('k8s', {}, current)).toMatchObject({ shared_secrets: ['registry'] });
    const given = connectionFrom('k8s', { sharedSecrets: 'registry, tls', sharedClaims: 'media' }, current);
    expect(given).toMatchObject({ shared_secrets: ['registry', 'tls'], shared_claims: ['media'] });
    expect(connectionFrom('k8s', { sharedSecrets: '' }, current)).toMatchObject({ shared_secrets: [] });
  });
});
