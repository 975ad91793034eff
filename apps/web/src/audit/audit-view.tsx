export const AuditView = () => null;
