import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers every instant query with one number, as Prometheus words it; a real one judges in the process runtime's specs. */
export async function openFigures(value: () => number): Promise<{ readonly url: string; close(): void }> {
  const server: Server = createServer((_request, response) => {
    const data = { resultType: 'scalar', result: [Date.now() / 1000, String(value())] };
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ status: 'success', data }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
