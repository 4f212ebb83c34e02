// An identity number is read while it is typed, by the reader that the server uses.
import { type Page } from "@playwright/test";
import { goOn, withCheckCharacter } from "./couple";
import { expect, look, test } from "./house";
import { hydrated, delayed } from "./island";

test.use({ settings: { HUIMIN_RATE_LIMIT: "off" } });

const IDENTITY = "/marriage/book/details/first";
const GOOD = withCheckCharacter("10000019990110001");
const WRONG = GOOD.slice(0, 17) + (GOOD.endsWith("0") ? "1" : "0");
/** A number whose check character is X. */
const WITH_X = numberWithX();

function numberWithX() {
  for (let sequence = 1; sequence < 999; sequence += 2) {
    const number = withCheckCharacter(`10000019990110${String(sequence).padStart(3, "0")}`);
    if (number.endsWith("X")) return number;
  }
  throw new Error("one number in eleven ends in X");
}

const number = (page: Page) => page.getByLabel(/^(证件号码|Document number)$/);
const told = (page: Page) => page.locator(".id-check > p");

for (const prefix of ["", "/en"]) {
  test(`${prefix || "/zh"}: the field says at once what the server would say @scripts`, async ({ page }) => {
    await page.goto(prefix + IDENTITY);
    await hydrated(page);
    const name = page.getByLabel(/^(姓名|Name)$/);
    for (const wrong of [
      WRONG,
      "100000990110001",
      withCheckCharacter("10000019990230001"),
      withCheckCharacter("99999919990110001"),
      GOOD.slice(0, 17),
      `${GOOD}1`,
      `${GOOD.slice(0, 16)}AB`,
      "E12345678",
    ]) {
      await number(page).fill(wrong);
      await name.focus();
      await expect(told(page), wrong).toHaveClass("error");
      const form = { kind: "mainland", name: "演示甲", id_number: wrong };
      const sent = await page.request.post(prefix + IDENTITY, { form, headers: { referer: page.url() } });
      const sentence = await page.evaluate((html) => {
        const remark = new DOMParser().parseFromString(html, "text/html").getElementById("id_number.error");
        remark?.querySelector(".hidden-visually")?.remove();
        return remark?.textContent;
      }, await sent.text());
      expect(await told(page).textContent(), wrong).toBe(sentence);
      await expect(number(page)).toHaveAttribute("aria-invalid", "true");
    }
    await look(page, "/marriage/book/details/{who}");
    await number(page).fill("");
    await name.focus();
    await expect(told(page)).toBeEmpty();
    await expect(number(page)).not.toHaveAttribute("aria-invalid");
  });
}

test("wide digits, spaces and a small x are read as they are meant @scripts", async ({ page }) => {
  await page.goto(IDENTITY);
  await hydrated(page);
  const wide = WITH_X.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  const [place, born, rest] = [WITH_X.slice(0, 6), WITH_X.slice(6, 14), WITH_X.slice(14)];
  for (const typed of [WITH_X, WITH_X.toLowerCase(), wide, `${wide.slice(0, 17)}ｘ`, ` ${place} ${born}　${rest} `]) {
    await number(page).fill("");
    await number(page).pressSequentially(typed);
    await expect(told(page), typed).toHaveText(`请对照证件核对：${place} ${born} ${rest}`);
    await expect(told(page)).toHaveClass("hint");
    await expect(number(page)).not.toHaveAttribute("aria-invalid");
    await expect(number(page)).toHaveValue(typed);
  }
});

test("what is typed before the browser half arrives is kept and then read @scripts", async ({ page }) => {
  const arrive = await delayed(page);
  await page.goto(IDENTITY);
  await number(page).pressSequentially(WRONG);
  await expect(told(page)).toBeEmpty();
  arrive();
  await expect(told(page)).toHaveClass("error");
  await expect(told(page)).not.toBeEmpty();
  await expect(number(page)).toHaveValue(WRONG);
});

test("another kind of person gives the same number another meaning @scripts", async ({ page }) => {
  await page.goto(IDENTITY);
  await hydrated(page);
  await number(page).fill("E12345678");
  await page.getByLabel("姓名", { exact: true }).focus();
  await expect(told(page)).toHaveClass("error");
  await page.getByRole("radio", { name: "华侨" }).check();
  await expect(told(page)).toHaveClass("hint");
  await expect(number(page)).not.toHaveAttribute("aria-invalid");
  await page.getByRole("radio", { name: "内地居民" }).check();
  await expect(told(page)).toHaveClass("error");
});

test("the server's remark goes when the number is put right and comes back with it @scripts", async ({ page }) => {
  await page.goto(IDENTITY);
  await hydrated(page);
  await page.getByLabel("姓名", { exact: true }).fill("演示甲");
  await number(page).fill(WRONG);
  await goOn(page);
  const remark = page.locator('[id="id_number.error"]');
  await expect(remark).toBeVisible();
  await hydrated(page);
  await expect(told(page)).toBeEmpty();
  await number(page).fill(GOOD);
  await expect(remark).toBeHidden();
  await expect(told(page)).toHaveClass("hint");
  await number(page).fill(WRONG);
  await expect(page.locator(".id-check .error:visible")).toHaveCount(1);
  await expect(told(page)).not.toContainText("请对照");
  await expect(number(page)).toHaveAttribute("aria-invalid", "true");
});
