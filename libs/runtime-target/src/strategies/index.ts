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
export { strategySteps } from './steps-of';
export { removeRelease, settleChange, wayBackSteps } from './way-back';
