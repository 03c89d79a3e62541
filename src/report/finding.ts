import { createHash } from 'node:crypto';
import type { Severity } from '#core';
import type { DecisionSummary } from '#engine';

/** What a finding says of a guardrail. */
export interface GuardrailFacts {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly frameworks: Readonly<Record<string, readonly string[]>>;
}

type Status = 'PASSED' | 'FAILED' | 'NOT_AVAILABLE';

/**
 * A finding in the AWS Security Finding Format.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format.html
 */
export interface Finding {
  readonly SchemaVersion: '2018-10-08';
  readonly Id: string;
  readonly ProductArn: string;
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly Region: string;
  readonly Types: string[];
  /** ISO 8601. */
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly Severity: { readonly Label: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' };
  readonly Title: string;
  readonly Description: string;
  readonly ProductFields: Record<string, string>;
  readonly Resources: {
    readonly Type: string;
    readonly Id: string;
    readonly Partition: 'aws';
    readonly Region: string;
  }[];
  readonly Compliance: { readonly Status: Status; readonly RelatedRequirements?: string[] };
  readonly RecordState: 'ACTIVE' | 'ARCHIVED';
}

// https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
const LONGEST = { title: 256, description: 1024, field: 1024, requirements: 32 } as const;

/**
 * A decision as a finding of its own account. One finding for each guardrail and resource: what is
 * decided later updates it, and what complies again archives it.
 */
export function findingOf(
  decision: DecisionSummary,
  { partition, facts }: { readonly partition: 'aws'; readonly facts: GuardrailFacts | undefined },
): Finding {
  const { account, region, guardrail, resource, at } = decision;
  const status = statusOf(decision);
  const requirements = Object.entries(facts?.frameworks ?? {}).flatMap(([framework, controls]) =>
    controls.map((control) => `${framework} ${control}`),
  );
  const decided = at.recorded ?? at.looked ?? at.received ?? '';
  return {
    SchemaVersion: '2018-10-08',
    Id: `parapet/${guardrail}/${createHash('sha256').update(resource).digest('hex')}`,
    ProductArn: `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`,
    GeneratorId: `parapet/${guardrail}`,
    AwsAccountId: account,
    Region: region,
    Types: ['Software and Configuration Checks/AWS Security Best Practices'],
    CreatedAt: at.called ?? decided,
    UpdatedAt: decided,
    Severity: { Label: LABELS[facts?.severity ?? 'medium'] },
    Title: (facts?.title ?? guardrail).slice(0, LONGEST.title),
    Description: `${decision.reason} ${facts?.why ?? ''}`.trim().slice(0, LONGEST.description),
    ProductFields: {
      'parapet/decision': decision.id,
      'parapet/mode': decision.mode,
      'parapet/outcome': decision.outcome,
      'parapet/ouPath': decision.ouPath.slice(0, LONGEST.field),
      'parapet/event': decision.eventID.slice(0, LONGEST.field),
    },
    Resources: [
      { Type: typeOf(decision.resourceType), Id: resource, Partition: partition, Region: region },
    ],
    Compliance: {
      Status: status,
      ...(requirements.length === 0
        ? {}
        : { RelatedRequirements: requirements.slice(0, LONGEST.requirements) }),
    },
    RecordState: status === 'PASSED' ? 'ARCHIVED' : 'ACTIVE',
  };
}

const LABELS = { low: 'LOW', medium: 'MEDIUM', high: 'HIGH', critical: 'CRITICAL' } as const;

function statusOf({ verdict, outcome }: DecisionSummary): Status {
  if (outcome === 'undetermined' || verdict === 'undetermined') return 'NOT_AVAILABLE';
  return verdict === 'complies' || outcome === 'repaired' ? 'PASSED' : 'FAILED';
}

/** `AWS::S3::Bucket` is `AwsS3Bucket` there. */
const typeOf = (type: string): string => {
  const parts = /^AWS::(\w+)::(\w+)$/.exec(type);
  return parts === null ? 'Other' : `Aws${parts[1]}${parts[2]}`;
};
