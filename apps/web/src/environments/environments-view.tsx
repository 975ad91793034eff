export const EnvironmentsView = () => null;
