import { hostPaths } from './host-paths';

describe("the host's socket", () => {
  it('lies in the data directory while its path is short enough to bind', () => {
    expect(hostPaths('/var/lib/slipway').socket).toBe('/var/lib/slipway/host.sock');
  });

  it('moves to the temporary directory otherwise, to one place per data directory', () => {
    const long = `/tmp/${'deep/'.repeat(30)}`;
    const { socket } = hostPaths(long);
    expect(socket.length).toBeLessThan(100);
    expect(hostPaths(long).socket).toBe(socket);
    expect(hostPaths(`${long}x`).socket).not.toBe(socket);
  });
});
