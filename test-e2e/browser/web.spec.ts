import { askJourneys } from './ask.journeys';
import { deployJourneys } from './deploy.journeys';
import { findChromium, NO_CHROMIUM } from './chromium';
import { governJourneys } from './govern.journeys';
import { inboxJourneys } from './inbox.journeys';
import { qualityJourneys } from './quality.journeys';
import { togetherJourneys } from './together.journeys';
import { World } from './world';

jest.setTimeout(120_000);
const executable = findChromium();

(executable ? describe : describe.skip)(executable ? 'the web page' : `the web page (${NO_CHROMIUM})`, () => {
  let current: World | undefined;
  const world = (): World => current!;
  beforeAll(async () => {
    current = await World.start(executable!);
  }, 180_000);
  afterEach(() => current?.leave());
  afterAll(() => current?.stop(), 60_000);

  deployJourneys(world);
  togetherJourneys(world);
  askJourneys(world);
  inboxJourneys(world);
  governJourneys(world);
  qualityJourneys(world);

  it('never breaks its own content security policy, and throws nothing', () => expect(world().complaints).toEqual([]));
});
