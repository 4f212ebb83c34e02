// A morning at the counter, with scripts and without: clerks of the demonstration and those who manage the office.
import type { Page } from "@playwright/test";
import { elderCookie } from "../browser.mjs";
import { MORNING, atWork, codeOf, fillDoor, leave, signOut, sitDown, tabTo } from "./at_work";
import { expect, fitsAtFourHundred, fitsInEverySize, look, lookInBothModes, test } from "./house";

test.use({ clock: MORNING, settings: { HUIMIN_RATE_LIMIT: "off" } });

const DAY = "/staff/day";
const next = (page: Page) => page.getByRole("button", { name: /^叫下一个/ });

test("a clerk calls a couple, serves it, takes a slip back, and leaves", async ({ page }) => {
  await page.goto(DAY);
  await expect(page).toHaveURL(/\/staff\/sign-in/);
  await fillDoor(page, "demo-clerk");
  await expect(page).toHaveURL(/\/staff\/day/);
  await expect(page.getByRole("heading", { name: "您坐哪个窗口？" })).toBeVisible();
  await lookInBothModes(page, DAY);
  await page.getByRole("button", { name: /^坐到/ }).first().click();
  const { y, height } = (await next(page).boundingBox())!;
  expect(y + height, "whom to call is on the first screen").toBeLessThanOrEqual(page.viewportSize()!.height);
  await lookInBothModes(page, DAY);
  await fitsInEverySize(page);
  await fitsAtFourHundred(page);
  await next(page).click();
  await expect(page.getByText("已叫 1 次")).toBeVisible();
  await lookInBothModes(page, DAY);
  await page.getByText("未到…").first().click();
  await expect(page.getByText(/一分钟后发短信给/)).toBeVisible();
  await look(page, DAY);
  await page.getByRole("button", { name: "人到了，开始办理" }).click();
  await expect(page.getByRole("heading", { name: "请看这些" })).toBeVisible();
  await lookInBothModes(page, DAY);
  await page.getByText("不予办理…").click();
  await page.getByRole("button", { name: /^办结：不予办理/ }).click();
  await expect(page.getByRole("alert")).toContainText("请选择不予办理的原因");
  await look(page, DAY);
  await page.getByText("今天没有办完…").click();
  await look(page, DAY);
  await page.getByText("材料不齐…").click();
  await page.getByRole("button", { name: /^办结：补材料再来/ }).click();
  await expect(page.getByRole("alert")).toContainText("请勾选还缺哪些材料");
  await look(page, DAY);
  await page.getByRole("button", { name: "办结：已登记" }).click();
  await expect(page.locator("#undo")).toContainText("办结：已登记");
  await lookInBothModes(page, DAY);
  await page.locator("#undo").getByRole("button", { name: /^撤销/ }).click();
  await expect(page.getByText("正在办理")).toBeVisible();
  await page.getByRole("button", { name: "办结：已登记" }).click();
  await expect(next(page)).toBeVisible();
  await page.getByRole("button", { name: /^暂停/ }).click();
  await expect(page.getByText("您暂停了").or(page.getByText("窗口暂停了"))).toBeVisible();
  await lookInBothModes(page, DAY);
  await page.getByRole("button", { name: /^继续/ }).click();
  await page.getByRole("button", { name: /^关闭窗口/ }).click();
  await signOut(page);
  await expect(page).toHaveURL(/\/staff\/sign-in$/);
});

test("whatever state a visit is in, the sheet fits a narrow screen and reads well", async ({ page }) => {
  await sitDown(page, "demo-clerk");
  const looked = async (asked = "") => {
    if (asked) await page.goto(`${DAY}?${asked}`);
    await look(page, DAY);
    await fitsAtFourHundred(page);
  };
  for (const one of [page.locator("#live a"), page.locator(".queue-ticket a").first()]) {
    expect((await one.boundingBox())?.height, "as high as a finger").toBeGreaterThanOrEqual(24);
  }
  await next(page).click();
  for (const more of await page.locator(".current details > summary").all()) await more.click();
  await looked();
  await page.getByRole("button", { name: "人到了，开始办理" }).click();
  for (const more of await page.locator(".current details > summary").all()) await more.click();
  await looked();
  await page.getByRole("button", { name: /^暂放/ }).first().click();
  await page.goto(`${DAY}?state=parked`);
  const row = page.locator(".queue tbody tr").first();
  await row.locator(".more > summary").click();
  await row.getByText("去别的大厅…").click();
  await looked();
  await row.getByLabel("转到哪里").selectOption({ index: 1 });
  await row.getByRole("button", { name: "转到那里，去了再取号" }).click();
  await looked("state=done");
  await leave(page);
});

