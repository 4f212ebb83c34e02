// A line to a server that can be cut and mended, as a cable in a hall.
import { type AddressInfo, type Socket, connect, createServer } from "node:net";

export class Line {
  #open = true;
  readonly #sockets = new Set<Socket>();

  private constructor(readonly url: string) {}

  /** A new address at which the server is reached as well. */
  static async to(server: string) {
    const { hostname, port } = new URL(server);
    const ends = createServer();
    await new Promise<void>((ready) => ends.listen(0, "127.0.0.1", ready));
    ends.unref();
    const line = new Line(`http://127.0.0.1:${(ends.address() as AddressInfo).port}`);
    ends.on("connection", (near) => {
      const far = connect(Number(port), hostname);
      for (const [one, other] of [[near, far], [far, near]]) {
        line.#sockets.add(one);
        one.on("error", () => {});
        one.on("close", () => (line.#sockets.delete(one), other.destroy()));
        one.pipe(other);
      }
      if (!line.#open) near.destroy();
    });
    return line;
  }

  /** From now on nothing comes through. */
  cut() {
    this.#open = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend() {
    this.#open = true;
  }
}
