// Takes the README's pictures anew, or some of them: node end2end/readme_pictures.mjs [booking|check|stations|forPeople|hall]...
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { elderCookie, launch, screens } from "./browser.mjs";
import { withFewColours } from "./few_colours.mjs";
import { startServer } from "./server.mjs";

const FOLDER = fileURLToPath(new URL("../docs/pictures/", import.meta.url));
const DAY = "/marriage/book?registry=demo-hill&date=2026-05-20";
const browser = await launch();
const all = { booking, check, stations, forPeople, hall };
const wanted = process.argv.slice(2);
for (const name of wanted.length ? wanted : Object.keys(all)) await all[name]();
await browser.close();

/** A couple books. */
async function booking() {
  const server = await startServer({ now: "2026-05-06T09:00:00+08:00", env: { HUIMIN_PHONE_CODES: "off" } });
  const page = await phone(server);
  const shots = [];
  await page.goto("/marriage");
  shots.push(await shot(page));
  await page.goto("/marriage/book?registry=demo-hill");
  shots.push(await shot(page));
  await page.goto(DAY);
  await page.locator('#day button[name="slot"]:enabled').first().click();
  shots.push(await shot(page));
  await person(page, "演示甲", "100000199001010011", "13800000001");
  await person(page, "演示乙", "10000019900101002X", "13900000001");
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "确认预约" }).click();
  await page.getByRole("heading", { name: "预约成功" }).waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  shots.push(await shot(page));
  await sheet("booking", shots);
  await server.stop();
}

async function person(page, name, number, phone) {
  await page.getByLabel("姓名", { exact: true }).fill(name);
  await page.getByLabel("证件号码", { exact: true }).fill(number);
  await page.getByLabel("手机号码").fill(phone);
  await page.getByRole("button", { name: "保存并继续" }).click();
}

/** A family checks what it may get. */
async function check() {
  const server = await startServer({ now: "2026-12-02T09:00:00+08:00" });
  const page = await phone(server);
  const shots = [];
  const go = (name) => page.getByRole("button", { name, exact: true }).click();
  await page.goto("/benefits/check?event=lost_income");
  await page.locator("#check[data-hydrated]").waitFor();
  shots.push(await shot(page));
  await go("开始");
  for (const [place, [name, age]] of [["妈妈", "82"], ["我", "45"], ["小宝", "9"]].entries()) {
    if (place > 0) await go("再加一个人");
    await page.locator(`[name="people.${place}.name"]`).fill(name);
    await page.locator(`[name="people.${place}.birth.age"]`).fill(age);
  }
  await page.getByLabel("都列出来了").check();
  await go("下一步");
  const picks = {
    "who.hukou_here": ["0", "1", "2"], "who.lives_here": ["0", "1", "2"], "who.in_care_home": ["none"], "who.disability": ["none"],
    "who.self_care": ["none"], "who.serious_illness": ["none"], "household.receives": ["none"], "household.savings": ["none"],
    "household.homes": ["one"], "household.vehicles": ["none"], "household.emergency": ["none"],
  };
  const sums = { wages: "1500", pensions: "300", other_income: "0", rigid_spending: "3000" };
  for (let turn = 0; turn < 12 && !(await page.locator(".outcome").count()); turn++) {
    for (const [name, values] of Object.entries(picks)) {
      for (const value of values) {
        const field = page.locator(`[name="${name}"][value="${value}"]:not([type=hidden])`);
        if (await field.count()) await field.check();
      }
    }
    for (const [fact, sum] of Object.entries(sums)) {
      const field = page.locator(`[name="household.${fact}.sum"]:not([type=hidden])`);
      if (await field.count()) await field.fill(sum);
    }
    if (turn < 2) {
      await page.evaluate(() => (document.activeElement.blur(), scrollTo(0, 0)));
      shots.push(await shot(page));
    }
    const at = page.locator("input[name=at]");
    const before = await at.inputValue();
    await go("下一步");
    await page.waitForFunction((before) => document.querySelector("input[name=at]").value !== before, before);
  }
  await page.evaluate(() => scrollTo(0, 0));
  shots.push(await shot(page));
  await sheet("check", shots);
  await server.stop();
}

