// What hangs and stands in a hall: a display that says when it is not live, and a kiosk with its four answers.
import type { Page } from "@playwright/test";
import { Line } from "./line";
import { MORNING, atWork, leave, sitDown } from "./at_work";
import { expect, fitsAtFourHundred, look, lookInBothModes, test } from "./house";

test.use({ clock: MORNING, settings: { HUIMIN_RATE_LIMIT: "off" } });

/** Makes a screen and opens it in a browser of its own. */
async function opened(page: Page, screen: Page, kind: string, name = "大厅东侧") {
  await page.goto("/staff/office");
  await page.getByRole("radio", { name: kind }).check();
  await page.getByLabel("放在哪里").fill(name);
  await page.getByRole("button", { name: "生成链接" }).click();
  const link = await page.locator(".one-time").innerText();
  await look(page, "/staff/office");
  await screen.goto(new URL(link).pathname);
  await look(screen, "/screen/{code}");
  await screen.getByRole("button", { name: "就用这块屏幕" }).click();
  return link;
}

test("a display is opened by a link that works once, and shows tickets and nobody's name", async ({ page, another }) => {
  const display = await another();
  await display.goto("/display/nanshan");
  await expect(display.getByRole("heading", { name: "这块屏幕还没有接通" })).toBeVisible();
  await look(display, "/display/{office}");
  await atWork(page, "demo-manager", "/staff/office");
  const link = await opened(page, display, "叫号屏", "<b>东</b>&amp;侧");
  await lookInBothModes(display, "/display/{office}");
  await display.goto("/display/nanshan?refresh");
  await look(display, "/display/{office}");
  await expect(display.getByText(/^每 5 秒自动刷新/)).toBeInViewport();
  await expect(display.locator(".hall-figures .whole").first(), "no figure has a line of its own").toHaveCSS("display", "inline");
  await display.goto(new URL(link).pathname);
  await expect(display.getByRole("heading", { name: "这个链接已经失效" })).toBeVisible();
  await look(display, "/screen/{code}");

  await page.goto("/staff/office");
  await expect(page.locator("#screens .sign-name").last(), "a name that is markup is text").toHaveText("<b>东</b>&amp;侧");
  await page.getByRole("button", { name: /^断开 <b>东/ }).click();
  await display.goto("/display/nanshan");
  await expect(display.getByRole("heading", { name: "这块屏幕还没有接通" })).toBeVisible();
});

test("a kiosk says first which of the four answers it is, and what it cannot find", async ({ page, another }) => {
  await atWork(page, "demo-manager", "/staff/day/print");
  const time = page.locator(".day-paper tbody td:first-child").first();
  await expect(time, "a time is read from one line").toHaveCSS("white-space", "nowrap");
  const reference = async (time: string) => {
    const booked = page.locator("td:first-child", { hasText: new RegExp(`^${time}$`) });
    return page.locator(".day-paper tbody tr").filter({ has: booked }).locator("td").nth(1).innerText();
  };
  const [late, soon, early] = [await reference("10:15"), await reference("11:00"), await reference("11:30")];
  const kiosk = await another();
  await opened(page, kiosk, "自助签到机");
  await lookInBothModes(kiosk, "/kiosk/{office}");
  await fitsAtFourHundred(kiosk);
  const checkIn = async (typed: string, answer: RegExp) => {
    await kiosk.getByRole("textbox").fill(typed);
    await kiosk.getByRole("button", { name: "签到", exact: true }).click();
    await expect(kiosk.getByRole("heading", { level: 1 })).toContainText(answer);
    await look(kiosk, "/kiosk/{office}");
    const ticket = await kiosk.locator(".kiosk-ticket").innerText();
    await kiosk.getByRole("link", { name: "记住了" }).click();
    return ticket;
  };
  await checkIn(late, /来晚了/);
  await checkIn(early, /来早了/);
  const ticket = await checkIn(soon, /^已经签到，请在大厅等候叫号/);
  expect(await checkIn(soon, /之前已经签到/), "no second ticket").toBe(ticket);

  const field = kiosk.getByRole("textbox");
  if (test.info().project.use.javaScriptEnabled === false) {
    await expect(kiosk.locator("#keys")).toBeHidden();
    await field.fill("NE35-T");
  } else {
    for (const key of ["N", "E", "3", "4", "退格", "5", "T"]) await kiosk.getByRole("button", { name: key, exact: true }).click();
  }
  await expect(field).toHaveValue("NE35-T");
  await kiosk.getByRole("button", { name: "签到", exact: true }).click();
  await expect(kiosk.getByRole("alert")).toBeFocused();
  await expect(field, "a slip of a letter is put right").toHaveValue("NE35-T");
  await look(kiosk, "/kiosk/{office}");
  await kiosk.addInitScript(() => (window.print = () => (document.title = "printed")));
  await kiosk.getByRole("button", { name: "取现场号：结婚登记" }).click();
  await expect(kiosk.getByText("您的号码")).toBeVisible();
  await expect(kiosk.getByRole("button", { name: "还回这个现场号" })).toBeVisible();
  if (test.info().project.use.javaScriptEnabled !== false) {
    const given = await kiosk.locator(".kiosk-ticket").innerText();
    await kiosk.getByRole("button", { name: "打印小票" }).click();
    await expect(kiosk).toHaveTitle("printed");
    await kiosk.emulateMedia({ media: "print" });
    await expect(kiosk.locator(".ticket-number"), "the ticket alone is on paper").toHaveText(given);
    await expect(kiosk.getByRole("link", { name: "记住了" })).toBeHidden();
    await kiosk.emulateMedia({ media: null });
    await expect(kiosk.locator(".kiosk-ticket"), "and is no second one").toHaveText(given);
  }
  await lookLater(kiosk);
});

