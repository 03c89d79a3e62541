import { forwardSiem } from './forward-siem';

export const handler = forwardSiem(process.env);
