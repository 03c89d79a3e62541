import { endEmulator } from './emulator';
import { type Places, placesIn } from './folder';
import { end } from './processes';
import { forget, isMaker, stateOf } from './record';

/** What was there, and is no more. */
export type Ended = 'ended' | 'nothing was up' | 'only a stale record was there';

/** Ends the sandbox in a folder; logs and what was synthesised stay. */
export async function takeDown(folder?: string): Promise<Ended> {
  const places: Places = placesIn(folder);
  const found = stateOf(places);
  if (found.state === 'down') return 'nothing was up';
  if (found.state === 'starting' && isMaker(found.maker)) await end(found.maker);
  if (found.state !== 'stale' && found.emulator) await endEmulator(found.emulator.pid, places);
  forget(places);
  return found.state === 'stale' ? 'only a stale record was there' : 'ended';
}
