// What the benefit check keeps of the answers, for how long, and that nothing of them goes anywhere.
import { CHECK, ONCE_READ, begin, go, open, title, untilResult } from "./checking";
import { expect, look, test } from "./house";

test.use(ONCE_READ);

test("what is cleared for another household is offered back", async ({ page }) => {
  await open(page, `${CHECK}?event=lost_income`);
  await begin(page, [["妈妈", "82"]], false);
  await go(page, "下一步");
  await page.getByRole("button", { name: "先看结果" }).click();
  const found = (await title(page).textContent()) ?? "";
  await go(page, "给另一家查（清空）");
  await expect(title(page)).toHaveText("看看能办哪些");
  await look(page, "/benefits/check/{step}");
  await go(page, "恢复刚才的回答");
  await expect(title(page)).toHaveText(found);
  await expect(page.locator("main")).toContainText("妈妈");
});

test("Back after clearing shows the old result, and never one for nobody @scripts", async ({ page }) => {
  await open(page, `${CHECK}?event=lost_income`);
  await begin(page, [["妈妈", "82"]], false);
  await go(page, "下一步");
  await page.getByRole("button", { name: "先看结果" }).click();
  const found = (await title(page).textContent()) ?? "";
  await go(page, "给另一家查（清空）");
  await begin(page, [["邻居", "30"]], true);
  await page.goBack();
  await expect(title(page)).toHaveText("看看能办哪些");
  await page.goBack();
  await expect(title(page)).toHaveText(found);
  await expect(page.locator("main")).toContainText("妈妈");
  await expect(page.locator("main")).not.toContainText("邻居");
});

test("the rules of a benefit open beside the result, and a step that is opened anew says that the answers are gone @scripts", async ({ page, context }) => {
  await open(page, `${CHECK}?event=lost_income`);
  await begin(page, [["我", "82"]], false);
  await go(page, "下一步");
  await untilResult(page);
  await page.locator("#result-dibao > summary").click();
  const opened = context.waitForEvent("page");
  await page.locator("#result-dibao").getByRole("link", { name: "这项的全部规定" }).click();
  await expect((await opened).getByRole("heading", { level: 1 })).toContainText("最低生活保障");
  await expect(page.locator(".outcome")).toBeVisible();
  await page.reload();
  await expect(page.locator("main")).toContainText("刚才的回答没有留下");
  await expect(page).toHaveURL(/\/benefits\/check$/);
  await begin(page, [["我", "40"]], true);
  await page.goBack();
  await expect(title(page)).toHaveText("看看能办哪些");
});

test("nothing that is answered leaves the page or stays in it @scripts", async ({ page, context }) => {
  const asked: string[] = [];
  context.on("request", (request) => asked.push(`${request.method()} ${request.url()} ${request.postData() ?? ""}`));
  await open(page);
  // What the page keeps for the next time without a network is fetched before the first question.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  asked.length = 0;
  await begin(page, [["妈妈", "72"], ["秘密", "33"]], true);
  await go(page, "下一步");
  await untilResult(page, async () => {
    for (const box of await page.locator("input[type=text]").all()) await box.fill("4321");
  });
  const traces = await page.evaluate(async () => [{ ...localStorage }, { ...sessionStorage }, await indexedDB.databases(), document.cookie]);
  expect(traces).toEqual([{}, {}, [], ""]);
  expect(asked.filter((request) => !request.includes("/favicon"))).toEqual([]);
  expect(page.url()).toMatch(/\/benefits\/check\/\d+$/);
  await page.reload();
  await expect(title(page)).toHaveText("看看能办哪些");
  expect(await page.content()).not.toContain("秘密");
});

