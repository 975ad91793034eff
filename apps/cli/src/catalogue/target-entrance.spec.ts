import { UsageError } from '../exit-codes';
import { connectionFrom } from './target-entrance';

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
