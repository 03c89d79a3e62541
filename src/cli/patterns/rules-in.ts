import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isObject, type Json, UserError } from '#core';
import { answeredRules, isRuleAnswer, isTemplate, templateRules } from './cloudformation';
import { type Found, NOTHING } from './rule';
import { isTerraformJson, terraformJsonRules } from './terraform-json';
import { isTerraformShow, terraformShowRules } from './terraform-show';

/** What a file holds, with its path as it was given or found. */
export interface FileFound extends Found {
  readonly file: string;
}

/**
 * The rules in a file, or in all JSON files below a folder.
 * @throws UserError where it cannot be read
 */
export function rulesIn(given: string): readonly FileFound[] {
  let isFolder: boolean;
  try {
    isFolder = statSync(given).isDirectory();
  } catch (cause) {
    throw new UserError(`${given} cannot be read`, { cause });
  }
  if (!isFolder) return [{ file: given, ...(found(textOf(given)) ?? itself(textOf(given))) }];
  return filesBelow(given).flatMap((file) => {
    const text = textOf(file);
    const held = found(text) ?? inFolder(text);
    return held.rules.length + held.unchecked.length === 0 ? [] : [{ file, ...held }];
  });
}

/** Where tools keep what is not the user's own. */
const PASSED_OVER = new Set(['node_modules', '.git', '.terraform']);

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) return PASSED_OVER.has(entry.name) ? [] : filesBelow(full);
      return entry.isFile() && entry.name.endsWith('.json') ? [full] : [];
    });

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError(`${file} cannot be read`, { cause });
  }
}

const itself = (pattern: string): Found => ({ rules: [{ address: '', pattern }], unchecked: [] });

/** Among a folder's files only what can be nothing else is taken for a pattern. */
function inFolder(text: string): Found {
  const document = parsed(text);
  if (document === undefined)
    return { rules: [], unchecked: [{ address: '', because: 'it is not JSON' }] };
  return looksLikePattern(document) ? itself(text) : NOTHING;
}

/** The rules of a document that is known; undefined for any other. */
function found(text: string): Found | undefined {
  const document = parsed(text);
  if (document === undefined) return undefined;
  if (isTerraformShow(document)) return terraformShowRules(document);
  if (isTerraformJson(document)) return terraformJsonRules(document);
  if (isTemplate(document)) return templateRules(document);
  if (isRuleAnswer(document)) return answeredRules(document);
  return undefined;
}

/** A pattern has nothing but objects and lists in it; most other JSON files have not. */
function looksLikePattern(document: Json): boolean {
  if (!isObject(document)) return false;
  const values = Object.values(document);
  return values.length > 0 && values.every((one) => typeof one === 'object' && one !== null);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