test("the menu of a list's last row lies over the head of the next list, and a press at an act of it does that act", async ({ page }) => {
  await sitDown(page, "demo-clerk");
  const waiting = page.locator(".queue", { has: page.getByRole("heading", { name: /^等候/ }) });
  expect(await page.locator(".queue").count(), "another list stands below").toBeGreaterThan(1);
  const row = waiting.locator("tbody tr").last();
  const ticket = await row.locator(".queue-ticket").innerText();
  await row.locator(".more > summary").click();
  const acts = await row.locator(".more-body").locator("button:visible, summary:visible").all();
  expect(acts.length).toBeGreaterThan(1);
  for (const act of acts) {
    await act.scrollIntoViewIfNeeded();
    const isMet = await act.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    });
    expect(isMet, `nothing lies over “${await act.innerText()}”`).toBe(true);
  }
  const left = row.getByRole("button", { name: /^已离开/ });
  await left.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await left.boundingBox())!;
  await page.mouse.click(x + width / 2, y + height / 2);
  await expect(page.locator("#undo")).toContainText(ticket.trim());
  await page.locator("#undo").getByRole("button", { name: /^撤销/ }).click();
  await expect(waiting.locator(".queue-ticket", { hasText: ticket.trim() })).toBeVisible();
  await leave(page);
});

test("one menu of a row is open at a time, and closes as menus do @scripts", async ({ page }) => {
  await atWork(page, "demo-manager", `${DAY}?state=waiting`);
  const menus = page.locator(".more");
  const opened = page.locator(".more[open]");
  await menus.nth(1).locator("summary").first().click();
  await expect(opened).toHaveCount(1);
  await menus.nth(0).locator("summary").first().click();
  await expect(opened).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(opened).toHaveCount(0);
  await expect(menus.nth(0).locator("summary").first()).toBeFocused();
  await menus.nth(0).locator("summary").first().click();
  await page.getByRole("heading", { level: 1 }).click();
  await expect(opened).toHaveCount(0);
});

test("in the largest print the header of a phone cuts neither the menu's word nor its name in two", async ({ page }) => {
  await atWork(page, "demo-clerk", DAY);
  await page.context().addCookies([elderCookie(page.url(), 30)]);
  await page.reload();
  for (const words of [page.locator(".staff-menu > summary .nowrap"), page.locator(".staff-bar .service-name :is(b, small)")]) {
    for (const one of await words.all()) {
      if (!(await one.isVisible())) continue;
      const { height } = (await one.boundingBox())!;
      const line = await one.evaluate((element) => 2 * parseFloat(getComputedStyle(element).fontSize));
      expect(height, `“${await one.innerText()}” on one line`).toBeLessThan(line);
    }
  }
  await page.context().clearCookies({ name: "elder" });
});

test("the door says in words that it knows no such person, and is open to whoever cannot see", async ({ page }) => {
  await page.goto("/staff/sign-in");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await look(page, "/staff/sign-in");
  await page.getByLabel("账号").fill("nobody");
  await page.getByLabel("密码").fill("guess");
  await page.getByLabel("动态码").fill("000000");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByLabel("账号")).toHaveValue("nobody");
  await expect(page.getByLabel("密码")).toHaveValue("");
  await expect(page.getByRole("link", { name: /账号|密码|动态码/ }).first()).toBeVisible();
  await look(page, "/staff/sign-in");
});

