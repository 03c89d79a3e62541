import { isObject } from '#core';
import { answered, lowered, plainly, type Shape } from './shape';

/** Making a trail answers with it; starting, stopping and deleting one answer nothing. */
export const cloudtrailShape: Shape = {
  request: plainly.request,
  response: (call) => {
    const made = lowered(answered(call));
    return isObject(made) && Object.keys(made).length > 0 ? made : null;
  },
};
