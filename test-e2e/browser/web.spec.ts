import { askJourneys } from './ask.journeys';
import { auditJourneys } from './audit.journeys';
import { findChromium, NO_CHROMIUM } from '@slipway/platform-driver';
import { deployJourneys } from './deploy.journeys';
import { formsJourneys } from './forms.journeys';
import { governJourneys } from './govern.journeys';
import { groupJourneys } from './group.journeys';
import { inboxJourneys } from './inbox.journeys';
import { notifyJourneys } from './notify.journeys';
import { peopleJourneys } from './people.journeys';
import { placesJourneys } from './places.journeys';
import { policyJourneys } from './policy.journeys';
import { qualityJourneys } from './quality.journeys';
import { statesJourneys } from './states.journeys';
import { targetsJourneys } from './targets.journeys';
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
  afterEach(async () => {
    await current?.leave();
    // The page threw nothing, and its content security policy stopped nothing.
    expect(current?.complaints.splice(0)).toEqual([]);
  });
  afterAll(() => current?.stop(), 60_000);

  deployJourneys(world);
  togetherJourneys(world);
  statesJourneys(world);
  askJourneys(world);
  inboxJourneys(world);
  auditJourneys(world);
  groupJourneys(world);
  governJourneys(world);
  notifyJourneys(world);
  policyJourneys(world);
  placesJourneys(world);
  targetsJourneys(world);
  peopleJourneys(world);
  formsJourneys(world);
  qualityJourneys(world);
});