test("everything else that staff see fits and reads well, whatever its state", async ({ page }) => {
  await atWork(page, "demo-manager", "/staff");
  for (const state of ["booked", "waiting", "at-counter", "parked", "done"]) {
    await page.goto(`${DAY}?state=${state}`);
    await look(page, DAY);
  }
  await page.goto(`${DAY}?state=all`);
  await lookInBothModes(page, DAY);
  await page.goto(`${DAY}?date=2026-05-14`);
  await look(page, DAY);
  await page.goto(`${DAY}?office=elsewhere`);
  await look(page, DAY);
  await page.goto(`${DAY}/print`);
  await look(page, "/staff/day/print");
  await page.goto("/staff/account");
  await lookInBothModes(page, "/staff/account");
  for (const english of ["/en/staff/day?state=all", "/en/staff/office", "/en/staff/account"]) {
    await page.goto(english);
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await look(page, english.slice(3));
  }
  await page.goto("/staff/sign-out");
  await look(page, "/staff/sign-out");
  await page.goto("/staff/office");
  await lookInBothModes(page, "/staff/office");
  await page.getByLabel("新窗口的牌子").fill("<b>9</b>");
  await page.getByRole("button", { name: "添加窗口" }).click();
  await expect(page.getByText("窗口的牌子写 1 到 12 个字").first()).toBeVisible();
  await look(page, "/staff/office");
  // A day that is over is ended, and says so.
  await page.goto(`${DAY}?date=2026-05-12`);
  await page.getByText("结束这一天…").click();
  await look(page, DAY);
  await page.getByRole("button", { name: "结束这一天", exact: true }).click();
  await expect(page.getByText("这一天已经结束")).toBeVisible();
  await lookInBothModes(page, DAY);
  await fitsAtFourHundred(page);
});

test("somebody is looked for and found, or not, and what was typed stands as text", async ({ page }) => {
  await atWork(page, "demo-clerk", DAY);
  const field = page.getByLabel(/^找人/);
  const find = page.getByRole("button", { name: "查找" });
  await field.fill("1");
  await find.click();
  await expect(page.getByRole("heading", { name: /找到的/ })).toContainText("1");
  await look(page, DAY);
  const markup = `"><img src=x onerror="document.title='taken'"><b>张三</b>`;
  await field.fill(markup);
  await find.click();
  await expect(page.getByText(/按名字、尾号找不到/)).toBeVisible();
  await expect(field).toHaveValue(markup);
  await expect(page.locator("img[src=x]")).toHaveCount(0);
  await expect(page).not.toHaveTitle("taken");
  expect(page.url(), "nothing that somebody typed of somebody stands in the address").not.toContain("张三");
  await look(page, DAY);
  await page.getByLabel(/^扫码/).fill("=HYPERLINK(1)");
  await page.getByRole("button", { name: "签到", exact: true }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await look(page, DAY);
});

test("two clerks side by side never have one couple, and whoever was slower reads why", async ({ page, another }) => {
  const beside = await another();
  await sitDown(page, "demo-clerk");
  await sitDown(beside, "demo-clerk-2");
  await page.reload();
  // One calls; both sheets offered the same couple.
  const offered = await page.locator("#next .next-whom").innerText();
  const hasScripts = test.info().project.use.javaScriptEnabled !== false;
  const row = page.locator(".queue-acts summary").first();
  await row.focus();
  const rows = () => page.locator("[data-visit]").evaluateAll((all) => all.map((one) => one.id));
  const before = [await row.boundingBox(), await rows()];
  expect(await beside.locator("#next .next-whom").innerText()).toBe(offered);
  await next(beside).click();
  await expect(beside.locator("#current")).toHaveText(/\d{3}/);
  const theirs = await beside.locator("#current").innerText();
  expect(offered).toContain(theirs);
  if (hasScripts) {
    await expect(page.locator("#news a"), "the other sheet says that something is new").toBeVisible({ timeout: 2_000 });
    await expect(page.locator("#news"), "politely").toHaveRole("status");
    await expect(row, "and moves nothing of what somebody is at").toBeFocused();
    expect([await row.boundingBox(), await rows()]).toEqual(before);
    await look(page, DAY);
  }
  await next(page).click();
  const ours = await page.locator("#current").innerText();
  expect(ours, "the next press calls the next couple").not.toBe(theirs);
  await lookInBothModes(page, DAY);

  // A clerk who still sees them waiting on an old sheet in a second window presses what is over.
  const old = await page.context().newPage();
  await old.goto(DAY);
  await page.getByRole("button", { name: /^已离开/ }).first().click();
  await old.getByRole("button", { name: "人到了，开始办理" }).click();
  await expect(old.locator("#refused")).toContainText("没有办成");
  await expect(old.locator("#refused")).toContainText(`${ours} 号现在：`);
  await expect(old.locator("#refused")).toBeFocused();
  await look(old, DAY);
  await old.close();
  await beside.getByRole("button", { name: /^已离开/ }).first().click();
  await leave(page);
  await leave(beside);
});

test("a couple is called, served and finished by keyboard alone", async ({ page }) => {
  await page.goto(DAY);
  await expect(page).toHaveURL(/\/staff\/sign-in/);
  for (const [label, text] of [["账号", "demo-clerk-2"], ["密码", "demo-huimin"], ["动态码", await codeOf(page, "demo-clerk-2")]]) {
    await tabTo(page, label);
    await page.keyboard.type(text);
  }
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/staff\/day/);
  for (const name of [/^坐到/, /^叫下一个/, /^人到了/, /^办结：已登记/, /^撤销/, /^办结：已登记/, /^关闭窗口/]) {
    await tabTo(page, name);
    const before = page.waitForEvent("load");
    await page.keyboard.press("Enter");
    await before;
  }
  // On a phone the way out stands behind one press, before everything else.
  const menu = page.locator(".staff-menu > summary");
  if (await menu.isVisible()) {
    await menu.focus();
    await page.keyboard.press("Enter");
  }
  await tabTo(page, "退出");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/staff\/sign-in$/);
});

