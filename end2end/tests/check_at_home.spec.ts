// The check before booking is answered on the device: nothing leaves it and nothing is kept.
import { expect, test } from "./house";
import { hydrated } from "./island";

test("the answer comes without a request, and nothing typed is kept @scripts", async ({ page, context }) => {
  await page.goto("/marriage/check");
  await hydrated(page);
  const traces = () =>
    page.evaluate(async () => ({
      address: location.href,
      history: [history.length, history.state],
      stores: [{ ...localStorage }, { ...sessionStorage }, await indexedDB.databases(), await caches.keys()],
    }));
  const [before, cookies] = [await traces(), await context.cookies()];
  const asked: string[] = [];
  context.on("request", (request) => asked.push(`${request.method()} ${request.url()}`));
  page.on("websocket", (socket) => asked.push(socket.url()));
  for (const [who, year] of [["男方", "1999"], ["女方", "2008"]]) {
    const born = page.getByRole("group", { name: `${who}出生日期` });
    await born.getByLabel("年").fill(year);
    await born.getByLabel("月").fill("1");
    await born.getByLabel("日", { exact: true }).fill("10");
    await page.getByRole("group", { name: `${who}现在的婚姻状况` }).getByLabel("没有结过婚").check();
  }
  const press = () => page.getByRole("button", { name: "看结果" }).click();
  await press();
  await expect(page.locator("#errors")).toContainText("1 处");
  await page.getByRole("group", { name: /血亲/ }).getByLabel("没有", { exact: true }).check();
  await press();
  await expect(page.locator("#verdict")).toContainText("2028年1月10日起可以");
  await expect(page.locator("#answer")).toBeFocused();
  await page.getByRole("group", { name: "女方出生日期" }).getByLabel("年").fill("2001");
  await press();
  await expect(page.locator("#verdict")).toHaveCount(1);
  await expect(page.locator("#verdict")).toContainText("符合登记条件");
  await expect(page.locator(".error")).toHaveCount(0);
  expect(asked).toEqual([]);
  expect(await traces()).toEqual(before);
  expect(await context.cookies()).toEqual(cookies);
});
