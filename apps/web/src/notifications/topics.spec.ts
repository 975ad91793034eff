import { ALL_TOPICS, topicsText, topicText } from './topics';

describe('topicsText', () => {
  it('says everything where nothing is left out', () => expect(topicsText(ALL_TOPICS)).toBe('everything'));
  it('names the first three, and counts the others', () =>
    expect(topicsText(['drift', 'freeze', 'release_failed', 'mention', 'reminder'])).toBe('drift, freeze, release failed and 2 more'));
  it('calls a ping a test', () => expect(topicText('ping')).toBe('test'));
});
