import { textAt } from '#core';
import { answered, plainly, type Shape } from './shape';

export const sqsShape: Shape = {
  request: plainly.request,
  response: (call) => {
    const url = textAt(answered(call), 'QueueUrl');
    return url === undefined ? null : { queueUrl: url };
  },
};
