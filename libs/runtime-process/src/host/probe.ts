import { get } from 'node:http';
import { connect } from 'node:net';
import type { ResolvedProbe } from '../manifest';

export interface ProbeAnswer {
  readonly ok: boolean;
  readonly detail: string;
}

/** One HTTP probe: 200 to 399 is well (as Kubernetes has it). Never rejects. */
export function probeHttp(port: number, probe: ResolvedProbe): Promise<ProbeAnswer> {
  return new Promise<ProbeAnswer>((resolve) => {
    const options = { host: '127.0.0.1', port, path: encodeURI(probe.path), agent: false, headers: { 'user-agent': 'slipway-probe' } };
    const outgoing = get(options, (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      resolve({ ok: status >= 200 && status < 400, detail: `GET ${probe.path} answered ${status}` });
    });
    const timer = setTimeout(() => {
      resolve({ ok: false, detail: `GET ${probe.path} gave no answer within ${probe.timeout_ms} ms` });
      outgoing.destroy();
    }, probe.timeout_ms);
    outgoing.once('close', () => {
      clearTimeout(timer);
      resolve({ ok: false, detail: `GET ${probe.path} got no answer` });
    });
    outgoing.once('error', (error) => resolve({ ok: false, detail: `GET ${probe.path}: ${error.message}` }));
  }).catch((error: unknown) => ({ ok: false, detail: `GET ${probe.path}: ${error instanceof Error ? error.message : String(error)}` }));
}

/** Without a readiness probe a serving process is ready once its port accepts a connection. */
export function probePort(port: number): Promise<ProbeAnswer> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const answer = (ok: boolean, detail: string) => {
      socket.destroy();
      resolve({ ok, detail });
    };
    socket.setTimeout(1000, () => answer(false, `port ${port} did not answer within 1000 ms`));
    socket.once('connect', () => answer(true, `port ${port} accepts connections`));
    socket.once('error', (error) => answer(false, `port ${port}: ${error.message}`));
  });
}
