import { at, type Json, type TrailEvent, textAt } from '#core';
import type { Actor } from './api-activity';
import { momentOf, present } from './moment';

/** Who made a call. Where CloudTrail names nobody, the service did it of itself. */
export function actorOf({ caller, source }: TrailEvent, detail: Json | undefined): Actor {
  const identity = at(detail, 'userIdentity');
  const user = present({
    uid: caller.arn,
    name: caller.name,
    uid_alt: textAt(identity, 'principalId'),
    account: caller.account === undefined ? undefined : { uid: caller.account },
  });
  const isKnown = Object.keys(user).some((key) => key !== 'uid_alt');
  const session = sessionOf(identity, caller);
  const app = caller.invokedBy ?? (isKnown ? undefined : source);
  return present({
    user: isKnown ? { ...user, ...present({ type: caller.type }) } : undefined,
    session: Object.keys(session).length === 0 ? undefined : session,
    app_name: app,
  });
}

function sessionOf(
  identity: Json | undefined,
  caller: TrailEvent['caller'],
): NonNullable<Actor['session']> {
  const attributes = at(identity, 'sessionContext', 'attributes');
  const mfa = textAt(attributes, 'mfaAuthenticated');
  return present({
    uid: caller.session,
    issuer: caller.role,
    credential_uid: textAt(identity, 'accessKeyId') || undefined,
    is_mfa: mfa === undefined ? undefined : mfa === 'true',
    created_time: momentOf(textAt(attributes, 'creationDate')),
  });
}
