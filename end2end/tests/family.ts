// An invented family that applies for a green-burial reward, and what it types.
import type { Page } from "@playwright/test";
import { codeFor, withCheckCharacter } from "./couple";
import { expect } from "./house";

export const START = "/procedures/green_burial";
let families = 0;

export type Family = { phone: string; number: string; proof: string };

/** Somebody nobody has seen before; the address code 100000 belongs to no place. */
export function newFamily(worker: number): Family {
  const n = (worker % 50) * 100 + families++;
  const two = (number: number) => String(number).padStart(2, "0");
  const number = withCheckCharacter(`1000001991${two(1 + (n % 12))}${two(1 + (n % 28))}${String(n % 1000).padStart(3, "0")}`);
  return { phone: `1360000${String(n).padStart(4, "0")}`, number, proof: `SZ2026-${String(n).padStart(5, "0")}` };
}

export async function date(page: Page, legend: string, [year, month, day]: [string, string, string]) {
  const group = page.getByRole("group", { name: legend });
  await group.getByLabel("年", { exact: true }).fill(year);
  await group.getByLabel("月", { exact: true }).fill(month);
  await group.getByLabel("日", { exact: true }).fill(day);
}

export async function choose(page: Page, legend: string, answer: string) {
  await page.getByRole("group", { name: legend }).getByLabel(answer, { exact: true }).check();
}

export async function deceased(page: Page, { proof }: Family, name = "赵演示") {
  await page.getByLabel("逝者姓名").fill(name);
  await page.getByLabel("逝者身份证号码").fill("11010519491231002X");
  await date(page, "去世的日子", ["2026", "4", "2"]);
  await choose(page, "去世那天，户口在本市吗？", "是");
  await page.getByLabel("火化证明编号").fill(proof);
}

export async function burial(page: Page) {
  await choose(page, "怎么安葬的？", "海葬");
  await date(page, "安葬的日子", ["2026", "5", "6"]);
  await choose(page, "是深圳的民政部门组织的吗？", "是");
}

export async function applicant(page: Page, { phone, number }: Family, account = "0123456789") {
  await choose(page, "您是逝者的", "子女");
  await page.getByLabel("您的姓名").fill("钱演示");
  await page.getByLabel("您的身份证号码").fill(number);
  await page.getByLabel("您的手机号码").fill(phone);
  await page.getByLabel("您自己的银行卡号").fill(account);
}

/** A photograph as a telephone sends it: what is on the screen now. */
export async function photo(page: Page, name: string) {
  return { name, mimeType: "image/jpeg", buffer: await page.screenshot({ type: "jpeg" }) };
}

/** The same as its camera writes it: lying on its side, with the place where it was taken. */
export async function fromCamera(page: Page, name: string) {
  const taken = await photo(page, name);
  const { buffer } = taken;
  return { ...taken, buffer: Buffer.concat([buffer.subarray(0, 2), exif(), buffer.subarray(2)]) };
}

/** A segment of a JPEG (Exif 2.3, little-endian): turned by a quarter, at 22°31′58″ N 113°55′12″ E. */
function exif() {
  const [GPS, NORTH, EAST, END] = [38, 92, 116, 140];
  const tiff = Buffer.alloc(END);
  const entry = (at: number, [tag, type, count, value]: [number, number, number, number]) => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  };
  tiff.write("II*\0", "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(2, 8);
  entry(10, [0x0112, 3, 1, 6]);
  entry(22, [0x8825, 4, 1, GPS]);
  tiff.writeUInt16LE(4, GPS);
  entry(40, [1, 2, 2, "N".charCodeAt(0)]);
  entry(52, [2, 5, 3, NORTH]);
  entry(64, [3, 2, 2, "E".charCodeAt(0)]);
  entry(76, [4, 5, 3, EAST]);
  for (const [place, number] of [22, 31, 58, 113, 55, 12].entries()) {
    tiff.writeUInt32LE(number, NORTH + 8 * place);
    tiff.writeUInt32LE(1, NORTH + 8 * place + 4);
  }
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** Opens a draft again with a code to the phone of its applicant. */
export async function openAgain(page: Page, { phone, number }: Family) {
  await page.goto(`${START}/resume`);
  await page.getByLabel("手机号码").fill(phone);
  await page.getByLabel("您身份证号码的最后 6 位").fill(number.slice(-6));
  await page.getByRole("button", { name: "发送验证码" }).click();
  await page.locator('input[autocomplete="one-time-code"]').fill(await codeFor(page, phone));
  await page.getByRole("button", { name: "打开我的申请" }).click();
  await expect(page).toHaveURL(/\/drafts\/[^/?]+$/);
}

/** Opens the start page and begins. */
export async function begin(page: Page) {
  await page.goto(START);
  await page.getByRole("button", { name: "开始填写申请" }).click();
  await expect(page).toHaveURL(/\/drafts\/[^/?]+$/);
}
