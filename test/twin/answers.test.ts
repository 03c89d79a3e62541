import { UserError } from '#core';
import { filledIn } from '#twin/answers';

const answers = new Map([['opened', { Rules: [{ Id: 'sgr-1', Port: 22 }] }]]);

test('a placeholder stands for what an earlier step answered, at any depth and of any type', () => {
  const input = {
    Ids: ['${answer:opened:Rules.0.Id}'],
    Rule: { Port: '${answer:opened:Rules.0.Port}', Name: 'is ${answer:opened:Rules.0.Id}' },
  };

  expect(filledIn(input, answers)).toEqual({
    Ids: ['sgr-1'],
    // Only a whole text is a placeholder.
    Rule: { Port: 22, Name: 'is ${answer:opened:Rules.0.Id}' },
  });
});

test.each([
  ['${answer:closed:Rules.0.Id}', 'no earlier step has the id closed'],
  ['${answer:opened:Rules.1.Id}', 'the answer to opened has no Rules.1.Id'],
  ['${answer:opened:__proto__.x}', 'the answer to opened has no __proto__.x'],
])('%s is the user’s mistake', (text, message) => {
  expect(() => filledIn({ Id: text }, answers)).toThrow(new UserError(message));
});
