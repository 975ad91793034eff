import { runtimeConformance } from '@slipway/runtime-target';
import { lackOfDockerHost } from '@slipway/testing';
import { ComposeHarness } from './testing/compose-harness.fixture';

const lack = lackOfDockerHost();
if (lack === undefined) runtimeConformance('compose', () => ComposeHarness.start(), { timeoutMs: 120_000, sideBySide: true });
else it.skip(`runtime compose: ${lack}`, () => undefined);
