export const DeployView = () => null;
