import { decisionRowOf } from '#lake/decision-row';
import { shapeWith } from './index';

export const handler = shapeWith('decisions', decisionRowOf);
