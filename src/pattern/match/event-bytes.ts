import { wellFormed } from '../text';

/** Zeros behind an event: no JSON text has one, so that whoever reads on stops there. */
const PADDING = 8;

/** The bytes of one event after the other, in memory that is used again. */
export interface EventBytes {
  buffer: Buffer;
  view: DataView;
  /** Bytes of the present event; at least eight zeros follow. */
  length: number;
}

export function eventBytes(): EventBytes {
  const bytes: EventBytes = {
    buffer: Buffer.alloc(0),
    view: new DataView(new ArrayBuffer(0)),
    length: 0,
  };
  reserve(bytes, 8_192);
  return bytes;
}

/** Takes an event's bytes, or a text as UTF-8. */
export function load(bytes: EventBytes, event: Uint8Array | string): void {
  if (typeof event === 'string') {
    const text = wellFormed(event);
    reserve(bytes, 3 * text.length);
    bytes.length = bytes.buffer.write(text);
  } else {
    reserve(bytes, event.length);
    bytes.buffer.set(event);
    bytes.length = event.length;
  }
  bytes.view.setFloat64(bytes.length, 0);
}

/** Makes room for so many bytes; what is there is lost. */
function reserve(bytes: EventBytes, length: number): void {
  if (length + PADDING <= bytes.buffer.length) return;
  const memory = new ArrayBuffer(2 * length + PADDING);
  bytes.buffer = Buffer.from(memory);
  bytes.view = new DataView(memory);
}
