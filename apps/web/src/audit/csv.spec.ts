import type { AuditEvent } from '../api/client';
import { auditCsv } from './csv';

describe('auditCsv', () => {
  it('quotes what needs it and disarms formulas', () => {
    const [head, line] = auditCsv([
      { position: 7, action: 'release.applied', summary: 'Said "yes",\nthen no', actor_id: '=cmd()', preview_ref: null } as AuditEvent,
    ]).split('\r\n');
    expect(head).toMatch(/^position,occurred_at,action,/);
    expect(line).toBe(`7,,release.applied,,,'=cmd(),,,,,,"Said ""yes"",\nthen no",,,`);
  });
});
