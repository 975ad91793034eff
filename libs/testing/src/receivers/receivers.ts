import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A webhook's receiver: keeps what it gets, and answers as it is told to. */
export class Receiver {
  readonly got: Received[] = [];
  answer: { status: number; headers?: Record<string, string>; body?: string } = { status: 200 };
  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const receiver: Receiver = new Receiver(
      createServer((request, response) => {
        let body = '';
        request.on('data', (part: Buffer) => (body += part.toString()));
        request.on('end', () => {
          receiver.got.push({ headers: request.headers, body });
          const { status, headers = {}, body: text = 'thanks' } = receiver.answer;
          response.writeHead(status, headers).end(text);
        });
      }),
    );
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook?token=in-the-url`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export interface ReceivedMail {
  readonly to: readonly string[];
  readonly raw: string;
}

export interface MailBoxOptions {
  /** Offers STARTTLS with this certificate; `own`: with one that nobody trusts. */
  readonly startTls?: { readonly key: string; readonly cert: string } | 'own';
  /** Takes mail only from who signed in so. */
  readonly login?: { readonly user: string; readonly password: string };
}

/** A mail server: keeps what it gets; refuses whom it is told to. */
export class MailBox {
  readonly got: ReceivedMail[] = [];
  /** Passwords that somebody said to it. */
  readonly heard: (string | null | undefined)[] = [];
  readonly refused = new Set<string>();
  private constructor(private readonly server: SMTPServer) {}

  static async start({ startTls, login }: MailBoxOptions = {}): Promise<MailBox> {
    const box: MailBox = new MailBox(
      new SMTPServer({
        authOptional: login === undefined,
        disabledCommands: [...(startTls ? [] : ['STARTTLS']), ...(login ? [] : ['AUTH'])],
        ...(typeof startTls === 'object' ? startTls : {}),
        onAuth: ({ username, password }, _session, done) => {
          box.heard.push(password);
          const known = username === login?.user && password === login?.password;
          done(known ? null : Object.assign(new Error('who are you?'), { responseCode: 535 }), known ? { user: username } : undefined);
        },
        onRcptTo: ({ address }, _session, done) =>
          done(box.refused.has(address) ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null),
        onData: (stream, session, done) => {
          let raw = '';
          stream.on('data', (part: Buffer) => (raw += part.toString()));
          stream.on('end', () => {
            box.got.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw });
            done();
          });
        },
      }),
    );
    await new Promise<void>((resolve) => box.server.listen(0, '127.0.0.1', resolve));
    return box;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
