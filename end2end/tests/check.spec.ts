// The check before booking is answered on the device in the words of the server, to the letter.
import { type Page } from "@playwright/test";
import { elderCookie } from "../browser.mjs";
import { expect, look, test } from "./house";
import { hydrated } from "./island";

test.use({ settings: { HUIMIN_RATE_LIMIT: "off" } });

type Fields = Record<string, string>;

/** The form as it is sent, from `kind birth-date status` of both, the kinship and a day or none. */
function fields(groom: string, bride: string, kinship: string, date = ""): Fields {
  const sent: Fields = { kinship };
  const split = (name: string, text = "") => {
    const [year = "", month = "", day = ""] = text.split("-");
    Object.assign(sent, { [`${name}.year`]: year, [`${name}.month`]: month, [`${name}.day`]: day });
  };
  for (const [index, party] of [groom, bride].entries()) {
    const [kind, born, status = ""] = party.split(" ");
    Object.assign(sent, { [`parties.${index}.kind`]: kind, [`parties.${index}.status`]: status });
    split(`parties.${index}.birth_date`, born);
  }
  split("date", date);
  return sent;
}

const ANSWERED: Fields[] = [
  fields("mainland 1999-1-10 never_married", "mainland 2000-2-29 never_married", "none"),
  // The day before a 22nd birthday, the birthday itself, and the day after.
  fields("mainland 2004-5-20 never_married", "mainland 2000-1-1 never_married", "none", "2026-5-19"),
  fields("mainland 2004-5-20 never_married", "mainland 2000-1-1 never_married", "none", "2026-5-20"),
  fields("mainland 2004-5-20 never_married", "mainland 2000-1-1 never_married", "none", "2026-5-21"),
  // Both too young, one of them born on a leap day.
  fields("mainland 2008-2-29 never_married", "mainland 2008-2-29 never_married", "none", "2027-3-1"),
  fields("mainland 1999-1-10 divorced", "mainland 1998-6-1 divorced", "none", "2026-5-22"),
  fields("mainland 1999-1-10 married", "mainland 1998-6-1 unsure", "close", "2026-5-22"),
  fields("mainland 1960-1-1 widowed", "mainland 1961-1-1 divorced", "unsure", "2026-5-22"),
  fields("hk_macao_taiwan 1990-12-31 divorced", "mainland 1995-3-3 never_married", "none", "2026-5-22"),
  fields("mainland 1990-12-31 never_married", "foreigner 1995-3-3 widowed", "none"),
  fields("overseas_chinese 1990-12-31 unsure", "hk_macao_taiwan 1995-3-3 never_married", "none"),
  fields("foreigner 1990-12-31 divorced", "foreigner 2007-3-3 never_married", "none", "2026-5-22"),
  // A day that has passed, and one beyond every calendar.
  fields("mainland 1999-1-10 never_married", "mainland 1999-1-10 never_married", "none", "2026-5-1"),
  fields("mainland 1999-1-10 never_married", "mainland 1999-1-10 never_married", "none", "2028-5-20"),
];

const INCOMPLETE: Fields[] = [
  fields("mainland", "mainland", ""),
  fields("mainland 1999-2-29 never_married", "mainland 1999-4-31 never_married", "none", "2026-13-1"),
  fields("mainland 2026-5-7 never_married", "foreigner 1850-1-1 divorced", "close", "1-1-1"),
  fields("mainland 1999-1- never_married", "mainland --5 unsure", "unsure", "今-天-吧"),
];

async function declare(page: Page, sent: Fields) {
  await page.locator("#check").evaluate((form: HTMLFormElement, sent) => {
    form.querySelectorAll<HTMLInputElement>("input[type=radio]").forEach((radio) => (radio.checked = false));
    for (const [name, value] of Object.entries(sent)) {
      const field = form.elements.namedItem(name) as HTMLInputElement | RadioNodeList;
      if (value || !(field instanceof RadioNodeList)) field.value = value;
    }
  }, sent);
  await page.locator("#check .button-primary").click();
}

