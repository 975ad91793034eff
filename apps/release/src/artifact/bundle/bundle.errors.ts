import { SlipwayError } from '@slipway/contracts';

/** Code `artifact_invalid`; `entry` names the offending file of the bundle. */
export const invalidBundle = (message: string, details: { entry?: string; field?: string; cause?: unknown } = {}): SlipwayError => {
  const { cause, ...sent } = details;
  return new SlipwayError('artifact_invalid', message, sent, { cause });
};

/** Code `artifact_too_large`; `limit` and `maximum` say which bound was passed. */
export const bundleTooLarge = (limit: string, maximum: number): SlipwayError =>
  new SlipwayError(
    'artifact_too_large',
    `The artifact is larger than the platform accepts: at most ${maximum} ${limit}. Leave out what is not needed to run.`,
    {
      limit,
      maximum,
    },
  );
