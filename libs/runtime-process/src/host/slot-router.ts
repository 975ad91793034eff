import { createServer, type Server } from 'node:http';
import type { Balancer } from './balancer';
import { Forward } from './forward';
import { forwardUpgrade } from './forward-upgrade';
import type { Traffic } from './traffic';

const TRY_AGAIN_MS = 1000;

/** The slot's front door: one HTTP server on the slot's stable port. If somebody else holds the port it says so and keeps trying. */
export class SlotRouter {
  private server: Server | undefined;
  private at: { host: string; port: number } | undefined;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly balancer: Balancer,
    private readonly traffic: Traffic,
    private readonly onPortTaken: (detail: string) => void,
  ) {}

  get isListening(): boolean {
    return this.server?.listening ?? false;
  }

  async listen(host: string, port: number): Promise<void> {
    if (this.at?.host === host && this.at.port === port) return;
    await this.close();
    this.at = { host, port };
    if (await this.open(host, port)) return;
    this.onPortTaken(`port ${port}, which this slot answers on, is held by another program; trying every second`);
    this.tryAgain(host, port);
  }

  /** Stops accepting, and closes connections once their requests have ended. */
  async close(): Promise<void> {
    clearTimeout(this.retry);
    const { server } = this;
    this.server = undefined;
    this.at = undefined;
    if (!server?.listening) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 2000).unref();
    });
  }

  private tryAgain(host: string, port: number): void {
    this.retry = setTimeout(() => {
      void this.open(host, port).then((open) => {
        if (!open && this.at?.port === port) this.tryAgain(host, port);
      });
    }, TRY_AGAIN_MS);
  }

  private open(host: string, port: number): Promise<boolean> {
    const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 0 }, (incoming, response) =>
      new Forward(incoming, response, this.balancer, this.traffic).run(),
    );
    server.on('upgrade', (incoming, socket, head) => forwardUpgrade(incoming, socket, head, this.balancer));
    return new Promise((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
        else reject(error);
      });
      server.listen({ host, port, exclusive: true }, () => {
        this.server = server;
        resolve(true);
      });
    });
  }
}