/** What is answered to a form cannot be asked for again; its other language and mode are looked at from the start. */
async function lookLater(kiosk: Page) {
  await look(kiosk, "/kiosk/{office}");
  await kiosk.getByRole("link", { name: "记住了" }).click();
  await kiosk.getByRole("link", { name: "English" }).click();
  await expect(kiosk.locator("html")).toHaveAttribute("lang", "en");
  await look(kiosk, "/kiosk/{office}");
}

test("a call reaches the display at once, and a display without a line says so and is right again @scripts", async ({ page, another, server, troubles }) => {
  const display = await another();
  // A browser that is told to be offline keeps the stream it has; here the line itself is cut.
  const line = await Line.to(server.url);
  troubles.expected(new RegExp(`^(foreign|failed) request: ${line.url}`));
  await atWork(page, "demo-manager", "/staff/office");
  await opened(page, display, "叫号屏");
  await display.goto(`${line.url}/display/nanshan`);
  await expect(display.locator("#live")).toHaveText(/^\s*联机/);
  const left = async (what: string) => (await display.locator(what).boundingBox())?.x ?? Number.NaN;
  expect(Math.abs((await left("#live")) - (await left(".hall-head h1"))), "one column").toBeLessThan(1.5);
  const sheet = await another();
  await atWork(sheet, "demo-clerk", `${line.url}/staff/day`);
  await expect(sheet.locator("#live [data-words]")).toHaveText("联机");
  await sitDown(page, "demo-manager");
  const call = async () => {
    await page.getByRole("button", { name: /^叫下一个/ }).click();
    return page.locator("#current").innerText();
  };
  const shown = display.locator(".hall-ticket");
  const first = await call();
  await expect(shown.first()).toHaveText(first, { timeout: 2_000 });
  await lookInBothModes(display, "/display/{office}");

  line.cut();
  await expect(sheet.locator("#live")).toContainText(/未联机，10:\d\d 以后/, { timeout: 2_000 });
  await look(sheet, "/staff/day");
  await page.getByRole("button", { name: /^已离开/ }).first().click();
  const second = await call();
  await expect(display.locator("#live")).toHaveText(/未联机，10:\d\d 以后/, { timeout: 10_500 });
  await expect(display.locator("#live [lang=en]"), "in both languages").toHaveText(/Not live: calls since 10:\d\d/);
  await look(display, "/display/{office}");
  line.mend();
  await expect(display.locator("#live")).toHaveText(/^\s*联机/, { timeout: 2_000 });
  await expect(shown.first(), "what was missed is there").toHaveText(second, { timeout: 2_000 });
  await expect(sheet.locator("#live [data-words]")).toHaveText("联机", { timeout: 5_000 });
  await expect(sheet.locator("#news a"), "what the sheet missed it tells of").toBeVisible({ timeout: 5_000 });
  await page.getByRole("button", { name: /^已离开/ }).first().click();
  await leave(page);
  line.cut();
});

test("two calls at once are announced one after the other, with a sound for whoever switches it on @scripts", async ({ page, another }) => {
  const [display, beside] = [await another(), await another()];
  await atWork(page, "demo-manager", "/staff/office");
  await opened(page, display, "叫号屏");
  await sitDown(page, "demo-manager");
  await sitDown(beside, "demo-clerk-2");
  await page.reload();
  const sound = display.locator("#sound");
  await expect(sound).toHaveText("声音：关");
  // Nobody looks after it for a minute, and then somebody does.
  await display.evaluate(() => document.documentElement.setAttribute("data-alone", ""));
  await expect(sound).toBeHidden();
  await display.mouse.move(40, 40);
  await expect(sound).toBeVisible();
  await sound.click();
  await expect(sound).toHaveAttribute("aria-pressed", "true");
  await expect(sound).toHaveText("声音：开");
  await page.getByRole("button", { name: /^叫下一个/ }).click();
  const first = await page.locator("#current").innerText();
  await beside.getByRole("button", { name: /^叫下一个/ }).click();
  const second = await beside.locator("#current").innerText();
  const standing = display.locator("[data-new] .hall-ticket");
  await expect(display.locator(".hall-ticket")).toHaveText([second, first], { timeout: 2_000 });
  expect(await standing.allInnerTexts(), "the first is still being called").toEqual([first]);
  await expect(standing, "and then the second").toContainText([second, first], { timeout: 8_000 });
  for (const clerk of [page, beside]) {
    await clerk.getByRole("button", { name: /^已离开/ }).first().click();
    await leave(clerk);
  }
});
