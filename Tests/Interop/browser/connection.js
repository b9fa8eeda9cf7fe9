// One connection to an edge over WebSocket: frames, streams, keepalive. Sources/Wire/Wire.docc/Protocol.md describes all of it.

const SILENCE_MS = 30_000, PONG_MS = 10_000;
const FRAME_BYTES_MAX = 65_536;

// The edge's Status, or the connection's end: a reason for programs, a sentence for people.
export class Refused extends Error {
  constructor(reason, message) {
    super(message);
    this.reason = reason;
  }
}

export class Connection {
  welcome;
  #protos;
  #socket;
  #received = new Uint8Array();
  #streams = new Map();
  #lastStream = -1;
  #ending = new Refused("CONNECTION_LOST", "The connection to the edge was lost.");
  #timer;

  // Resolves when the edge has said welcome.
  static open(protos, url, client) {
    return new Promise((resolve, reject) => new Connection(protos, url, client, resolve, reject));
  }

  constructor(protos, url, client, welcomed, refused) {
    this.#protos = protos;
    this.#socket = new WebSocket(url);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onopen = () => this.#send(0, "hello", {version_min: 1, version_max: 1, client});
    this.#socket.onmessage = event => {
      try {
        this.#receive(new Uint8Array(event.data), welcomed);
      } catch (error) {
        this.#giveUp(new Refused("EDGE_UNREADABLE", `The edge's answer cannot be read: ${error.message}`));
      }
    };
    this.#socket.onclose = () => {
      clearTimeout(this.#timer);
      if (!this.welcome && this.#ending.reason === "CONNECTION_LOST") {
        // A browser tells a page no more than that.
        this.#ending = new Refused("CONNECT_FAILED", "No connection to the edge came about. Is it running, does this "
          + "browser trust the store's authority, and is this page's origin in the edge's configuration?");
      }
      refused(this.#ending);
      for (const [number, stream] of [...this.#streams]) this.#end(number, stream, this.#ending);
    };
    this.#watchSilence();
  }

  // Makes a call with one answer. `operation`: up to 64 bytes that make it safe to make again.
  call(name, fields, operation) {
    return new Promise((resolve, reject) => this.#open(name, fields, {operation, deadline_ms: 10_000}, resolve, reject));
  }

  // Resolves when the stream has ended well. `took` gets each message, one after the other, and may take its time over it:
  // only then there is credit for another, so that no more wait here. What it throws ends the stream.
  stream(name, fields, took) {
    return new Promise((resolve, reject) => this.#open(name, fields, {}, took, error => error ? reject(error) : resolve()));
  }

  close() {
    this.#socket.close();
  }

  #open(name, fields, more, took, end) {
    if (this.#socket.readyState !== WebSocket.OPEN) return end(this.#ending);
    const call = `countertop.v1.${name}`;
    const types = this.#protos.calls.get(call);
    this.#lastStream += 2;
    this.#streams.set(this.#lastStream, {answer: types.answer, took, end, work: Promise.resolve()});
    this.#send(this.#lastStream, "request", {call, body: this.#protos.pack(types.request, fields), ...more});
  }

  #send(stream, kind, message) {
    const frame = this.#protos.pack("Frame", {stream, [kind]: message});
    const bytes = new Uint8Array(4 + frame.length);
    new DataView(bytes.buffer).setUint32(0, frame.length);
    bytes.set(frame, 4);
    this.#socket.send(bytes);
  }

  // Where a WebSocket message ends means nothing: a frame may come in several, and several in one.
  #receive(bytes, welcomed) {
    this.#watchSilence();
    const all = new Uint8Array(this.#received.length + bytes.length);
    all.set(this.#received);
    all.set(bytes, this.#received.length);
    let at = 0;
    while (all.length - at >= 4) {
      const length = new DataView(all.buffer, at).getUint32(0);
      if (length > FRAME_BYTES_MAX) throw new Error(`A frame of ${length} bytes came.`);
      if (all.length - at - 4 < length) break;
      this.#take(this.#protos.unpack("Frame", all.subarray(at + 4, at + 4 + length)), welcomed);
      at += 4 + length;
    }
    this.#received = all.slice(at);
  }

  #take(frame, welcomed) {
    const stream = this.#streams.get(frame.stream);
    if (frame.welcome) {
      this.welcome = frame.welcome;
      welcomed(this);
    } else if (frame.ping) {
      this.#send(0, "pong", {token: frame.ping.token});
    } else if (frame.goodbye) {
      // The edge ends its streams, and closes.
      this.#ending = new Refused(frame.goodbye.reason, frame.goodbye.message);
    } else if (frame.status && frame.stream === 0) {
      this.#ending = new Refused(frame.status.reason, frame.status.message);
    } else if (frame.status && stream) {
      const isWell = frame.status.code === 0;
      this.#end(frame.stream, stream, isWell ? undefined : new Refused(frame.status.reason, frame.status.message));
    } else if (frame.message && stream) {
      this.#deliver(frame.stream, stream, this.#protos.unpack(stream.answer, frame.message.body));
      if (frame.message.last) this.#end(frame.stream, stream);
    }
  }

  #deliver(number, stream, content) {
    stream.work = stream.work.then(() => stream.took(content)).then(() => {
      if (this.#streams.has(number)) this.#send(number, "credit", {messages: 1});
    });
    stream.work.catch(fault => {
      if (this.#streams.has(number)) this.#send(number, "cancel", {});
      this.#end(number, stream, fault);
    });
  }

  // What came before is dealt with first.
  #end(number, stream, ending) {
    this.#streams.delete(number);
    stream.work.then(() => stream.end(ending), stream.end);
  }

  // A browser does not tell a page that the other side is gone, so the page asks.
  #watchSilence() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.welcome) this.#send(0, "ping", {token: 1n});
      this.#timer = setTimeout(() => this.#giveUp(new Refused("PEER_SILENT", "The edge does not answer.")), PONG_MS);
    }, SILENCE_MS);
  }

  #giveUp(ending) {
    this.#ending = ending;
    this.#socket.close();
    this.#socket.onclose();
  }
}
