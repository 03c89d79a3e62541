/** What the state machine of an escalation speaks to. */
export interface EscalationParts {
  readonly enrichArn: string;
  readonly lookAgainArn: string;
  readonly notificationsArn: string;
  readonly alertsArn: string;
  readonly afterMinutes: number;
}

const SNS = 'arn:aws:states:::sns:publish';
const LAMBDA = 'arn:aws:states:::lambda:invoke';

/** Four tries within a minute and a half: what passes has passed by then. */
const RETRY = [
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 4, BackoffRate: 2.5 },
];

const PLACE = [
  '$.enriched.told.account',
  '$.enriched.told.name',
  '$.enriched.told.ouPath',
  '$.enriched.told.owner',
];

const format = (template: string, ...paths: readonly string[]): string =>
  `States.Format('${template}', ${paths.join(', ')})`;

/**
 * A critical violation that stands open: alert, wait, look again, escalate. Its input is a
 * decision's summary. What cannot be looked at is escalated too.
 * https://states-language.net/spec.html
 */
export function escalationStates(parts: EscalationParts): object {
  const { afterMinutes } = parts;
  return {
    Comment: 'A critical violation stands open: alert, wait, look again, escalate',
    StartAt: 'Enrich',
    States: {
      Enrich: {
        Type: 'Task',
        Resource: LAMBDA,
        Parameters: { FunctionName: parts.enrichArn, 'Payload.$': 'States.Array($)' },
        ResultSelector: { 'told.$': '$.Payload[0]' },
        ResultPath: '$.enriched',
        Retry: RETRY,
        Next: 'Alert',
      },
      Alert: {
        Type: 'Task',
        Resource: SNS,
        Parameters: {
          TopicArn: parts.notificationsArn,
          'Message.$': format(
            `{} Account {} ({}), OU {}, owner: {}. {} Resource: {}. {} It is looked at again in ${afterMinutes} minutes. Decision {}.`,
            '$.enriched.told.headline',
            ...PLACE,
            '$.enriched.told.reason',
            '$.enriched.told.resource',
            '$.enriched.told.done',
            '$.enriched.told.decision',
          ),
        },
        ResultPath: null,
        Retry: RETRY,
        Next: 'Wait',
      },
      Wait: { Type: 'Wait', Seconds: afterMinutes * 60, Next: 'LookAgain' },
      LookAgain: {
        Type: 'Task',
        Resource: LAMBDA,
        Parameters: { FunctionName: parts.lookAgainArn, 'Payload.$': '$' },
        ResultSelector: { 'verdict.$': '$.Payload.verdict', 'reason.$': '$.Payload.reason' },
        ResultPath: '$.again',
        Retry: RETRY,
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.broken', Next: 'CannotLook' }],
        Next: 'StandsOpen',
      },
      CannotLook: {
        Type: 'Pass',
        Result: { verdict: 'undetermined', reason: 'the resource could not be looked at' },
        ResultPath: '$.again',
        Next: 'StandsOpen',
      },
      StandsOpen: {
        Type: 'Choice',
        Choices: [{ Variable: '$.again.verdict', StringEquals: 'complies', Next: 'Mended' }],
        Default: 'Escalate',
      },
      Escalate: {
        Type: 'Task',
        Resource: SNS,
        Parameters: {
          TopicArn: parts.alertsArn,
          'Message.$': format(
            `Still open after ${afterMinutes} minutes. {} Account {} ({}), OU {}, owner: {}. Now: {} ({}). Resource: {}. Decision {}.`,
            '$.enriched.told.headline',
            ...PLACE,
            '$.again.verdict',
            '$.again.reason',
            '$.enriched.told.resource',
            '$.enriched.told.decision',
          ),
        },
        ResultPath: null,
        Retry: RETRY,
        End: true,
      },
      Mended: { Type: 'Succeed' },
    },
  };
}
