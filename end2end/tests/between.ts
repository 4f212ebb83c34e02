// Between browser and server, for what a server does on its bad days.
import { createServer, request as ask, type Server as Http } from "node:http";
import type { AddressInfo } from "node:net";

/** Stands between browser and server: slow, broken, or with the worker of an older version. */
export class Between {
  readonly #http: Http;
  /** Milliseconds before a page is answered. */
  slow = 0;
  /** With which every page is answered, or as the server does. */
  status: number | undefined;
  /** What the worker of today is turned into. */
  worker = (text: string) => text;

  private constructor(home: string) {
    this.#http = createServer((asked, answer) => {
      const headers = { ...asked.headers, host: new URL(home).host, "accept-encoding": "identity" };
      const passed = ask(new URL(asked.url!, home), { method: asked.method, headers }, (come) => {
        const parts: Buffer[] = [];
        come.on("data", (part) => parts.push(part));
        come.on("end", () => {
          const body = Buffer.concat(parts);
          const text = asked.url === "/sw.js" ? Buffer.from(this.worker(body.toString())) : body;
          // A worker that was turned into another one is not known by the tag of the first.
          const { "content-length": _, "transfer-encoding": __, etag: ___, ...rest } = come.headers;
          const isPage = asked.headers.accept?.includes("text/html") ?? false;
          const status = (isPage && this.status) || come.statusCode!;
          setTimeout(() => answer.writeHead(status, rest).end(text), isPage ? this.slow : 0);
        });
      });
      asked.pipe(passed);
    });
  }

  static async to(home: string) {
    const between = new Between(home);
    await new Promise<void>((open) => between.#http.listen(0, "127.0.0.1", open));
    return between;
  }

  get url() {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  stop() {
    this.#http.closeAllConnections();
    this.#http.close();
  }
}