test("large print and the other language keep every answer, what is typed and the place", async ({ page, context }) => {
  await open(page, `${CHECK}?event=lost_income`);
  await begin(page, [["妈妈", "72"]], true);
  await go(page, "下一步");
  await page.getByLabel("都不是").check();
  await page.getByLabel("是", { exact: true }).first().check();
  await go(page, "下一步");
  await page.locator('[name="household.wages.sum"]').fill("三千");
  const stands = async () => {
    await expect(page.locator('[name="household.wages.sum"]')).toHaveValue("三千");
    await expect(page.locator('input[type=hidden][name="people.0.name"]')).toHaveValue("妈妈");
    await expect(page.locator('input[type=hidden][name="household.receives"]')).toHaveValue("none");
    expect(page.url()).toMatch(/^https?:\/\/[^/]+(\/en)?\/benefits\/check(\/\d+)?(\?event=lost_income)?$/);
  };
  await page.getByRole("button", { name: "长者版" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-mode", "elder");
  await expect(title(page)).toHaveText("收入");
  await stands();
  await page.getByRole("button", { name: "特大" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-size", "30");
  await stands();
  await page.getByRole("button", { name: "English" }).click();
  await expect(title(page)).toHaveText("Income");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("html")).toHaveAttribute("data-size", "30");
  await stands();
  expect(page.url()).toContain("/en/benefits/check");
  expect((await context.cookies()).map(({ name, value }) => [name, value])).toEqual([["elder", "30"]]);
  await page.getByRole("button", { name: "Standard" }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-mode");
  await stands();
  // On from here in the chosen language, and back to what was answered before.
  await page.locator('[name="household.wages.sum"]').fill("9000");
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect(title(page)).toHaveText("Household register and home; help you already get");
  await expect(page.getByLabel("No, none of these")).toBeChecked();
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByLabel("都不是")).toBeChecked();
  await go(page, "下一步");
  // What was answered before the way back is not asked again.
  await expect(title(page)).toHaveText("收入，急事和大笔花费");
  await expect(page.locator('input[type=hidden][name="household.wages.sum"]')).toHaveValue("9000");
});

test("with scripts the switches send no answer anywhere @scripts", async ({ page, context }) => {
  const asked: string[] = [];
  // Without the port, which may have any digits.
  const address = (url: string) => url.replace(new URL(url).origin, "");
  context.on("request", (request) => asked.push(`${request.method()} ${address(request.url())} ${request.postData() ?? ""}`));
  await open(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await begin(page, [["秘密", "33"]], true);
  asked.length = 0;
  await page.getByRole("button", { name: "长者版" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-mode", "elder");
  await expect(page.getByRole("button", { name: "标准版" })).toBeFocused();
  await page.getByRole("button", { name: "English" }).click();
  await expect(title(page)).toHaveText("Who is in your household");
  await expect(page.getByRole("button", { name: "中文" })).toBeFocused();
  await expect(page.locator('[name="people.0.name"]')).toHaveValue("秘密");
  expect(decodeURIComponent(asked.join("\n"))).not.toMatch(/秘密|33/);
  expect(page.url()).toMatch(/\/en\/benefits\/check\/1$/);
  // The steps before are there in the chosen language, whatever their address says.
  await page.goBack();
  await expect(title(page)).toHaveText("See what you may get");
  await page.goForward();
  await expect(page.locator('[name="people.0.name"]')).toHaveValue("秘密");
});

test("after the first visit the check works without a network @scripts", async ({ page, context, troubles }) => {
  await open(page, `${CHECK}?event=death`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const stored = await page.evaluate(async () => (await (await caches.open("check")).keys()).map(({ url }) => url));
  expect(stored.filter((url) => url.includes("death")), "what was looked for is not kept").toEqual([]);
  troubles.expected(/ERR_INTERNET_DISCONNECTED|favicon/);
  await context.setOffline(true);
  // It is three days later, just past midnight in Shanghai.
  await page.clock.setFixedTime("2026-12-04T16:01:00Z");
  await page.goto(CHECK);
  await expect(page.locator("#check[data-hydrated]")).toBeVisible();
  const kept = page.locator(".notice").filter({ hasText: "现在没有网络" });
  await expect(kept).toContainText("2026年12月2日 保存的规定，按今天（2026年12月5日）来算");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator(".notice").filter({ hasText: "You are offline" })).toContainText("kept on 2 December 2026");
  await page.getByRole("button", { name: "中文" }).click();
  await begin(page, [["妈妈", "72"]], false);
  await go(page, "下一步");
  await untilResult(page);
  await expect(page.locator(".ladder li")).toHaveCount(5);
  await expect(kept).toBeVisible();
  await expect(page.locator("main")).toContainText("2026年12月5日算");
  await context.setOffline(false);
  await page.goto(CHECK);
  await expect(page.locator("#check[data-hydrated]")).toBeVisible();
  await expect(kept).toHaveCount(0);
});

test("links lead out of the check, and Back leads into it again", async ({ page }) => {
  await open(page, CHECK);
  await page.getByRole("link", { name: "换一个地方" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("惠民政策与补贴");
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("看看能办哪些");
  await page.getByRole("banner").getByRole("link").first().click();
  await expect(page).toHaveURL("/");
  await expect(page.locator("#check")).toHaveCount(0);
});
