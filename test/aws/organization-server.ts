import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServedUnit {
  readonly id: string;
  readonly name: string;
  readonly units?: readonly ServedUnit[];
  readonly accounts?: readonly ServedAccount[];
}

export interface ServedAccount {
  readonly id: string;
  readonly name: string;
  readonly state?: string;
  readonly status?: string;
  readonly regions: readonly string[];
}

export interface Behaviour {
  readonly pageSize: number;
  /** Every so many requests one is refused as too many. */
  readonly throttleEvery?: number;
  readonly caller: string;
  readonly trustedAccess: boolean;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const error = (type: string, status = 400, message = `${type}, says the server`): Answer => ({
  status,
  body: { __type: type, message, Message: message },
});
const fine = (body: unknown): Answer => ({ status: 200, body });

/**
 * Speaks as much of Organizations (JSON 1.1), Account Management (REST) and STS (query) as reading an
 * organization takes. Like AWS it sends pages that are empty although more follow.
 */
export async function serveOrganization(
  root: ServedUnit & { readonly management: string },
  behaviour: Behaviour,
) {
  const units = new Map<string, ServedUnit>();
  const collect = (unit: ServedUnit): void => {
    units.set(unit.id, unit);
    unit.units?.forEach(collect);
  };
  collect(root);
  const accounts = [...units.values()].flatMap((unit) => unit.accounts ?? []);
  const seen = { requests: 0, throttled: 0, listing: 0, mostListing: 0 };

  const paged = <T>(key: string, items: readonly T[], token: unknown): Answer => {
    if (token === undefined) return fine({ [key]: [], NextToken: '0' });
    const start = Number(token);
    const end = start + behaviour.pageSize;
    const more = end < items.length ? { NextToken: String(end) } : {};
    return fine({ [key]: items.slice(start, end), ...more });
  };

  const organizations = (target: string, input: Record<string, unknown>): Answer => {
    const parent = units.get(String(input.ParentId));
    if (target === 'DescribeOrganization')
      return fine({ Organization: { Id: 'o-exampleorg1', MasterAccountId: root.management } });
    if (target === 'ListRoots')
      return paged('Roots', [{ Id: root.id, Name: root.name }], input.NextToken);
    if (parent === undefined) return error('ParentNotFoundException');
    if (target === 'ListOrganizationalUnitsForParent')
      return paged(
        'OrganizationalUnits',
        (parent.units ?? []).map(({ id, name }) => ({ Id: id, Name: name })),
        input.NextToken,
      );
    return paged(
      'Accounts',
      (parent.accounts ?? []).map(({ id, name, state, status }) => ({
        Id: id,
        Name: name,
        Email: `${name}@example.com`,
        State: state,
        Status: status,
      })),
      input.NextToken,
    );
  };

  const listRegions = (input: Record<string, unknown>): Answer => {
    const id = input.AccountId ?? behaviour.caller;
    if (input.AccountId === behaviour.caller)
      return error('ValidationException', 400, 'The own account takes no AccountId');
    if (id !== behaviour.caller && !behaviour.trustedAccess)
      return error('AccessDeniedException', 403, 'not authorized to perform: account:ListRegions');
    const wanted = input.RegionOptStatusContains;
    if (JSON.stringify(wanted) !== '["ENABLED","ENABLED_BY_DEFAULT"]')
      return error('ValidationException', 400, `unexpected filter ${JSON.stringify(wanted)}`);
    const account = accounts.find((one) => one.id === id);
    if (account === undefined) return error('ResourceNotFoundException', 404);
    const named = account.regions.map((RegionName) => ({ RegionName, RegionOptStatus: 'ENABLED' }));
    return paged('Regions', named, input.NextToken);
  };

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    seen.requests += 1;
    if (body.includes('Action=GetCallerIdentity')) {
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(
        `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>${behaviour.caller}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
      );
      return;
    }
    const isThrottled = seen.requests % (behaviour.throttleEvery ?? Number.POSITIVE_INFINITY) === 0;
    let answer: Answer;
    if (isThrottled) {
      seen.throttled += 1;
      answer = error('TooManyRequestsException', target ? 400 : 429);
    } else if (target !== undefined) answer = organizations(target, JSON.parse(body));
    else {
      seen.listing += 1;
      seen.mostListing = Math.max(seen.mostListing, seen.listing);
      await new Promise((resolve) => setTimeout(resolve, 5));
      answer = listRegions(JSON.parse(body));
      seen.listing -= 1;
    }
    const type = (answer.body as { __type?: string }).__type;
    response.writeHead(answer.status, {
      'content-type': target ? 'application/x-amz-json-1.1' : 'application/json',
      ...(type ? { 'x-amzn-errortype': type } : {}),
    });
    response.end(JSON.stringify(answer.body));
  };

  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
