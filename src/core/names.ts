/** Every name Parapet gives to a thing starts with this; SCPs and trust policies rely on it. */
export const PREFIX = 'parapet';

/** The one naming function: `parapet-<part>-<part>`. */
export const nameOf = (...parts: readonly string[]): string => [PREFIX, ...parts].join('-');

/** Names and ARNs that more than one stack, or the code at run time, must agree on. */
export const names = {
  bus: nameOf('bus'),
  archive: nameOf('archive'),
  forwardingRole: nameOf('forward'),
  readerRole: nameOf('reader'),
  remediationRole: (service: string) => nameOf('remediate', service),
  responder: (service: string) => nameOf('respond', service),
  /** Of a bin of calls, e.g. `storage`. */
  forwardingRule: (bin: string) => nameOf('forward', bin),
  responderRule: (service: string) => nameOf('respond', service),
  queue: (service: string) => nameOf('respond', service),
  deadLetters: (of: string) => nameOf(of, 'dead-letters'),
  responderDeadLetters: (service: string) => nameOf('respond', service, 'dead-letters'),
  /** In each Region of each account. */
  forwardDeadLetters: nameOf('forward', 'dead-letters'),
  rejects: nameOf('rejects'),
  decisions: nameOf('decisions'),
  /** Bucket names are global: the account and Region make them one's own. */
  bodies: (account: string, region: string) => nameOf('bodies', account, region),
  trailBucket: (account: string, region: string) => nameOf('trail', account, region),
  lakeBucket: (account: string, region: string) => nameOf('lake', account, region),
  evidenceBucket: (account: string, region: string) => nameOf('evidence', account, region),
  trail: nameOf('trail'),
  /** The service control policies. */
  protect: nameOf('protect'),
  quarantine: nameOf('quarantine'),
  /** The one role that writes to the lake; it is in the security account. */
  firehoseRole: nameOf('firehose'),
  /** The one role that reads the lake; it is in the security account. */
  lakeReaderRole: nameOf('lake-reader'),
  lifecycleRule: (of: string) => nameOf('lifecycle', of),
  /** Of a key: an alias is known beforehand, a key's id is not. */
  keyAlias: (of: string) => `alias/${nameOf(of)}`,

  alerts: nameOf('alerts'),
  outputsDeadLetters: nameOf('outputs', 'dead-letters'),
  /** The rules of the security bus that feed what is not a responder. */
  outputRules: {
    events: nameOf('events'),
    decisions: nameOf('decisions'),
    notify: nameOf('notify'),
    troubled: nameOf('troubled'),
    escalate: nameOf('escalate'),
    securityHub: nameOf('security-hub'),
  },
  /** What EventBridge assumes for targets that have no resource policy. */
  feedRole: nameOf('feed'),
  busLog: `/aws/events/${nameOf('bus')}`,

  lakeStream: (of: 'events' | 'decisions') => nameOf('lake', of),
  lakeRows: (of: 'events' | 'decisions') => nameOf('lake-rows', of),
  lakeDatabase: PREFIX,
  lakeWorkgroup: nameOf('lake'),
  lakeAnswers: (account: string, region: string) => nameOf('lake-answers', account, region),

  siemStream: nameOf('siem'),
  siemForwarder: nameOf('forward-siem'),
  siemRefused: (account: string, region: string) => nameOf('siem-refused', account, region),

  directory: nameOf('directory'),
  notifications: nameOf('notifications'),
  notify: nameOf('notify'),
  enrich: nameOf('enrich'),
  escalation: nameOf('escalate'),
  lookAgain: nameOf('look-again'),
  securityHub: nameOf('security-hub'),
  /** Takes up accounts that come and go: its queue, rule and function. */
  vending: nameOf('vending'),
  /** In each account: lets its findings be imported. */
  findingsRole: nameOf('findings'),
} as const;

/** The source of Parapet's own events on its bus. */
export const DECISION_SOURCE = 'parapet';
export const DECISION_DETAIL_TYPE = 'Parapet Decision';

export const roleArn = (partition: string, account: string, name: string): string =>
  `arn:${partition}:iam::${account}:role/${name}`;

export const queueArn = (
  partition: string,
  {
    account,
    region,
    queue,
  }: { readonly account: string; readonly region: string; readonly queue: string },
): string => `arn:${partition}:sqs:${region}:${account}:${queue}`;

export const busArn = (partition: string, region: string, account: string): string =>
  `arn:${partition}:events:${region}:${account}:event-bus/${names.bus}`;
