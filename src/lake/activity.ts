/** The first word of a call's name, after `Batch`. OCSF knows only these four activities. */
const VERBS: Readonly<Record<1 | 2 | 3 | 4, readonly string[]>> = {
  1: [
    ...['Create', 'Run', 'Register', 'Allocate', 'Import', 'Copy', 'Provision', 'Purchase'],
    ...['Issue', 'Upload', 'Clone', 'Restore', 'Launch', 'Request', 'Publish'],
  ],
  2: [
    ...['Get', 'List', 'Describe', 'Head', 'Lookup', 'Search', 'Query', 'Scan', 'Select'],
    ...['Download', 'View', 'Check', 'Simulate', 'Validate', 'Filter', 'Preview', 'Estimate'],
  ],
  3: [
    ...['Update', 'Put', 'Modify', 'Set', 'Add', 'Attach', 'Detach', 'Associate', 'Disassociate'],
    ...['Authorize', 'Revoke', 'Enable', 'Disable', 'Activate', 'Deactivate', 'Change', 'Tag'],
    ...['Untag', 'Replace', 'Reset', 'Start', 'Stop', 'Reboot', 'Assign', 'Unassign', 'Resize'],
    ...['Rotate', 'Apply', 'Accept', 'Reject', 'Renew', 'Edit', 'Configure', 'Move', 'Grant'],
  ],
  4: [
    ...['Delete', 'Terminate', 'Deregister', 'Release', 'Remove', 'Purge', 'Destroy', 'Close'],
    ...['Leave', 'Retire'],
  ],
};

type ActivityId = 1 | 2 | 3 | 4 | 99;

const BY_VERB: ReadonlyMap<string, ActivityId> = new Map(
  ([1, 2, 3, 4] as const).flatMap((id) => VERBS[id].map((verb) => [verb, id] as const)),
);

const NAMES = { 1: 'Create', 2: 'Read', 3: 'Update', 4: 'Delete', 99: 'Other' } as const;

/**
 * OCSF's activity of a CloudTrail event name, by its whole first word: `GetObject` reads,
 * `TargetGroupGet` does not. What no verb tells is a read where CloudTrail says read-only.
 */
export function activityOf(
  operation: string,
  isReadOnly: boolean,
): { readonly id: ActivityId; readonly name: string } {
  const verb = /^(?:Batch|Bulk)?([A-Z][a-z]+)/.exec(operation)?.[1];
  const id = BY_VERB.get(verb ?? '') ?? (isReadOnly ? 2 : 99);
  return { id, name: NAMES[id] };
}
