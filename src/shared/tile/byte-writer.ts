// Little-endian reading and writing over one growing buffer; reading past the end gives null, never garbage.

export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  uint8(value: number): this {
    const at = this.#grow(1); // may replace the view
    this.#view.setUint8(at, value);
    return this;
  }
  uint16(value: number): this {
    const at = this.#grow(2); // may replace the view
    this.#view.setUint16(at, value, true);
    return this;
  }
  int16(value: number): this {
    const at = this.#grow(2); // may replace the view
    this.#view.setInt16(at, value, true);
    return this;
  }
  int32(value: number): this {
    const at = this.#grow(4); // may replace the view
    this.#view.setInt32(at, value, true);
    return this;
  }
  float64(value: number): this {
    const at = this.#grow(8); // may replace the view
    this.#view.setFloat64(at, value, true);
    return this;
  }
  /** A whole number from 0 to 2^53 − 1, seven bits a byte from the lowest, the high bit set while more follow. */
  varint(value: number): this {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.uint8((rest % 128) | 128);
    return this.uint8(rest);
  }
  bytes(value: Uint8Array): this {
    const at = this.#grow(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  /** A copy of what was written. */
  done(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(by: number): number {
    const at = this.#length;
    this.#length += by;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}

export class ByteReader {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  #at = 0;
  /** True once something was read past the end; every value read since is 0. */
  overrun = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }
  uint8(): number {
    const at = this.#take(1);
    return at < 0 ? 0 : this.#view.getUint8(at);
  }
  uint16(): number {
    const at = this.#take(2);
    return at < 0 ? 0 : this.#view.getUint16(at, true);
  }
  int16(): number {
    const at = this.#take(2);
    return at < 0 ? 0 : this.#view.getInt16(at, true);
  }
  int32(): number {
    const at = this.#take(4);
    return at < 0 ? 0 : this.#view.getInt32(at, true);
  }
  float64(): number {
    const at = this.#take(8);
    return at < 0 ? 0 : this.#view.getFloat64(at, true);
  }
  /** At most eight bytes: a longer one is cut there, which no writer makes. */
  varint(): number {
    let value = 0;
    for (let scale = 1; scale <= 128 ** 7; scale *= 128) {
      const byte = this.uint8();
      value += (byte & 127) * scale;
      if (byte < 128) break;
    }
    return value;
  }
  /** The next `count` bytes as a view, or an empty array past the end. */
  bytes(count: number): Uint8Array {
    const at = this.#take(count);
    return at < 0 ? new Uint8Array(0) : this.#bytes.subarray(at, at + count);
  }

  #take(count: number): number {
    if (this.#at + count > this.#bytes.length) {
      this.overrun = true;
      return -1;
    }
    const at = this.#at;
    this.#at += count;
    return at;
  }
}
