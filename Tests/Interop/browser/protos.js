// Packs and unpacks protobuf messages as the .proto files describe them, which it reads itself: only what those files use.
//
//     const protos = await Protos.load("/Protos/countertop/v1/", ["frame", "lanes"]);
//     const bytes = protos.pack("Ping", {token: 1n});
//     protos.unpack("Ping", bytes).token === 1n
//
// Numbers of 64 bits are BigInt. A field that is not sent has its type's zero; a message that is not sent is undefined.

const VARINT = 0, FIXED64 = 1, BYTES = 2, FIXED32 = 5;
const WIDE = new Set(["int64", "uint64", "sint64"]);
const ZEROS = {string: "", bool: false, bytes: new Uint8Array()};

export class Protos {
  messages = new Map();
  enums = new Map();
  // Each call's name, such as "countertop.v1.Lanes/Watch", with the names of its two messages.
  calls = new Map();

  static async load(folder, names) {
    const protos = new Protos();
    for (const name of names) protos.read(await (await fetch(`${folder}${name}.proto`)).text());
    return protos;
  }

  read(text) {
    const lines = text.replace(/\/\/.*$/gm, "");
    const name = lines.match(/package ([\w.]+);/)[1];
    for (const [, kind, type, body] of lines.matchAll(/^(message|enum|service) (\w+) \{(.*?)(?:^\}|(?<=\{)\})$/gms)) {
      if (kind === "enum") this.enums.set(type, new Map([...body.matchAll(/(\w+) = (\d+);/g)].map(m => [m[1], +m[2]])));
      if (kind === "message") {
        const fields = [...body.matchAll(/(repeated )?(\w+) (\w+) = (\d+);/g)];
        this.messages.set(type, fields.map(m => ({repeated: !!m[1], type: m[2], name: m[3], number: +m[4]})));
      }
      if (kind !== "service") continue;
      for (const [, call, request, answer] of body.matchAll(/rpc (\w+)\((\w+)\) returns \((?:stream )?(\w+)\)/g)) {
        this.calls.set(`${name}.${type}/${call}`, {request, answer});
      }
    }
  }

  pack(type, message) {
    const out = [];
    for (const field of this.messages.get(type)) {
      const value = message[field.name];
      if (value === undefined) continue;
      for (const one of field.repeated ? value : [value]) this.#packField(out, field, one);
    }
    return Uint8Array.from(out);
  }

  unpack(type, bytes) {
    const fields = new Map(this.messages.get(type).map(field => [field.number, field]));
    const message = {};
    for (const field of fields.values()) {
      if (field.repeated) message[field.name] = [];
      else if (!this.messages.has(field.type)) message[field.name] = this.#zero(field.type);
    }
    const reader = new Reader(bytes);
    while (!reader.isAtEnd) {
      const tag = Number(reader.varint());
      const field = fields.get(tag >> 3);
      const raw = reader.value(tag & 7);
      if (!field) continue;  // Newer than these files.
      const values = this.#unpackField(field, tag & 7, raw);
      if (field.repeated) message[field.name].push(...values);
      else message[field.name] = values.at(-1);
    }
    return message;
  }

  #zero(type) {
    return type in ZEROS ? ZEROS[type] : WIDE.has(type) ? 0n : 0;
  }

  #packField(out, {type, number}, value) {
    let bytes;
    if (this.messages.has(type)) bytes = this.pack(type, value);
    else if (type === "string") bytes = new TextEncoder().encode(value);
    else if (type === "bytes") bytes = value;
    if (bytes) {
      varint(out, BigInt(number << 3 | BYTES));
      varint(out, BigInt(bytes.length));
      for (const byte of bytes) out.push(byte);
      return;
    }
    if (this.enums.has(type) && typeof value === "string") value = this.enums.get(type).get(value);
    varint(out, BigInt(number << 3 | VARINT));
    const wide = BigInt(value);
    varint(out, BigInt.asUintN(64, type.startsWith("sint") ? wide << 1n ^ wide >> 63n : wide));
  }

  #unpackField({type, repeated}, wire, raw) {
    if (this.messages.has(type)) return [this.unpack(type, raw)];
    if (type === "string") return [new TextDecoder("utf-8", {fatal: true}).decode(raw)];
    if (type === "bytes") return [raw];
    if (wire !== BYTES || !repeated) return [this.#number(type, raw)];
    const [values, reader] = [[], new Reader(raw)];
    while (!reader.isAtEnd) values.push(this.#number(type, reader.varint()));
    return values;
  }

  #number(type, raw) {
    if (type === "bool") return raw !== 0n;
    if (type.startsWith("sint")) raw = raw >> 1n ^ -(raw & 1n);
    if (type.startsWith("int")) raw = BigInt.asIntN(64, raw);
    return WIDE.has(type) ? raw : Number(raw);
  }
}

function varint(out, value) {
  for (; value > 0x7fn; value >>= 7n) out.push(Number(value & 0x7fn) | 0x80);
  out.push(Number(value));
}

class Reader {
  #bytes;
  #at = 0;

  constructor(bytes) {
    this.#bytes = bytes;
  }

  get isAtEnd() {
    return this.#at === this.#bytes.length;
  }

  varint() {
    let value = 0n;
    for (let shift = 0n; shift < 64n; shift += 7n) {
      const [byte] = this.take(1);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new Error("A number of more than 10 bytes came.");
  }

  value(wire) {
    switch (wire) {
      case VARINT: return this.varint();
      case BYTES: return this.take(Number(this.varint()));
      case FIXED64: return this.take(8);
      case FIXED32: return this.take(4);
      default: throw new Error(`A field of wire type ${wire} came.`);
    }
  }

  take(count) {
    if (this.#at + count > this.#bytes.length) throw new Error("A message ended too early.");
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }
}
