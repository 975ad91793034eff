import { useMediaQuery } from '@mantine/hooks';

const PHONE = '(max-width: 48em)';

/** Whether there is room for one column only. */
export const useIsPhone = (): boolean => useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
