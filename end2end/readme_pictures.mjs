// Takes the README's pictures anew: node end2end/readme_pictures.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { elderCookie, launch, screens } from "./browser.mjs";
import { startServer } from "./server.mjs";

const FOLDER = fileURLToPath(new URL("../docs/pictures/", import.meta.url));
const DAY = "/marriage/book?registry=demo-hill&date=2026-05-20";
const browser = await launch();
await booking();
await check();
await forPeople();
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
