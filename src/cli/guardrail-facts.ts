import { z } from 'zod';
import { type AnyGuardrail, type AnyOperation, at, isObject, type Json, textAt } from '#core';
import type { paint } from './output';

/** What a guardrail declares, as plain JSON. */
export interface GuardrailFacts {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly severity: string;
  readonly why: string;
  readonly disrupts?: string;
  readonly limits: readonly string[];
  readonly triggers: readonly {
    readonly operation: string;
    readonly source: string;
    readonly names: readonly string[];
    readonly failed: 'ignored' | 'judged';
  }[];
  readonly regions: readonly string[];
  /** IAM actions. */
  readonly reads: readonly string[];
  /** IAM actions. */
  readonly writes: readonly string[];
  readonly frameworks: Readonly<Record<string, readonly string[]>>;
  readonly settings: readonly {
    readonly name: string;
    readonly type: string;
    readonly default?: Json;
    readonly description?: string;
  }[];
}

/** Gathers what a guardrail declares. */
export const factsOf = (guardrail: AnyGuardrail): GuardrailFacts => ({
  id: guardrail.id,
  version: guardrail.version,
  title: guardrail.title,
  severity: guardrail.severity,
  why: guardrail.why,
  ...(guardrail.disrupts === undefined ? {} : { disrupts: guardrail.disrupts }),
  limits: guardrail.limits,
  triggers: guardrail.triggers.map(({ operation, failed }) => ({
    operation: operation.id,
    source: operation.trail.source,
    names: operation.trail.names,
    failed,
  })),
  regions: guardrail.regions ?? [],
  reads: actionsOf(guardrail.reads),
  writes: actionsOf(guardrail.writes),
  frameworks: guardrail.frameworks,
  settings: settingsOf(guardrail),
});

const actionsOf = (operations: readonly AnyOperation[]): readonly string[] =>
  [...new Set(operations.flatMap(({ iam }) => iam))].toSorted();

function settingsOf({ settings }: AnyGuardrail): GuardrailFacts['settings'] {
  const schema = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' });
  const properties = JSON.parse(JSON.stringify(schema.properties ?? {})) as Json;
  if (!isObject(properties)) return [];
  return Object.entries(properties).map(([name, property]) => {
    const initial = at(property, 'default');
    const description = textAt(property, 'description');
    return {
      name,
      type: textAt(property, 'type') ?? 'any',
      ...(initial === undefined ? {} : { default: initial }),
      ...(description === undefined ? {} : { description }),
    };
  });
}

/** The same for people. */
export function factsText(facts: GuardrailFacts, style: ReturnType<typeof paint>): string {
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', style('bold', title), ...lines.map((line) => `  ${line}`)];
  return [
    `${style('bold', facts.id)}  ${facts.severity}  version ${facts.version}`,
    facts.title,
    ...section('Why', [facts.why]),
    ...section('What stops working when it acts', facts.disrupts ? [facts.disrupts] : []),
    ...section('What it does not catch', facts.limits),
    ...section(
      'What wakes it',
      facts.triggers.map(
        ({ source, names, failed }) =>
          `${source}: ${names.join(', ')}${failed === 'judged' ? ' (failed calls too)' : ''}`,
      ),
    ),
    ...section('Regions it needs', facts.regions),
    ...section('IAM actions it reads with', facts.reads),
    ...section('IAM actions it writes with', facts.writes),
    ...section(
      'Frameworks',
      Object.entries(facts.frameworks).map(([name, controls]) => `${name}: ${controls.join(', ')}`),
    ),
    ...section(
      'Settings',
      facts.settings.map(
        ({ name, type, default: initial, description }) =>
          `${name}: ${type}${initial === undefined ? ', required' : ` = ${JSON.stringify(initial)}`}${description ? `  ${description}` : ''}`,
      ),
    ),
  ].join('\n');
}
