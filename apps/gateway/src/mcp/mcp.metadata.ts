/** Marks the handlers of `/mcp`: whoever has a valid token may speak; every tool has a rule of its own. */
export const MCP = 'slipway:mcp';
