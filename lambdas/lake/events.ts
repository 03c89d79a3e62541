import { eventRow } from '#lake/event-row';
import { shapeWith } from './index';

export const handler = shapeWith('events', eventRow);
