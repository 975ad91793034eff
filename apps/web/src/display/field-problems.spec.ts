import { ApiError } from '@slipway/api-client';
import { fieldProblems } from './field-problems';

const refusal = (rest: object): ApiError =>
  new ApiError(
    { type: '', title: '', status: 400, code: 'invalid_request', detail: 'what to do', instance: '', request_id: '', ...rest },
    400,
  );

describe('fieldProblems', () => {
  it('finds the field that a malformed member belongs to', () => {
    const error = refusal({
      errors: [
        { path: 'body/url', message: 'is not valid' },
        { path: 'path/id', message: 'is not valid' },
      ],
    });
    expect(fieldProblems(error)).toEqual({ url: 'Url is not valid' });
  });

  it('looks inside a member of the body', () => {
    const error = refusal({ errors: [{ path: 'body/policy/rules/0/quorum', message: 'must be >= 1' }] });
    expect(fieldProblems(error, 'policy')).toEqual({ rules: 'Rules must be >= 1' });
    expect(fieldProblems(error)).toEqual({ policy: 'Policy must be >= 1' });
  });

  it('takes what the rule itself says about a field', () =>
    expect(fieldProblems(refusal({ details: { field: 'quorum' } }))).toEqual({ quorum: 'what to do' }));

  it('knows of none in any other error', () => expect(fieldProblems(new Error('no'))).toEqual({}));
});
