import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startPlatform, type Platform, type Role } from '@slipway/platform-driver';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

/** Where screens of the run go; those worth keeping are in docs/screens. */
export const SCREENS = join(__dirname, '..', '..', '.nx', 'screens');
export const PATIENCE_MS = 30_000;

/** One platform and one browser for all journeys; a context for every person in them. */
export class World {
  /** What pages complained of: script errors, and what the content security policy stopped. */
  readonly complaints: string[] = [];
  private readonly contexts: BrowserContext[] = [];

  private constructor(
    readonly platform: Platform,
    private readonly browser: Browser,
  ) {}

  static async start(executablePath: string): Promise<World> {
    mkdirSync(SCREENS, { recursive: true });
    const [platform, browser] = await Promise.all([
      startPlatform(),
      chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] }),
    ]);
    return new World(platform, browser);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.platform.stop();
  }

  /** Everybody leaves. */
  async leave(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }

  /** Somebody signs in, in a browser of their own. */
  async enter(role: Role, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'Europe/Berlin', ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    this.contexts.push(context);
    const page = await this.tab(context);
    await page.goto(`${this.platform.url}/`);
    await page.getByLabel('Token', { exact: true }).fill(this.platform.token(role));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    return page;
  }

  /** A page in a browser, listened to. */
  async tab(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.complaints.push(`${page.url()}: ${message.text()}`);
    });
    return page;
  }

  go(page: Page, path: string): Promise<unknown> {
    return page.goto(`${this.platform.url}${path}`);
  }
}

export const shot = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: join(SCREENS, `${name}.png`), animations: 'disabled' });

interface Violation {
  id: string;
  impact: string;
  help: string;
  targets: string[];
}

/** What axe finds serious or critical on a page, shortly. */
export async function seriousProblems(page: Page): Promise<Violation[]> {
  await page.evaluate(axe.source);
  return page.evaluate<Violation[]>(`
    axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, impact, help, nodes }) => ({ id, impact, help, targets: nodes.slice(0, 4).map(({ target, html }) => target + ' ' + html.slice(0, 160)) })),
    )`);
}

/** Chooses in a select by its label. */
export async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByLabel(label, { exact: true }).first().click();
  await page.getByRole('option', { name: option }).click();
}
