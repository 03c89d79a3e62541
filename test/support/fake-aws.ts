import { Readable } from 'node:stream';

/** A request that a client of the SDK would have sent. */
export interface Asked {
  readonly hostname: string;
  readonly method: string;
  readonly path: string;
  /** As text. */
  readonly body: string;
  /** Whose credentials signed it, and for which Region and service. */
  readonly signed: {
    readonly accessKeyId: string;
    readonly region: string;
    readonly service: string;
  };
}

export interface Reply {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface SdkRequest {
  readonly hostname: string;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What stands in for the network of the SDK's own clients: signing and parsing stay theirs. */
export function fakeAws(reply: (asked: Asked) => Reply) {
  const asked: Asked[] = [];
  const requestHandler = {
    async handle(request: SdkRequest) {
      const one = askedOf(request);
      asked.push(one);
      const { status = 200, body = '', headers = {} } = reply(one);
      const response = {
        statusCode: status,
        headers: { 'x-amzn-requestid': `r-${asked.length}`, ...headers },
        body: Readable.from([Buffer.from(body)]),
      };
      return { response };
    },
  };
  return { asked, requestHandler };
}

function askedOf({ hostname, method, path, query = {}, headers, body }: SdkRequest): Asked {
  const credential = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(
    headers.authorization ?? '',
  );
  const [, accessKeyId = '', region = '', service = ''] = credential ?? [];
  const keys = Object.keys(query).filter((key) => key !== 'x-id');
  return {
    ...{ hostname, method, path: keys.length > 0 ? `${path}?${keys.join('&')}` : path },
    body:
      typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array | undefined),
    signed: { accessKeyId, region, service },
  };
}

/** What STS answers to AssumeRole: credentials whose key id is the role's name. */
export function assumedRole({ body }: Pick<Asked, 'body'>): Reply {
  const role = new URLSearchParams(body).get('RoleArn')?.split('/').at(-1) ?? '';
  const until = new Date(Date.now() + 900_000).toISOString();
  return {
    body: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>${role}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${until}</Expiration></Credentials></AssumeRoleResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></AssumeRoleResponse>`,
  };
}
