import { isIP } from 'node:net';
import schema from './fixtures/ocsf-1.8.json';

interface Attribute {
  readonly type: string;
  readonly array?: boolean;
  readonly required?: boolean;
  readonly enum?: readonly number[];
}

interface Shape {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly at_least_one?: readonly string[];
}

const OBJECTS = schema.objects as Readonly<Record<string, Shape>>;
const CLASSES = Object.values(schema.classes) as readonly (Shape & { readonly uid: number })[];

/** Seconds since 1970 are smaller than this until the year 5138: a timestamp is in milliseconds. */
const SMALLEST_MILLISECONDS = 100_000_000_000;

const isText = (value: unknown) => typeof value === 'string';
const isWhole = (value: unknown) => Number.isSafeInteger(value);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  boolean_t: (value) => typeof value === 'boolean',
  integer_t: (value) => isWhole(value) && Math.abs(value as number) < 2 ** 31,
  long_t: isWhole,
  port_t: (value) => isWhole(value) && (value as number) >= 0 && (value as number) < 65_536,
  timestamp_t: (value) => isWhole(value) && (value as number) >= SMALLEST_MILLISECONDS,
  datetime_t: (value) =>
    isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value as string),
  ip_t: (value) => isText(value) && isIP(value as string) !== 0,
  json_t: (value) => isText(value) && isJson(value as string),
  string_t: isText,
  username_t: isText,
  hostname_t: isText,
  resource_uid_t: isText,
  url_t: isText,
  email_t: isText,
  mac_t: isText,
  uuid_t: isText,
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The release of OCSF that rows are checked against. */
export const CHECKED_VERSION = schema.schema;

/** All that is wrong with a row by the OCSF schema; empty where it conforms. */
export function faultsOf(row: object): readonly string[] {
  const { class_uid, activity_id, type_uid } = row as Readonly<Record<string, number>>;
  const shape = CLASSES.find(({ uid }) => uid === class_uid);
  if (shape === undefined) return [`class_uid: ${class_uid} is no class of the extract`];
  const faults = [...faultsAt(row, shape, '')];
  if (type_uid !== Number(class_uid) * 100 + Number(activity_id))
    faults.push(`type_uid: ${type_uid} is not class_uid * 100 + activity_id`);
  return faults;
}

function* faultsAt(value: unknown, shape: Shape, path: string): Generator<string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    yield `${path}: not an object`;
    return;
  }
  const own = value as Readonly<Record<string, unknown>>;
  for (const [name, { required }] of Object.entries(shape.attributes))
    if (required && own[name] === undefined) yield `${path}${name}: required, but missing`;
  if (shape.at_least_one && !shape.at_least_one.some((name) => own[name] !== undefined))
    yield `${path}: has none of ${shape.at_least_one.join(', ')}`;
  for (const [name, inner] of Object.entries(own)) {
    if (inner === undefined) continue;
    const attribute = shape.attributes[name];
    if (attribute === undefined) yield `${path}${name}: OCSF has no such attribute`;
    else yield* faultsOfAttribute(inner, attribute, `${path}${name}`);
  }
}

function* faultsOfAttribute(value: unknown, attribute: Attribute, path: string): Generator<string> {
  const { array, ...one } = attribute;
  if (array) {
    if (!Array.isArray(value)) yield `${path}: not an array`;
    else
      for (const [i, inner] of value.entries())
        yield* faultsOfAttribute(inner, one, `${path}[${i}]`);
    return;
  }
  const { type } = attribute;
  if (type === 'object') return;
  if (type.endsWith('_t')) {
    if (!TYPES[type]?.(value)) yield `${path}: ${JSON.stringify(value)} is no ${type}`;
    else if (attribute.enum && !attribute.enum.includes(value as number))
      yield `${path}: ${String(value)} is none of ${attribute.enum.join(', ')}`;
    return;
  }
  const shape = OBJECTS[type];
  if (shape === undefined) yield `${path}: the extract has no object ${type}`;
  else yield* faultsAt(value, shape, `${path}.`);
}
