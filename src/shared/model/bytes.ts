// Little-endian writing and reading, whatever the machine. The reader never throws: past the end it returns 0 and remembers.

export class ByteWriter {
  private bytes = new Uint8Array(1 << 16);
  private view = new DataView(this.bytes.buffer);
  private length = 0;

  /** Where so many bytes begin. Before `view` is named: growing replaces it. */
  private reserve(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.bytes.length) {
      const grown = new Uint8Array(2 * this.length);
      grown.set(this.bytes);
      this.bytes = grown;
      this.view = new DataView(grown.buffer);
    }
    return at;
  }

  u8(value: number): void {
    const at = this.reserve(1);
    this.view.setUint8(at, value);
  }
  u16(value: number): void {
    const at = this.reserve(2);
    this.view.setUint16(at, value, true);
  }
  i32(value: number): void {
    const at = this.reserve(4);
    this.view.setInt32(at, value, true);
  }
  u32(value: number): void {
    const at = this.reserve(4);
    this.view.setUint32(at, value, true);
  }
  f64(value: number): void {
    const at = this.reserve(8);
    this.view.setFloat64(at, value, true);
  }
  f64s(values: Float64Array): void {
    for (let i = 0; i < values.length; i++) this.f64(values[i]!);
  }
  f32s(values: Float32Array): void {
    const at = this.reserve(4 * values.length);
    for (let i = 0; i < values.length; i++) this.view.setFloat32(at + 4 * i, values[i]!, true);
  }
  /** Room for so many bytes, to be filled before anything else is written. */
  block(count: number): Uint8Array {
    const at = this.reserve(count);
    return this.bytes.subarray(at, at + count);
  }
  /** At most 255 UTF-16 code units. */
  text(value: string): void {
    this.u8(value.length);
    for (let i = 0; i < value.length; i++) this.u16(value.charCodeAt(i));
  }
  /** Returns a copy of what was written so far. */
  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

export class ByteReader {
  private readonly view: DataView;
  private at = 0;
  /** True once something was read past the end. */
  short = false;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  private take(count: number): number | null {
    if (this.at + count > this.view.byteLength) {
      this.short = true;
      this.at = this.view.byteLength;
      return null;
    }
    this.at += count;
    return this.at - count;
  }

  /** Bytes not yet read. */
  get left(): number {
    return this.view.byteLength - this.at;
  }
  u8(): number {
    const at = this.take(1);
    return at === null ? 0 : this.view.getUint8(at);
  }
  u16(): number {
    const at = this.take(2);
    return at === null ? 0 : this.view.getUint16(at, true);
  }
  i32(): number {
    const at = this.take(4);
    return at === null ? 0 : this.view.getInt32(at, true);
  }
  u32(): number {
    const at = this.take(4);
    return at === null ? 0 : this.view.getUint32(at, true);
  }
  f64(): number {
    const at = this.take(8);
    return at === null ? 0 : this.view.getFloat64(at, true);
  }
  f64s(into: Float64Array): void {
    for (let i = 0; i < into.length; i++) into[i] = this.f64();
  }
  f32s(into: Float32Array): void {
    for (let i = 0; i < into.length; i++) {
      const at = this.take(4);
      into[i] = at === null ? 0 : this.view.getFloat32(at, true);
    }
  }
  /** So many bytes where they lie, not copied; null past the end. */
  block(count: number): Uint8Array | null {
    const at = this.take(count);
    return at === null ? null : new Uint8Array(this.view.buffer, this.view.byteOffset + at, count);
  }
  text(): string {
    const length = this.u8();
    let out = "";
    for (let i = 0; i < length; i++) out += String.fromCharCode(this.u16());
    return out;
  }
}
