import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@slipway/local-servers';
import { startPlatform, type Platform, type ReleaseView, type Role } from '@slipway/platform-driver';
import { eventually, MailBox } from '@slipway/testing';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  startIdentityProvider,
  type IdentityProvider,
} from '../../apps/gateway/src/fixture/identity-provider.fixture';

/** Where screens of the run go; those worth keeping are in docs/screens. */
export const SCREENS = join(__dirname, '..', '..', '.nx', 'screens');
export const PATIENCE_MS = 45_000;
export const VERSION = '1.0.0';
/** Of those who say nothing else. They want no motion: a click waits until what it is for stands still. */
const BROWSER: BrowserContextOptions = {
  viewport: { width: 1440, height: 900 },
  timezoneId: 'Europe/Berlin',
  reducedMotion: 'reduce',
};

/** What a page's content security policy stopped, and whose doing it was. */
interface Violated {
  readonly page: string;
  readonly directive: string;
  readonly blocked: string;
  readonly source: string;
  readonly sample: string;
}
const REPORT_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) =>
  reportViolation({
    page: event.documentURI,
    directive: event.effectiveDirective,
    blocked: event.blockedURI,
    source: event.sourceFile + ':' + event.lineNumber + ':' + event.columnNumber,
    sample: event.sample,
  }))`;

/** One platform and one browser for all journeys; a context for every person in them. Each journey makes what it needs, once. */
export class World {
  /** What pages complained of: script errors, and what the content security policy stopped. */
  readonly complaints: string[] = [];
  private readonly contexts: BrowserContext[] = [];
  /** Pages that lost what they were loading because a network interface of this machine came or went. */
  private readonly cut = new WeakSet<Page>();

  private constructor(
    readonly platform: Platform,
    private readonly browser: Browser,
    private readonly provider: IdentityProvider,
    /** What the platform mails. */
    readonly mailbox: MailBox,
  ) {}

  static async start(executablePath: string): Promise<World> {
    mkdirSync(SCREENS, { recursive: true });
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const provider = await startIdentityProvider(`${url}/auth/callback`);
    const mailbox = await MailBox.start();
    const [platform, browser] = await Promise.all([
      startPlatform({ port, environment: { SLIPWAY_PUBLIC_URL: url, ...signInWith(provider), ...tellingThrough(mailbox) } }),
      chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] }),
    ]);
    await platform.as('developer').push(VERSION, { replicas: 2 });
    return new World(platform, browser, provider, mailbox);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.platform.stop();
    await this.provider.stop();
    await this.mailbox.stop();
  }

  /** An environment of a journey's own, with a target; made once. */
  async place(name: string, policy: object = {}): Promise<void> {
    const { platform } = this;
    const admin = platform.api('admin');
    const { data: known } = await admin.GET('/api/v1/environments', { params: { query: { project: 'demo', limit: 200 } } });
    if (known!.items.some((environment) => environment.name === name)) return;
    const title = name.replace(/^./, (letter) => letter.toUpperCase());
    await admin.POST('/api/v1/environments', { params: {}, body: { project: 'demo', name, type: 'development', title, policy } });
    const { data: targets } = await admin.GET('/api/v1/deploy/targets', { params: { query: { project: 'demo' } } });
    const { connection } = targets!.items[0]!;
    await admin.POST('/api/v1/deploy/targets', {
      params: {},
      body: { project: 'demo', environment: name, name: 'local', runtime_type: 'process', connection },
    });
  }

  /** An environment of a journey's own in which a version runs, by its first release. */
  async running(name: string, version = VERSION): Promise<ReleaseView> {
    await this.place(name);
    const developer = this.platform.as('developer');
    const query = { project: 'demo', environment: name, status: 'applied', limit: 1 } as const;
    const { data } = await developer.api.GET('/api/v1/deploy/releases', { params: { query } });
    return data!.items[0] ?? developer.deploy({ artifact: version, environment: name });
  }

  /** The last release to production; made and approved where there is none. */
  async inProduction(): Promise<ReleaseView> {
    const developer = this.platform.as('developer');
    const query = { project: 'demo', environment: 'prod', status: 'applied', limit: 1 } as const;
    const { data } = await developer.api.GET('/api/v1/deploy/releases', { params: { query } });
    return data!.items[0] ?? this.throughInbox();
  }

  private async throughInbox(): Promise<ReleaseView> {
    const waiting = await this.waiting('for the record');
    await this.platform.as('approver').approve(waiting.approval_ticket!);
    return this.platform.as('developer').until(waiting.release_id, ['applied'], PATIENCE_MS);
  }

  /** A release to production whose ticket is open. */
  async waiting(reason: string): Promise<ReleaseView> {
    const { platform } = this;
    const developer = platform.as('developer');
    const release = await developer.start({ artifact: VERSION, environment: 'prod', variables: { GREETING: reason }, reason });
    await eventually(
      async () => {
        const { data } = await platform
          .api('approver')
          .GET('/api/v1/approvals/inbox/{id}', { params: { path: { id: release.approval_ticket! } } });
        return data?.status === 'pending';
      },
      { timeoutMs: PATIENCE_MS },
    );
    return release;
  }

  /** Everybody leaves. */
  async leave(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }

  /** Somebody opens the page who is not signed in, in a browser of their own. */
  async visit(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ ...BROWSER, ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    this.contexts.push(context);
    const page = await this.tab(context);
    await this.go(page, path);
    return page;
  }

  /** Somebody signs in. */
  async enter(role: Role, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.visit('/', options);
    await page.getByLabel('Token', { exact: true }).fill(this.platform.token(role));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    return page;
  }

  /** A page in a browser, listened to. */
  async tab(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on('requestfailed', (request) => {
      if (request.failure()?.errorText.includes('ERR_NETWORK_CHANGED')) this.cut.add(page);
    });
    await page.exposeFunction('reportViolation', (violation: Violated) => {
      if (violation.page.startsWith(this.platform.url)) this.complaints.push(`content security policy: ${JSON.stringify(violation)}`);
    });
    await page.addInitScript(REPORT_VIOLATIONS);
    return page;
  }

  /** Opens a path and waits for what stands there; once more where the network of this machine cut it off. */
  async see(page: Page, path: string, ready: (page: Page) => Promise<unknown>): Promise<void> {
    for (let tries = 1; ; tries++) {
      await this.go(page, path);
      try {
        await ready(page);
        return;
      } catch (error) {
        if (!this.cut.has(page) || tries === 3) throw error;
      }
    }
  }

  /** Opens a path. Containers that come and go on this machine make a browser drop its connections: then once more. */
  async go(page: Page, path: string): Promise<void> {
    for (let tries = 0; tries < 5; tries++) {
      this.cut.delete(page);
      await page.goto(`${this.platform.url}${path}`).catch((error: unknown) => {
        if (!String(error).includes('ERR_NETWORK_CHANGED')) throw error;
        this.cut.add(page);
      });
      if (!this.cut.has(page)) return;
    }
  }
}

/** The gateway's configuration for a provider, whose group `developers` deploys here. */
function signInWith(provider: IdentityProvider): NodeJS.ProcessEnv {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-oidc-'));
  writeFileSync(join(directory, 'secret'), CLIENT_SECRET);
  writeFileSync(join(directory, 'roles.json'), JSON.stringify([{ group: 'developers', role: 'developer', project: 'demo' }]));
  return {
    SLIPWAY_OIDC_ISSUER: provider.issuer,
    SLIPWAY_OIDC_CLIENT_ID: CLIENT_ID,
    SLIPWAY_OIDC_CLIENT_SECRET_FILE: join(directory, 'secret'),
    SLIPWAY_OIDC_ALGORITHMS: 'RS256',
    SLIPWAY_OIDC_NAME: 'Example Login',
    SLIPWAY_OIDC_ROLES_FILE: join(directory, 'roles.json'),
  };
}

/** Mail goes to a box of the test, webhooks to receivers of its own, and what fails is tried again soon. */
const tellingThrough = (mailbox: MailBox): NodeJS.ProcessEnv => ({
  SLIPWAY_SMTP_URL: mailbox.url,
  SLIPWAY_SMTP_STARTTLS: 'optional',
  SLIPWAY_WEBHOOK_NETWORKS: '127.0.0.0/8',
  SLIPWAY_WEBHOOK_HTTP: '127.0.0.0/8',
  SLIPWAY_DELIVERY_RETRY_MS: '1000',
});

/** Keeps a screen to be looked at; not on a CI machine, where nobody would. */
export async function shot(page: Page, name: string): Promise<void> {
  if (!process.env.CI) await page.screenshot({ path: join(SCREENS, `${name}.png`), animations: 'disabled' });
}

interface Violation {
  id: string;
  impact: string;
  help: string;
  targets: string[];
}

/** What axe finds serious or critical on a page, shortly. */
export async function seriousProblems(page: Page): Promise<Violation[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe.source);
  return page.evaluate<Violation[]>(`
    axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, impact, help, nodes }) => ({ id, impact, help, targets: nodes.slice(0, 4).map(({ target, html }) => target + ' ' + html.slice(0, 160)) })),
    )`);
}

/** Looks at a page as it stands in light and in dark colours, to which it turns at once; leaves it light. */
export async function inBothSchemes(page: Page, look: (scheme: 'light' | 'dark') => Promise<void>): Promise<void> {
  for (const scheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor();
    await look(scheme);
  }
}

/** Waits until something of the page has the focus, and not the page as a whole: keys go on from there. */
export const focusIsKept = (page: Page): Promise<void> => untilTrue(page, 'document.activeElement !== document.body');

/** Waits for an expression of the page. Playwright's `waitForFunction` evaluates in the page itself, where the page's policy forbids it. */
export async function untilTrue(page: Page, expression: string): Promise<void> {
  await eventually(() => page.evaluate<boolean>(expression), { timeoutMs: PATIENCE_MS });
}

/**
 * The first of a page's markup that a browser would have put together otherwise, had it come as text: elements inside one another that may not
 * be (`li` in `li`, `div` in `p`), of which React only warns in a development build. Undefined where there is none.
 */
export const misnested = (page: Page): Promise<string | undefined> =>
  page.evaluate<string | undefined>(`(() => {
    const copy = document.body.cloneNode(true);
    copy.querySelectorAll('script, style, noscript, template').forEach((element) => element.remove());
    const [is, parsed] = [copy.innerHTML, new DOMParser().parseFromString('<!doctype html><body>' + copy.innerHTML, 'text/html').body.innerHTML];
    if (is === parsed) return undefined;
    const at = [...is].findIndex((letter, index) => letter !== parsed[index]);
    return is.slice(Math.max(0, at - 200), at + 100);
  })()`);

/** Chooses in a select by its label. */
export async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByLabel(label, { exact: true }).first().click();
  await page.getByRole('option', { name: option }).click();
}