/** Somebody looks for the nearest station, reads about it, sees what is around it, and has it in large type. */
async function stations() {
  const server = await startServer({ now: "2026-05-13T10:00:00+08:00" });
  // In Nanshan, as satellites number it.
  const page = await phone(server, { permissions: ["geolocation"], geolocation: { latitude: 22.53127, longitude: 113.92654, accuracy: 30 } });
  const shots = [];
  await page.goto("/stations");
  await page.getByRole("button", { name: "找离我最近的" }).click();
  const first = page.locator("#near-answer .place a").first();
  await first.waitFor();
  const lead = (part) => part.evaluate((part) => scrollTo(0, part.getBoundingClientRect().top + scrollY - 8));
  await lead(page.locator("#near-answer h2").first());
  shots.push(await shot(page));
  await first.click();
  await page.locator(".place-acts").waitFor();
  shots.push(await shot(page));
  const address = page.url();
  await lead(page.locator("figure"));
  shots.push(await shot(page));
  const large = await phone(server);
  await large.context().addCookies([elderCookie(server.url)]);
  await large.goto(address);
  shots.push(await shot(large));
  await sheet("stations", shots);
  await server.stop();
}

/** Large type, the dark, and English. */
async function forPeople() {
  const server = await startServer({ now: "2026-05-06T09:00:00+08:00" });
  const shots = [];
  const large = await phone(server);
  await large.context().addCookies([elderCookie(server.url)]);
  await large.goto("/marriage/book?registry=demo-hill");
  shots.push(await shot(large));
  const dark = await phone(server, { colorScheme: "dark" });
  await dark.goto(DAY);
  await dark.locator("#calendar").evaluate((calendar) => calendar.scrollIntoView());
  shots.push(await shot(dark));
  const english = await phone(server);
  await english.goto("/en/marriage/check");
  for (const [party, year] of [[0, "1999"], [1, "2000"]]) {
    const fill = (part, value) => english.locator(`[name="parties.${party}.birth_date.${part}"]`).fill(value);
    await fill("year", year);
    await fill("month", "1");
    await fill("day", "10");
    await english.locator(`[name="parties.${party}.status"][value="never_married"]`).check();
  }
  await english.locator('[name="kinship"][value="none"]').check();
  await english.getByRole("button", { name: "See the result" }).click();
  await english.locator("#verdict").waitFor();
  await english.locator("#answer").evaluate((answer) => answer.scrollIntoView());
  shots.push(await shot(english));
  await sheet("for-people", shots);
  await server.stop();
}

/** A morning in a hall: the day sheet of a clerk, the display, and the kiosk, each as a counter's monitor and a wall show it. */
async function hall() {
  const server = await startServer({ now: "2026-05-13T09:06:00+08:00", env: { HUIMIN_RATE_LIMIT: "off" } });
  const [clerk, other, manager] = await Promise.all(["demo-clerk", "demo-clerk-2", "demo-manager"].map((account) => atWork(server, account)));
  const press = (page, name) => page.getByRole("button", { name }).first().click();
  const call = async (page) => {
    await page.goto("/staff/day");
    await press(page, /^叫下一个/);
  };
  const serve = (page) => press(page, "人到了，开始办理");
  for (const page of [clerk, other, manager]) {
    await page.goto("/staff/day");
    await press(page, /^坐到/);
  }
  // Couples come about their time, and one after the other is served.
  for (const minutes of [14, 18]) {
    await call(other);
    await serve(other);
    await press(other, "办结：已登记");
    await server.later(minutes);
    // Whoever asks for nothing for half an hour is signed out.
    for (const page of [clerk, other, manager]) await page.goto("/staff/day");
  }
  await call(clerk);
  await serve(clerk);
  await server.later(15);
  const screens = [];
  for (const kind of ["叫号屏", "自助签到机"]) screens.push(await screenOf(server, manager, kind));
  await call(other);
  await call(manager);
  for (let tickets = 0; tickets < 3; tickets++) await press(manager, "现场取号");
  // Asked for anew, it offers to undo nothing.
  await clerk.goto("/staff/day");
  const [display, kiosk] = screens;
  await display.getByText("联机", { exact: true }).waitFor();
  for (const [name, page] of [["day-sheet", clerk], ["display", display], ["kiosk", kiosk]]) {
    for (const [width, height] of [[1280, 800], [1920, 1080]]) {
      await page.setViewportSize({ width, height });
      await picture(page, `${name}-${width}x${height}`);
    }
  }
  await server.stop();
}

