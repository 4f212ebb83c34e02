// Starts the distribution's Chromium; Playwright's own browser build is never downloaded.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/**
 * What Playwright needs to start the browser: its path on this machine, and no traffic but the test's own. Where there
 * is one it is Chromium's build without a window: the same engine, and a page opens in a third of the time.
 */
export const launchOptions = {
  executablePath: process.env.HUIMIN_CHROMIUM ?? onPath(["chromium-headless-shell", ...NAMES]),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

/** The browser as people have it, with what the build without a window lacks: it keeps the pages it left. */
export const wholeBrowser = { ...launchOptions, executablePath: process.env.HUIMIN_CHROMIUM ?? onPath(NAMES) };

/** The two screens every page is judged on: a resident's phone and a counter's monitor. */
export const screens = {
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
};

/** The reading mode as the portal remembers it; the size of its text in pixels: 22, 26 or 30. */
export function elderCookie(url, size = 22) {
  return { name: "elder", value: String(size), url };
}

/** A running browser; close it when done. */
export function launch() {
  return chromium.launch(launchOptions);
}

function onPath(names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  for (const name of names) {
    for (const folder of folders) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this folder: the next one may have it.
      }
    }
  }
  throw new Error("No Chromium on PATH: run `make setup-test`, or set HUIMIN_CHROMIUM to its path.");
}
