import { SlipwayError } from '@slipway/contracts';

/** What this runtime does not run or does not allow, by the field that asks for it. */
export const refused = (field: string, message: string): SlipwayError =>
  new SlipwayError('manifest_refused', `${field}: ${message}`.slice(0, 1000), { field });
