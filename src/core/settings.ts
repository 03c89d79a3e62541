import { z } from 'zod';

/** A guardrail's settings, unknown keys refused; every setting needs a default. */
export const settings = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape);

/** A guardrail that has nothing to set. */
export const noSettings = settings({});
