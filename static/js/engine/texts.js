/** Strings as Arrow holds them: one buffer of UTF-8 and where each begins. Decoded one by one, when they are shown. */

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export class Texts {
  /** @param {Int32Array} offsets one more than there are strings @param {Uint8Array} bytes */
  constructor(offsets, bytes) {
    this.offsets = offsets;
    this.bytes = bytes;
  }

  /** @param {string[]} strings */
  static of(strings) {
    const parts = strings.map((string) => encoder.encode(string));
    const offsets = new Int32Array(parts.length + 1);
    parts.forEach((part, index) => {
      offsets[index + 1] = offsets[index] + part.length;
    });
    const bytes = new Uint8Array(offsets[parts.length]);
    parts.forEach((part, index) => {
      bytes.set(part, offsets[index]);
    });
    return new Texts(offsets, bytes);
  }

  get length() {
    return Math.max(0, this.offsets.length - 1);
  }

  /** @returns {string} "" beyond the end */
  at(index) {
    return decoder.decode(this.bytes.subarray(this.offsets[index], this.offsets[index + 1]));
  }

  all() {
    return Array.from({ length: this.length }, (_, index) => this.at(index));
  }

  /**
   * Where strings lie, in one pass whatever their number.
   * @param {Iterable<string>} strings
   * @returns {Map<string, number>} without those that are nowhere
   */
  find(strings) {
    const wanted = new Set(strings);
    const found = new Map();
    // By length and first two bytes nearly all others are passed over without decoding.
    const hints = new Set();
    for (const string of wanted) {
      const bytes = encoder.encode(string);
      hints.add(hint(bytes.length, bytes[0], bytes[1]));
    }
    const { offsets, bytes } = this;
    for (let index = 0; index < this.length && found.size < wanted.size; index++) {
      const at = offsets[index];
      if (!hints.has(hint(offsets[index + 1] - at, bytes[at], bytes[at + 1]))) continue;
      const string = this.at(index);
      if (wanted.has(string)) found.set(string, index);
    }
    return found;
  }
}

function hint(length, first = 0, second = 0) {
  return (length << 16) | (first << 8) | second;
}
