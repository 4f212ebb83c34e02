// GoRules zen-engine: one decision of two expression nodes in zen.json, the household's first and then, in loop mode,
// that of each person. Every condition has an output of its own, so that the trace tells which of them failed.
import { readFileSync } from "node:fs";
import { ZenEngine } from "@gorules/zen-engine";
import { AS_OF, OF_HOUSEHOLD, OF_PERSON, measure } from "./measure.mjs";

const engine = new ZenEngine();
const decision = engine.createDecision(JSON.parse(readFileSync(new URL("zen.json", import.meta.url), "utf8")));

async function check(facts, trace) {
  const answer = await decision.evaluate({ as_of: AS_OF, household: facts.household, people: facts.people }, { trace });
  const { result } = answer;
  const ofHousehold = OF_HOUSEHOLD.map((rule) => [rule, result[rule].likely]);
  const ofPerson = OF_PERSON.map((rule) => [rule, result.persons.map((person) => person[rule].likely)]);
  return { verdicts: Object.fromEntries([...ofHousehold, ...ofPerson]), trace: answer.trace };
}

await measure({
  engine: "zen-engine",
  uses: ["@gorules/zen-engine"],
  explains: "what went into each node and what came out, expression by expression; no sentence, source or figure's date",
  lacks: [
    "figures with dates (a table over the day would serve)",
    "reasons: only what is an output of its own is seen in the trace",
  ],
  ways: [
    { how: "verdicts and the value of each condition", one: (facts) => check(facts, false) },
    { how: "with the trace, as JSON text", one: (facts) => check(facts, "string") },
  ],
});
engine.dispose();
