// A till that lives in a browser: pairs once, then watches its lane over as many connections as it takes.

import {Connection, Refused} from "./connection.js";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const FIRST_WAIT_MS = 100, LONGEST_WAIT_MS = 5_000, TRIES_MAX = 6;
// The connection ended, and not what it was used for: try the next one.
const LOST = new Set(["CONNECTION_LOST", "CONNECT_FAILED", "GAVE_WAY", "HELLO_LATE", "IDENTITY_LATE", "PEER_SILENT",
  "SHUTTING_DOWN", "STREAMS_USED_UP", "TOO_MANY_CONNECTIONS", "WELCOME_LATE", "CONSUMER_TOO_SLOW"]);
const SIGNING = {name: "ECDSA", hash: "SHA-256"};
const text = string => new TextEncoder().encode(string);
const joined = (...parts) => Uint8Array.from(parts.flatMap(part => [...part]));

// The 25 bytes of a pairing code: 16 of the edge's key, 8 of secret, 1 that checks them.
async function decode(code) {
  const letters = code.toUpperCase().replace(/[- ]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  const digits = [...letters].map(letter => ALPHABET.indexOf(letter));
  if (digits.length !== 40 || digits.includes(-1)) {
    throw new Refused("PAIRING_CODE_MALFORMED", "A code has 40 letters and digits.");
  }
  const number = digits.reduce((sum, digit) => sum << 5n | BigInt(digit), 0n);
  const bytes = Uint8Array.from({length: 25}, (_, index) => Number(number >> BigInt(8 * (24 - index)) & 0xffn));
  const check = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes.subarray(0, 24)));
  if (check[0] !== bytes[24]) throw new Refused("PAIRING_CODE_MALFORMED", "A character of the code is wrong.");
  return {edgeKey: bytes.slice(0, 16), secret: bytes.slice(16, 24)};
}

export class Till {
  // What pairing gave, and the last scan applied: {url, id, keys, edgeKey, lane, token, epoch, sequence}.
  #kept;
  #protos;
  #store;
  #connection;
  #basket;

  // `store` keeps things between visits: get(name), put(name, value). A CryptoKey is one of them.
  constructor(protos, store) {
    this.#protos = protos;
    this.#store = store;
  }

  async load() {
    this.#kept = await this.#store.get("till");
    return this.#kept;
  }

  // Pairs with the edge at `host` ("edge.local:7434") by the code that `countertop pair` shows there.
  async pair(host, code) {
    const {edgeKey, secret} = await decode(code);
    const url = `wss://${host}/v1`;
    // The private key cannot be taken out of the browser, not by this page either: it can only sign.
    const keys = await crypto.subtle.generateKey({name: "ECDSA", namedCurve: "P-256"}, false, ["sign", "verify"]);
    const spki = new Uint8Array(await crypto.subtle.exportKey("spki", keys.publicKey));
    const mac = await crypto.subtle.importKey("raw", secret, {name: "HMAC", hash: "SHA-256"}, false, ["sign"]);
    const proof = await crypto.subtle.sign("HMAC", mac, joined(text("countertop pairing 1\n"), edgeKey, spki));
    const connection = await Connection.open(this.#protos, url, "browser-till/1");
    try {
      const answer = await connection.call("Pairing/Pair", {browser_key: spki, proof: new Uint8Array(proof)});
      const token = crypto.getRandomValues(new Uint8Array(16));
      this.#kept = {url, id: answer.till.id, keys, edgeKey, lane: answer.till.lane, token, epoch: 0n, sequence: 0n};
      await this.#store.put("till", this.#kept);
      return answer.till;
    } finally {
      connection.close();
    }
  }

  // Watches the lane until only a person can help: the reason is thrown. `on` is told connected(welcome), lost(refused),
  // lane(lane), gap(gap), scan(scan), and applied(scan) when this is kept. A page that ends before gets the scan again.
  async watch(on) {
    for (let failures = 0; ; failures += 1) {
      try {
        await pause(failures);
        this.#connection = await this.#prove(await Connection.open(this.#protos, this.#kept.url, "browser-till/1"));
        on.connected(this.#connection.welcome);
        const {lane, token, epoch, sequence} = this.#kept;
        const request = {lane, till_token: token, epoch, after_sequence: sequence};
        // It ends when all that came is kept, so that the next watch begins behind it.
        await this.#connection.stream("Lanes/Watch", request, event => {
          failures = 0;
          return this.#took(event, on);
        });
      } catch (error) {
        this.#connection?.close();
        if (!LOST.has(error.reason)) throw error;
        if (failures === 0) on.lost(error);
      }
    }
  }

  async #took(event, on) {
    if (event.lane) {
      this.#basket = event.lane.basket?.id;
      on.lane(event.lane);
    }
    if (event.gap) {
      on.gap(event.gap);
      await this.#keep(event.gap.epoch, event.gap.next_sequence && event.gap.next_sequence - 1n);
    }
    if (!event.scan) return;
    on.scan(event.scan);
    const {epoch, sequence} = event.scan;
    await this.#keep(epoch, sequence);
    on.applied(event.scan);
    // One that does not get through is made good by the next.
    this.#connection.call("Lanes/Acknowledge", {lane: this.#kept.lane, epoch, sequence}).catch(() => {});
  }

  async #keep(epoch, sequence) {
    Object.assign(this.#kept, {epoch, sequence});
    await this.#store.put("till", this.#kept);
  }

  async openBasket() {
    const basket = crypto.randomUUID();
    return this.#once("Lanes/OpenBasket", {lane: this.#kept.lane, basket});
  }

  // Puts the customer with this code into the open basket.
  async attach(code) {
    const found = await this.#connection.call("Customers/Resolve", {code: text(code)});
    if (!found.customer) throw new Refused("CUSTOMER_UNKNOWN", "Nobody has that code.");
    const fields = {lane: this.#kept.lane, basket: this.#basket, customer: found.customer.id, replace: true};
    return this.#once("Lanes/AttachCustomer", fields);
  }

  // Makes a call again until it has an answer, under one operation id: what was done before its answer got lost is not done
  // twice.
  async #once(name, fields) {
    const operation = crypto.getRandomValues(new Uint8Array(16));
    for (let failures = 0; ; failures += 1) {
      try {
        await pause(failures);
        return await this.#connection.call(name, fields, operation);
      } catch (error) {
        if (!LOST.has(error.reason) || failures === TRIES_MAX) throw error;
      }
    }
  }

  // Says who this page is, by signing what the edge made up for this connection alone.
  async #prove(connection) {
    const signed = joined(text("countertop proof 1\n"), this.#kept.edgeKey, connection.welcome.nonce);
    const signature = new Uint8Array(await crypto.subtle.sign(SIGNING, this.#kept.keys.privateKey, signed));
    await connection.call("Pairing/Prove", {till: this.#kept.id, signature});
    return connection;
  }
}

// At once, then after waits that double, each a random part of its bound, so that a store's tills do not all come at once.
function pause(failures) {
  if (failures === 0) return;
  const bound = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 20));
  return new Promise(done => setTimeout(done, bound * (0.5 + 0.5 * Math.random())));
}
