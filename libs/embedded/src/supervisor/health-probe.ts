import { request } from 'node:http';

/** Status of a GET on the loopback; undefined when there is no answer. */
export const httpStatus = (port: number, path: string, timeoutMs = 5_000): Promise<number | undefined> =>
  new Promise((resolve) => {
    const call = request({ host: '127.0.0.1', port, path, timeout: timeoutMs, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    call.once('timeout', () => call.destroy());
    call.once('error', () => resolve(undefined));
    call.end();
  });

export const isHealthy = async (port: number, path = '/healthz/ready', timeoutMs?: number): Promise<boolean> =>
  (await httpStatus(port, path, timeoutMs)) === 200;
