// Starts a demo server of its own for a test: free port, fresh data folder, the clock where the test wants it.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";

const TARGET = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL("../target", import.meta.url));
const START_LIMIT_MS = 30_000;
// In furnished data: for how many milliseconds the server ran that made it.
const RAN = "ran";

/**
 * Starts `huimin serve` with demo data and waits until it answers.
 * @param {{now?: string, env?: Record<string, string>}} options `now`: an RFC 3339 instant for HUIMIN_NOW; `env`: more variables.
 * @returns {Promise<{url: string, log: () => string, stop: () => Promise<void>, later: (minutes: number, more?: Record<string, string>) => Promise<void>}>}
 * `later` starts it again on the same data with its clock so much further on, and with `more` variables; only with `now`.
 */
export async function startServer({ now, env = {} } = {}) {
  const data = await mkdtemp(join(tmpdir(), "huimin-end2end-"));
  const { url, settings } = await place(data, env);
  let log = "";
  const begin = (now, more = {}) => run(url, { ...settings, ...more, ...(now ? { HUIMIN_NOW: now } : {}) }, (text) => (log += text));
  const started = Date.now();
  let skipped = 0;
  let end = async () => {};
  const stop = async () => {
    await end();
    await rm(data, { recursive: true, force: true });
  };
  const later = async (minutes, more) => {
    await end();
    skipped += minutes * 60_000;
    end = await begin(new Date(Date.parse(now) + Date.now() - started + skipped).toISOString(), more);
  };
  try {
    skipped = await furnish(data, now, env);
    end = await begin(now && new Date(Date.parse(now) + skipped).toISOString());
  } catch (failure) {
    await stop();
    throw failure;
  }
  return { url, log: () => log, stop, later };
}

// A free address and the settings of a server that keeps its data in this folder.
async function place(data, env) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    ...withoutOurs(process.env),
    HUIMIN_ADDR: `127.0.0.1:${port}`,
    HUIMIN_DATA: data,
    HUIMIN_KEYS: join(data, "keys.json"),
    HUIMIN_DEMO: "1",
    HUIMIN_PUBLIC_URL: url,
    ...env,
  };
  return { url, settings };
}

// Fills an empty data folder with what a server with this clock and these settings has in it when it first answers.
// That is made once a run, in the folder that the workers share; two workers that make it at once make the same. Gives the
// milliseconds that its clock went on meanwhile: nobody has what was given later, and nothing is written before it.
async function furnish(data, now, env) {
  const shared = process.env.HUIMIN_RUN;
  if (!shared || !now) return 0;
  const key = createHash("sha256").update(JSON.stringify([now, env])).digest("hex");
  const template = join(shared, `data-${key}`);
  if (!existsSync(template)) {
    const fresh = await mkdtemp(join(shared, "fresh-"));
    const { url, settings } = await place(fresh, env);
    const begun = Date.now();
    const end = await run(url, { ...settings, HUIMIN_NOW: now }, () => {});
    await end();
    await writeFile(join(fresh, RAN), String(Date.now() - begun));
    await rename(fresh, template).catch((error) => {
      if (!existsSync(template)) throw error;
    });
  }
  await cp(template, data, { recursive: true });
  return Number(await readFile(join(data, RAN), "utf8"));
}

// Starts the program and gives what ends it.
async function run(url, env, tell) {
  const child = spawn(binary(), ["serve"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  const hear = (text) => ((log += text), tell(text));
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  let ended = false;
  const gone = new Promise((resolve) => {
    const over = () => ((ended = true), resolve());
    child.once("exit", over);
    child.once("error", (error) => (hear(`${error}\n`), over()));
  });
  const end = async () => {
    if (!ended) child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await gone;
    clearTimeout(timer);
  };
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await answers(url))) {
    if (ended || Date.now() > deadline) {
      await end();
      throw new Error(`The server did not start.\n${log}`);
    }
    await pause(50);
  }
  return end;
}

/** Whether a Huimin server is ready at this address. */
export async function answers(url) {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}

// The newest build, so that a forgotten older one of the other profile is never tested by mistake.
function binary() {
  if (process.env.HUIMIN_BIN) return process.env.HUIMIN_BIN;
  const built = ["debug", "release"].map((profile) => join(TARGET, profile, "huimin")).filter(existsSync);
  built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (!built[0]) throw new Error("No server is built yet: run `make build` first.");
  return built[0];
}

// The caller's own settings must not leak into a test.
function withoutOurs(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith("HUIMIN_") && name !== "DATABASE_URL"),
  );
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
