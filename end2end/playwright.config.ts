// One browser, the distribution's Chromium; every test on a phone and at a counter, with scripts and without.
// A test whose title carries @scripts needs them; one with @plain shows what happens without.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { launchOptions, screens } from "./browser.mjs";

// What the workers of one run share: data folders to copy, and the pages that axe found clean. Workers read this file
// too, and inherit the names.
process.env.HUIMIN_RUN ??= mkdtempSync(join(tmpdir(), "huimin-run-"));

export default defineConfig({
  testDir: "tests",
  globalTeardown: "./teardown.ts",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // When the house is on fire, thirty alarms are enough.
  maxFailures: 30,
  workers: "100%",
  // Generous, for a machine that compiles at the same time; a healthy journey takes seconds.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [["list"], ["json"]] : [["list"]],
  use: {
    browserName: "chromium",
    launchOptions,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "phone", use: screens.phone, grepInvert: /@plain/ },
    { name: "phone without scripts", use: { ...screens.phone, javaScriptEnabled: false }, grepInvert: /@scripts/ },
    { name: "desktop", use: screens.desktop, grepInvert: /@plain/ },
    { name: "desktop without scripts", use: { ...screens.desktop, javaScriptEnabled: false }, grepInvert: /@scripts/ },
  ],
});
