import { changedLoginFrom, prometheusCredentialFrom } from './target-entrance';

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
