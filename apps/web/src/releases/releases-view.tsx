export const ReleasesView = () => null;
