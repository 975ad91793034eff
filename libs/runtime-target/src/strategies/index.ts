export { canaryBreach } from './canary';
export type {
  Change,
  ChangeOf,
  ReleaseShape,
  Route,
  Routing,
  Scale,
  SlotControl,
  SlotStanding,
  StandingRelease,
  StandingReplica,
} from './slot-control';
export { changeStep } from './change-step';
export { giveBack } from './give-back';
export { probesBudgetMs } from './patience';
export { prepareStep } from './prepare';
export { strategySteps } from './steps-of';
export { removeRelease, settleChange, wayBackSteps } from './way-back';
