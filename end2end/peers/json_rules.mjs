// json-rules-engine: a rule a benefit, conditions in json_rules.json. It knows no list of people, so one engine holds
// the household's rules and another those of a person, which runs once for each; sums are in fen.
import { readFileSync } from "node:fs";
import { Engine } from "json-rules-engine";
import { AS_OF, age, measure } from "./measure.mjs";

const { figures, conditions, household, person } = JSON.parse(
  readFileSync(new URL("json_rules.json", import.meta.url), "utf8"),
);

function engine(rules) {
  const engine = new Engine(rules);
  for (const [name, condition] of Object.entries(conditions)) engine.setCondition(name, condition);
  // Figures have no dates here: whoever fills them in must choose those of the day.
  for (const [name, value] of Object.entries(figures[AS_OF])) engine.addFact(name, value);
  engine.addFact("age", async (_, almanac) => age(await almanac.factValue("birth")));
  engine.addFact("income_per_head", async (_, almanac) => {
    const sums = ["wages", "pensions", "other_income"].map((fact) => almanac.factValue(fact));
    const [wages, pensions, other] = await Promise.all(sums);
    return (wages + pensions + other) / (await almanac.factValue("people"));
  });
  return engine;
}

const ofHousehold = engine(household);
const ofPerson = engine(person);

async function check({ household, people }, reasons) {
  const explained = [];
  const keep = ({ results, failureResults }) => {
    const all = [...results, ...failureResults];
    if (reasons) explained.push(all.map((result) => result.toJSON(false)));
    return Object.fromEntries(all.map((result) => [result.name, result.result]));
  };
  const somebody_here = people.some((one) => one.hukou_here);
  const others_at_home = people.length >= 2 && people.some((one) => !one.destitute);
  const known = { ...household, people: people.length, somebody_here, others_at_home };
  const verdicts = keep(await ofHousehold.run(known));
  for (const one of people) {
    const facts = { ...known, ...one, dibao_edge: verdicts.dibao_edge };
    for (const [rule, verdict] of Object.entries(keep(await ofPerson.run(facts)))) (verdicts[rule] ??= []).push(verdict);
  }
  return { verdicts, explained };
}

await measure({
  engine: "json-rules-engine",
  uses: ["json-rules-engine"],
  explains: "the conditions of each rule with the fact's value and whether it held; no sentence, source or figure's date",
  lacks: [
    "a list of people (a run for each, put together by the caller)",
    "arithmetic and ages (functions of the caller)",
    "figures with dates (the caller chooses those of the day)",
    "one rule that rests on another across runs (passed on by the caller)",
  ],
  ways: [
    { how: "verdicts; the conditions are judged anyhow", one: (facts) => check(facts, false) },
    { how: "with the results of all conditions taken out", one: (facts) => check(facts, true) },
  ],
});
