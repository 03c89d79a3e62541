import { dirname, resolve } from 'node:path';
import type { TerraformStack } from 'cdktf';
import type { Configuration } from '#config';
import { keepState } from '#modules/state';

/** Gives a stack the configured backend; a relative folder is relative to `parapet.yaml`. */
export function keepStateOf(stack: TerraformStack, { state, file }: Configuration): void {
  if (state.backend === 's3') keepState(stack, state);
  else keepState(stack, { ...state, folder: resolve(dirname(file), state.folder) });
}
