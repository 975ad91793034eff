import { UsageError } from '../exit-codes';
import { connectionFrom } from './target-entrance';

describe('the Gateway of a cluster', () => {
  const gatewayOf = (options: object) => {
    const connection = connectionFrom('k8s', { server: 'https://10.0.0.1', namespace: 'shop', ...options }, undefined);
    return connection && 'gateway' in connection ? connection.gateway : undefined;
  };

  it('is named with its namespace, and a host for its routes', () => {
    expect(gatewayOf({})).toBeUndefined();
    expect(gatewayOf({ gateway: 'public' })).toEqual({ name: 'public' });
    const whole = { gateway: 'gateways/public', gatewayHostname: '{service}.example.com' };
    expect(gatewayOf(whole)).toEqual({ namespace: 'gateways', name: 'public', hostname: '{service}.example.com' });
  });

  it('is asked for where only its host is given', () => {
    expect(() => gatewayOf({ gatewayHostname: 'shop.example.com' })).toThrow('--gateway [namespace/]name');
  });
});

describe('where a process target is', () => {
  const connection = { host: '127.0.0.1' as const, port_from: 8100, port_to: 8109 };

  it('listens on loopback unless told', () => {
    expect(connectionFrom('process', {}, undefined)).toBeUndefined();
    expect(connectionFrom('process', { ports: '8100-8109' }, undefined)).toMatchObject(connection);
    expect(connectionFrom('process', { ports: '8100-8109', host: '0.0.0.0' }, undefined)).toMatchObject({ ...connection, host: '0.0.0.0' });
    expect(connectionFrom('process', { host: '0.0.0.0' }, connection)).toMatchObject({ ...connection, host: '0.0.0.0' });
  });

  it('refuses another host, and one without ports', () => {
    expect(() => connectionFrom('process', { ports: '8100-8109', host: '10.0.0.5' }, undefined)).toThrow(UsageError);
    expect(() => connectionFrom('process', { host: '0.0.0.0' }, undefined)).toThrow('--ports');
  });
});