/** The day sheet of somebody who has signed in. */
async function atWork(server, account) {
  const context = await browser.newContext({ baseURL: server.url, locale: "zh-CN", timezoneId: "Asia/Shanghai" });
  const page = await context.newPage();
  const { code } = await (await page.request.get(`/demo/staff-code/${account}`)).json();
  await page.request.post("/api/v1/staff/session", { data: { account, password: "demo-huimin", code } });
  await page.goto("/staff/day");
  return page;
}

/** A screen that the manager has made, in a browser of its own. */
async function screenOf(server, manager, kind) {
  await manager.goto("/staff/office");
  await manager.getByRole("radio", { name: kind }).check();
  await manager.getByLabel("放在哪里").fill("大厅");
  await manager.getByRole("button", { name: "生成链接" }).click();
  const link = new URL(await manager.locator(".one-time").innerText());
  const context = await browser.newContext({ baseURL: server.url, locale: "zh-CN", timezoneId: "Asia/Shanghai" });
  const screen = await context.newPage();
  await screen.goto(link.pathname);
  await screen.getByRole("button", { name: "就用这块屏幕" }).click();
  return screen;
}

/** Writes what is seen without scrolling, with as few colours as a picture of a page needs. */
async function picture(page, name) {
  await page.evaluate(() => (document.activeElement?.blur(), scrollTo(0, 0)));
  await page.waitForTimeout(400);
  const file = `${FOLDER}${name}.png`;
  writeFileSync(file, withFewColours(await page.screenshot()));
  console.log(file, readFileSync(file).length);
}

async function phone(server, more = {}) {
  const context = await browser.newContext({ ...screens.phone, ...more, baseURL: server.url, locale: "zh-CN" });
  return context.newPage();
}

/** What is seen without scrolling. */
async function shot(page) {
  await page.waitForTimeout(400);
  return page.screenshot();
}

/** Puts pictures side by side and writes them as one. */
async function sheet(name, shots) {
  const page = await browser.newPage();
  const sources = shots.map((png) => `data:image/png;base64,${png.toString("base64")}`);
  const webp = await page.evaluate(async (sources) => {
    const images = await Promise.all(sources.map((src) => new Promise((done) => Object.assign(new Image(), { src, onload() { done(this); } }))));
    const [width, height, gap] = [405, 833, 24];
    const canvas = Object.assign(document.createElement("canvas"), { width: images.length * (width + gap) - gap, height });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, height);
    images.forEach((image, place) => {
      const left = place * (width + gap);
      pen.drawImage(image, left, 0, width, height);
      pen.strokeStyle = "#c0c0c0";
      pen.strokeRect(left + 0.5, 0.5, width - 1, height - 1);
    });
    return canvas.toDataURL("image/webp", 0.82);
  }, sources);
  await page.close();
  const file = `${FOLDER}${name}.webp`;
  const bytes = Buffer.from(webp.split(",")[1], "base64");
  writeFileSync(file, bytes);
  console.log(file, readFileSync(file).length);
}
