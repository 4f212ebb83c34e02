// publicodes: the rules in publicodes.yaml. It knows no list of people, so the situation is set anew for each person,
// over that of the household; sums are in fen.
import { readFileSync } from "node:fs";
import Engine from "publicodes";
import { parse } from "yaml";
import { OF_HOUSEHOLD, OF_PERSON, age, measure } from "./measure.mjs";

const rules = parse(readFileSync(new URL("publicodes.yaml", import.meta.url), "utf8"));
const engine = new Engine(rules);

/** Facts as it wants them: options in quotes, yes and no in French; what no rule asks for is left out. */
function situation(facts) {
  const said = (value) => (value === true ? "oui" : value === false ? "non" : typeof value === "string" ? `'${value}'` : value);
  const known = Object.entries(facts).filter(([fact]) => fact in rules);
  return Object.fromEntries(known.map(([fact, value]) => [fact, said(value)]));
}

/** Every rule and answer that a verdict rests on, with what it came to: the tree is there anyhow, this walks it. */
function values(node, found = []) {
  if (node.nodeKind === "reference" && node.nodeValue !== undefined) found.push([node.dottedName, node.nodeValue]);
  for (const below of Object.values(node.explanation ?? {}).flat()) if (below?.nodeKind) values(below, found);
  return found;
}

function check({ household, people }, reasons) {
  const verdicts = {};
  const explained = [];
  const ask = (rule) => {
    const node = engine.evaluate(rule);
    if (reasons) explained.push({ values: values(node), missing: node.missingVariables });
    return node.nodeValue;
  };
  const somebody_here = people.some((person) => person.hukou_here);
  const others_at_home = people.length >= 2 && people.some((person) => !person.destitute);
  engine.setSituation(situation({ ...household, people: people.length, somebody_here, others_at_home }));
  for (const rule of OF_HOUSEHOLD) verdicts[rule] = ask(rule);
  for (const person of people) {
    // Ages in full years cannot be reckoned from a date there: its duration in years goes by the mean year.
    engine.setSituation(situation({ ...person, age: age(person.birth) }), { keepPreviousSituation: true });
    for (const rule of OF_PERSON) (verdicts[rule] ??= []).push(ask(rule));
  }
  return { verdicts, explained };
}

await measure({
  engine: "publicodes",
  uses: ["publicodes"],
  explains: "a tree of all rules and answers with their values, and which answers are missing; no date of a figure",
  lacks: [
    "a list of people (the situation is set for each by the caller)",
    "ages in full years (a function of the caller)",
    "figures with dates (a case for each period would serve)",
  ],
  ways: [
    { how: "verdicts; the tree is built anyhow", one: (facts) => check(facts, false) },
    { how: "with values and missing answers taken from the tree", one: (facts) => check(facts, true) },
  ],
});
