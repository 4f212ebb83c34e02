// A page that is left while its scripts still load is no fault: nothing stands in the console.
import { test } from "./house";

for (const [address, slow] of [
  ["/benefits/check", "**/*.wasm"],
  ["/benefits/check", "**/api/v1/policy/**"],
  ["/marriage/check", "**/*.wasm"],
]) {
  test(`${address} is left while ${slow} loads, and nothing fails @scripts`, async ({ page }) => {
    await page.route(slow, async (route) => {
      await new Promise((later) => setTimeout(later, 300));
      await route.continue().catch(() => {});
    });
    for (let time = 0; time < 5; time++) {
      await page.goto(address, { waitUntil: "domcontentloaded" });
      await page.waitForTimeout(100 + time * 60);
    }
    await page.goto("about:blank");
  });
}
