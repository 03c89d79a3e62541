import { EVENT_NAMES } from './event-names';

/** What is known of a service's event names. */
interface Known {
  readonly names: ReadonlySet<string>;
  readonly reads: ReadonlySet<string>;
}

const split = (text: string): readonly string[] => text.split(' ');

const KNOWN: ReadonlyMap<string, () => Known> = new Map(
  Object.entries(EVENT_NAMES).map(([service, { reads, others }]) => {
    let known: Known | undefined;
    const make = () => ({
      reads: new Set(split(reads)),
      names: new Set([...split(reads), ...split(others)]),
    });
    return [
      service,
      () => {
        known ??= make();
        return known;
      },
    ];
  }),
);

/** The services whose event names are known whole. */
export const knownServices = (): readonly string[] => [...KNOWN.keys()];

export const namesOf = (service: string): ReadonlySet<string> | undefined =>
  KNOWN.get(service)?.().names;

export const readsOf = (service: string): ReadonlySet<string> | undefined =>
  KNOWN.get(service)?.().reads;

/** The services that have an event of this name. */
export const servicesWith = (name: string): readonly string[] =>
  knownServices().filter((service) => namesOf(service)?.has(withoutVersion(name)));

/** Lambda and CloudFront put the version of their API behind: `CreateFunction20150331`. */
export const withoutVersion = (name: string): string =>
  name.replace(/(\d{8}|\d{4}_\d{2}_\d{2})(v\d+)?$/, '');

/** Calls that CloudTrail names otherwise than API and IAM do. Where a number follows, only with it. */
export const RECORDED_AS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  lambda: {
    AddLayerVersionPermission: 'AddLayerVersionPermission20181031',
    AddPermission: 'AddPermission20150331v2',
    CreateEventSourceMapping: 'CreateEventSourceMapping20150331',
    CreateFunction: 'CreateFunction20150331',
    DeleteFunction: 'DeleteFunction20150331',
    GetFunction: 'GetFunction20150331v2',
    GetFunctionConfiguration: 'GetFunctionConfiguration20150331v2',
    InvokeFunction: 'Invoke',
    ListFunctions: 'ListFunctions20150331',
    PutFunctionConcurrency: 'PutFunctionConcurrency20171031',
    RemovePermission: 'RemovePermission20150331v2',
    UpdateEventSourceMapping: 'UpdateEventSourceMapping20150331',
    UpdateFunctionCode: 'UpdateFunctionCode20150331v2',
    UpdateFunctionConfiguration: 'UpdateFunctionConfiguration20150331v2',
  },
  s3: {
    DeletePublicAccessBlock: 'DeleteBucketPublicAccessBlock',
    GetEncryptionConfiguration: 'GetBucketEncryption',
    GetLifecycleConfiguration: 'GetBucketLifecycle',
    GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
    GetReplicationConfiguration: 'GetBucketReplication',
    ListAllMyBuckets: 'ListBuckets',
    PutBucketCORS: 'PutBucketCors',
    PutBucketLifecycleConfiguration: 'PutBucketLifecycle',
    PutBucketNotificationConfiguration: 'PutBucketNotification',
    PutEncryptionConfiguration: 'PutBucketEncryption',
    PutLifecycleConfiguration: 'PutBucketLifecycle',
    PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
    PutReplicationConfiguration: 'PutBucketReplication',
  },
};
