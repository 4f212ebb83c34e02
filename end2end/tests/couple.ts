// An invented couple and what it does on the pages, as a person would: by labels, buttons and links.
import { expect, type Page } from "@playwright/test";
import { look } from "./house";

export type Person = { name: string; number: string; phone: string };
export type Couple = { groom: Person; bride: Person };

let couples = 0;

/** A couple nobody has seen before; the address code 100000 belongs to no place. */
export function newCouple(worker: number): Couple {
  // Each worker has a server of its own, and there are more workers than numbers for them.
  const n = (worker % 100) * 100 + couples++;
  const digits = (sequence: number) => `10000019900${1 + (n % 9)}01${String(sequence).padStart(3, "0")}`;
  const place = Math.floor(n / 9) % 500;
  const tail = String(n).padStart(4, "0");
  return {
    groom: { name: "演示甲", number: withCheckCharacter(digits(2 * place + 1)), phone: `1380000${tail}` },
    bride: { name: "演示乙·阿依", number: withCheckCharacter(digits(2 * place)), phone: `1390000${tail}` },
  };
}

/** 17 digits with the check character of GB 11643 after them. */
export function withCheckCharacter(digits: string) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  return digits + "10X98765432"[sum % 11];
}

/** Presses the first free time of the day that the address names. */
export async function holdATime(page: Page, address: string) {
  await page.goto(address);
  await page.locator('#day button[name="slot"]:enabled').first().click();
}

export async function goOn(page: Page) {
  await page.getByRole("button", { name: "保存并继续" }).click();
}

export async function fillPerson(page: Page, person: Person) {
  await page.getByRole("radio", { name: "内地居民" }).check();
  await page.getByLabel("姓名", { exact: true }).fill(person.name);
  await page.getByLabel("证件号码", { exact: true }).fill(person.number);
  await page.getByLabel("手机号码").fill(person.phone);
}

/** Both people's pages, to the page where everything is checked. */
export async function fillDetails(page: Page, { groom, bride }: Couple) {
  await expect(page).toHaveURL(/\/details\/first$/);
  await look(page, "/marriage/book/details/{who}");
  await fillPerson(page, groom);
  await goOn(page);
  await expect(page).toHaveURL(/\/details\/second$/);
  await fillPerson(page, bride);
  if (bride.phone === groom.phone) await page.getByLabel("与男方共用一部手机").check();
  await goOn(page);
  await expect(page).toHaveURL(/\/marriage\/book\/review$/);
}

/** The code last sent to a phone, read in the demo's mailbox in a window of its own. */
export async function codeFor(page: Page, phone: string) {
  const mailbox = await page.context().newPage();
  await mailbox.goto("/demo/mailbox");
  const text = await mailbox.locator("main").innerText();
  await mailbox.close();
  const masked = `${phone.slice(0, 3)}****${phone.slice(-4)}`;
  const found = text.slice(text.indexOf(masked)).match(/验证码 (\d{6})/);
  if (!text.includes(masked) || !found) throw new Error(`no code for ${masked} in the mailbox:\n${text}`);
  return found[1];
}

/** Declares, asks for the codes, reads them and confirms: ends on the booking's page. */
export async function confirm(page: Page, { groom, bride }: Couple) {
  await look(page, "/marriage/book/review");
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "发送验证码" }).click();
  await expect(page).toHaveURL(/\/marriage\/book\/codes/);
  await look(page, "/marriage/book/codes");
  const codes = page.locator('input[autocomplete="one-time-code"]');
  const phones = groom.phone === bride.phone ? [groom.phone] : [groom.phone, bride.phone];
  await expect(codes).toHaveCount(phones.length);
  for (const [place, phone] of phones.entries()) {
    await codes.nth(place).fill(await codeFor(page, phone));
  }
  await page.getByRole("button", { name: "确认预约" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("预约成功");
}

/** A whole booking from the first press to the reference number. */
export async function bookATime(page: Page, couple: Couple, address: string) {
  await holdATime(page, address);
  await fillDetails(page, couple);
  await confirm(page, couple);
  return new URL(page.url()).pathname.split("/").at(-1)!;
}