test("keys lead to what is done most, and can be switched off @scripts", async ({ page }) => {
  await sitDown(page, "demo-clerk-2");
  await page.locator("body").press("?");
  await expect(page.locator("#keys")).toBeFocused();
  await page.locator("body").press("n");
  await expect(page.locator("#next")).toBeFocused();
  await page.locator("h1").press("/");
  await expect(page.locator("#q")).toBeFocused();
  await page.locator("#q").pressSequentially("n/s");
  await expect(page.locator("#q")).toHaveValue("n/s");
  // A slip is taken back with one key, however one came back to the sheet.
  await next(page).click();
  await expect(page.locator("#current")).toBeVisible();
  await page.goto(DAY);
  await page.locator("body").press("u");
  await expect(next(page)).toBeVisible();
  await next(page).click();
  await page.getByRole("button", { name: "关掉快捷键" }).click();
  await page.locator("body").press("u");
  await page.locator("body").press("n");
  await expect(page.locator("#current")).toBeVisible();
  await expect(page.locator("#current")).not.toBeFocused();
  await page.locator("#undo").getByRole("button", { name: /^撤销/ }).click();
  await page.reload();
  await expect(page.getByRole("button", { name: "打开快捷键" })).toBeVisible();
  await leave(page);
});

test("a sheet whose line newer windows took says that it stands still, and asks for none again @scripts", async ({ page }) => {
  await atWork(page, "demo-clerk", DAY);
  await expect(page.locator("#live [data-words]")).toHaveText("联机");
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const events = new URL("/staff/day/events", page.url());
  const others = await Promise.all(Array.from({ length: 8 }, () => fetch(events, { headers: { cookie } })));
  await expect(page.locator("#news a")).toHaveText("这一页不再自动更新，点这里更新", { timeout: 8_000 });
  await expect(page.locator("#live [data-words]")).toHaveText("不再自动更新");
  await look(page, DAY);
  for (const other of others) await other.body?.cancel();
  await page.locator("#news a").click();
  await expect(page.locator("#live [data-words]")).toHaveText("联机");
});

test("a sheet that stands open over midnight says that its day is over, and leads to today's @scripts", async ({ page }) => {
  const events = "**/staff/day/events**";
  // As the office says it five minutes after midnight.
  const body = "event: beat\ndata: 2026-05-14\n\n";
  await page.route(events, (route) => route.fulfill({ contentType: "text/event-stream", body }));
  await atWork(page, "demo-clerk", DAY);
  await expect(page.locator("#news a")).toHaveText("这一页的这一天已经过了，点这里打开今天的");
  await expect(page.locator("#live [data-words]")).toHaveText("这一天已经过了，不再更新");
  await look(page, DAY);
  await page.unroute(events);
  await page.locator("#news a").click();
  await expect(page.locator("#live [data-words]")).toHaveText("联机");
});
