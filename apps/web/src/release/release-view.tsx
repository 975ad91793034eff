export const ReleaseView = () => null;
