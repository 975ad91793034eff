export const InboxView = () => null;
