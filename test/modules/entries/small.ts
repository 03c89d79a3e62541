import { names } from '#core';

/** Stands in for a responder: it imports as the real ones do. */
export const handler = async (): Promise<string> => names.bus;
