import type { IntentView } from '@slipway/contracts';
import { present } from '../release.access';
import type { IntentState } from './domain/intent.state';

/** @throws SlipwayError `unknown_resource` */
export const intentView = (intent: IntentState, id: string): IntentView =>
  present(intent.phase === 'none' ? null : intent.view, 'intent', id);