/** What is told above the form and at its fields, on this page or in `html`: elements, attributes and texts. */
function told(page: Page, html?: string) {
  return page.evaluate((html) => {
    const shown = html === undefined ? document : new DOMParser().parseFromString(html, "text/html");
    type Tree = string | [string, Record<string, string>, ...Tree[]];
    const tree = (node: Node): Tree => {
      if (!(node instanceof Element)) return node.textContent ?? "";
      // Asks for the focus when a page opens; in an open page the script gives it.
      const attributes = [...node.attributes].filter(({ name }) => name !== "autofocus").map(({ name, value }) => [name, value]);
      const children = [...node.childNodes].filter((child) => child.nodeType !== Node.COMMENT_NODE);
      return [node.localName, Object.fromEntries(attributes.sort()), ...children.map(tree)];
    };
    const place = shown.querySelector("#told");
    const wrong = [...shown.querySelectorAll(".field-wrong")].map((field) => [
      field.querySelector("legend")?.textContent,
      field.querySelector("fieldset")?.getAttribute("aria-describedby"),
      field.querySelector(".error")?.id,
      field.querySelector(".error")?.textContent,
    ]);
    return { told: place && tree(place), wrong };
  }, html);
}

for (const prefix of ["", "/en"]) {
  test(`${prefix || "/zh"}: the device says of every couple what the server says @scripts`, async ({ page }) => {
    await page.goto(`${prefix}/marriage/check`);
    await hydrated(page);
    for (const [all, status, sign] of [[ANSWERED, 200, "#verdict"], [INCOMPLETE, 422, "#errors"]] as const) {
      for (const sent of all) {
        await declare(page, sent);
        await expect(page.locator(sign)).toBeVisible();
        const answer = await page.request.post(`${prefix}/marriage/check`, { form: sent });
        expect(answer.status()).toBe(status);
        expect(await told(page), JSON.stringify(sent)).toEqual(await told(page, await answer.text()));
      }
    }
    await look(page, "/marriage/check");
  });
}

test("the device gives the answer of the API @scripts", async ({ page }) => {
  await page.goto("/marriage/check");
  await hydrated(page);
  const kinds = {
    may_register: "notice-success",
    may_not_register: "notice-warning",
    not_yet: "notice-warning",
    day_past: "notice-warning",
    ask_registry: "notice-info",
  };
  for (const sent of ANSWERED.filter((sent) => sent["date.year"])) {
    const date = (name: string) => ["year", "month", "day"].map((part) => sent[`${name}.${part}`].padStart(2, "0")).join("-");
    const parties = ["male", "female"].map((sex, index) => {
      const of = (name: string) => sent[`parties.${index}.${name}`];
      return { kind: of("kind"), birth_date: date(`parties.${index}.birth_date`), sex, status: of("status") };
    });
    const data = { date: date("date"), parties, kinship: sent.kinship };
    const answer = await (await page.request.post("/api/v1/marriage/check", { data })).json();
    await declare(page, sent);
    // A list that is only a first idea has a notice of its own below.
    await expect(page.locator("#answer .notice").first()).toHaveClass(`notice ${kinds[answer.verdict.type as keyof typeof kinds]}`);
    const advice = answer.advice.map((item: { text: { zh: string } }) => item.text.zh);
    await expect(page.locator("#answer .advice > li > p:not([class])")).toHaveText(advice);
    const { parties: lists, together, not_needed } = answer.documents;
    // What is signed at the registry is told once, after what is brought.
    type Item = { needed: string; note: { zh: string } };
    const isSigned = (item: Item) => item.needed === "signed_there";
    const brought = [...lists.map((list: Item[]) => list.filter((item) => !isSigned(item))), together].flat();
    const signed: Item[] = lists.flat().filter(isSigned).slice(0, 1);
    const notes = [...brought, ...signed, ...not_needed].map((item: Item) => item.note.zh);
    await expect(page.locator("#answer .note")).toHaveText(notes);
  }
});

test("what is asked prints on two sheets at most and no question in two, in large print and in English as well", async ({ page, context, baseURL }) => {
  for (const size of [undefined, 22, 30]) {
    if (size) await context.addCookies([elderCookie(baseURL!, size)]);
    for (const address of ["/marriage/check", "/en/marriage/check"]) {
      await page.goto(address);
      const sheets = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
      expect(sheets.length, `sheets of paper for ${address} in size ${size}`).toBeLessThanOrEqual(2);
    }
  }
  await page.emulateMedia({ media: "print" });
  const breaks = await page.locator("#check > .field").evaluateAll((all) => all.map((one) => getComputedStyle(one).breakInside));
  expect(breaks).toEqual(breaks.map(() => "avoid"));
  expect(breaks.length, "questions").toBe(8);
});
