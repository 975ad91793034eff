import { Stepper } from '@mantine/core';
import './deploy.css';

const STEPS = ['choose', 'preview', 'confirm', 'follow'] as const;

/** The four steps, and at which of them one is. */
export const DeployStepper = ({ at }: { at: (typeof STEPS)[number] }) => (
  <Stepper
    active={STEPS.indexOf(at)}
    size="xs"
    iconSize={28}
    allowNextStepsSelect={false}
    className="deploy-stepper"
    aria-label="Steps of a deployment"
  >
    <Stepper.Step label="Choose" description="what goes where" allowStepSelect={false} />
    <Stepper.Step label="Preview" description="what will happen" allowStepSelect={false} />
    <Stepper.Step label="Confirm" description="that it shall" allowStepSelect={false} />
    <Stepper.Step label="Follow" description="how it goes" allowStepSelect={false} />
  </Stepper>
);
