import type { TObject } from 'typebox';
import {
  accountEvents,
  bindingEvents,
  roleEvents,
  teamEvents,
  tokenEvents,
  type AccountEvent,
  type BindingEvent,
  type RoleEvent,
  type TeamEvent,
  type TokenEvent,
} from '../access/access.events';
import { approvalEvents, type ApprovalEvent } from '../approval/approval.events';
import { artifactEvents, type ArtifactEvent } from '../artifact/artifact.events';
import { changeEvents, type ChangeEvent } from '../change/change.events';
import { environmentEvents, type EnvironmentEvent } from '../environment/environment.events';
import { executionEvents, type ExecutionEvent } from '../execution/execution.events';
import { gateEvents, type GateEvent } from '../gate/gate.events';
import { policyEvents, type PolicyEvent } from '../environment/policy.events';
import { groupEvents, type GroupEvent } from '../group/group.events';
import { intentEvents, type IntentEvent } from '../intent/intent.events';
import { projectEvents, type ProjectEvent } from '../project/project.events';
import { releaseEvents, type ReleaseEvent } from '../release/release.events';
import { serviceEvents, type ServiceEvent } from '../service/service.events';
import { slotEvents, type SlotEvent } from '../slot/slot.events';
import { contactEvents, subscriptionEvents, type ContactEvent, type SubscriptionEvent } from '../notification/subscription.events';
import { targetEvents, type TargetEvent } from '../target/target.events';

/** Every event type: its schema version and the schema of its `detail`. Producers cannot emit what is not here. */
export const EVENT_TYPES: Readonly<Record<string, { readonly version: number; readonly detail: TObject }>> = Object.fromEntries(
  Object.entries({
    ...projectEvents,
    ...environmentEvents,
    ...policyEvents,
    ...gateEvents,
    ...targetEvents,
    ...serviceEvents,
    ...changeEvents,
    ...artifactEvents,
    ...releaseEvents,
    ...approvalEvents,
    ...executionEvents,
    ...slotEvents,
    ...accountEvents,
    ...tokenEvents,
    ...roleEvents,
    ...bindingEvents,
    ...teamEvents,
    ...intentEvents,
    ...groupEvents,
    ...subscriptionEvents,
    ...contactEvents,
  }).map(([action, detail]) => [action, { version: 1, detail }]),
);

export type SlipwayEvent =
  | ProjectEvent
  | EnvironmentEvent
  | PolicyEvent
  | GateEvent
  | TargetEvent
  | ServiceEvent
  | ChangeEvent
  | ArtifactEvent
  | ReleaseEvent
  | ApprovalEvent
  | ExecutionEvent
  | SlotEvent
  | AccountEvent
  | TokenEvent
  | RoleEvent
  | BindingEvent
  | TeamEvent
  | IntentEvent
  | GroupEvent
  | SubscriptionEvent
  | ContactEvent;
export type EventAction = SlipwayEvent['action'];
export type EventOf<A extends EventAction> = Extract<SlipwayEvent, { action: A }>;
