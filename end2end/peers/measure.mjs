// What all peers in JavaScript share: their verdicts must be ours, and only then are they timed, over the same
// households and in the same way as in measure.py and end2end/bench/src/peers.rs.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROUNDS = 7;
const ROUND_MILLISECONDS = 1000;
const modules = new URL("node_modules/", import.meta.url).pathname;

/** HOUSEHOLDS RESULT: where the households with our verdicts are, and where the figures go. */
const [householdsFile, resultFile] = process.argv.slice(2);
const { as_of, households } = JSON.parse(readFileSync(householdsFile, "utf8"));
export const AS_OF = as_of;

/** The ten rules, as end2end/bench/src/peers.rs names them. */
export const OF_HOUSEHOLD = ["dibao", "dibao_edge", "funeral_basics"];
export const OF_PERSON = [
  "dibao_single",
  "tekun",
  "orphan",
  "de_facto_unattended",
  "old_age_allowance",
  "elder_meals",
  "home_adaptation",
];

/**
 * `ways` are the ways to ask the engine: `one(facts)` gives the verdicts of a household, `true` or `false` by benefit,
 * and a list of them, person by person, where the benefit is a person's.
 */
export async function measure({ engine, uses, explains, lacks, ways }) {
  for (const way of ways) await compare(engine, way.one);
  const rows = ways.map(({ how }) => ({ how, rounds: [] }));
  // The ways take turns, so that what the machine does meanwhile falls on all of them; two turns warm up.
  for (let turn = -2; turn < ROUNDS; turn += 1) {
    for (const [place, { one }] of ways.entries()) {
      const found = await round(one);
      if (turn >= 0) rows[place].rounds.push(found);
    }
  }
  const version = JSON.parse(readFileSync(join(modules, uses[0], "package.json"), "utf8")).version;
  const result = {
    engine,
    version: `${version}, Node.js ${process.versions.node}`,
    explains,
    lacks,
    installed: size(uses),
    memory: process.resourceUsage().maxRSS * 1024,
    rows,
  };
  writeFileSync(resultFile, JSON.stringify(result));
}

async function compare(engine, one) {
  const differences = [];
  for (const [place, { facts, verdicts }] of households.entries()) {
    const theirs = (await one(facts)).verdicts;
    for (const [rule, ours] of Object.entries(verdicts)) {
      for (const [person, verdict] of [ours].flat().entries()) {
        const said = [theirs[rule]].flat()[person];
        const word = said === true ? "likely" : said === false ? "no" : String(said);
        // What we leave to the bureau, rules of true and false can only deny.
        if (word === (verdict === "bureau" ? "no" : verdict)) continue;
        const who = Array.isArray(ours) ? `, person ${person}` : "";
        differences.push(`household ${place}, ${rule}${who}: ${engine} says ${word}, Huimin says ${verdict}`);
      }
    }
  }
  if (differences.length === 0) return;
  console.error([...differences.slice(0, 10), `${differences.length} verdicts of ${engine} differ`].join("\n"));
  process.exit(1);
}

/** Microseconds a household, by the clock and of the processor. */
async function round(one) {
  const [begin, before] = [performance.now(), process.cpuUsage()];
  let count = 0;
  while (performance.now() - begin < ROUND_MILLISECONDS) {
    for (const { facts } of households) await one(facts);
    count += households.length;
  }
  const [wall, used] = [(performance.now() - begin) * 1000, process.cpuUsage(before)];
  return { wall: wall / count, processor: (used.user + used.system) / count };
}

/** Bytes of packages with all that they depend on, as installed here. */
function size(names, counted = new Set()) {
  let bytes = 0;
  for (const name of names) {
    if (counted.has(name)) continue;
    counted.add(name);
    let about;
    try {
      about = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
    } catch {
      continue; // A native part for another machine.
    }
    const files = readdirSync(join(modules, name), { recursive: true, withFileTypes: true });
    for (const file of files) if (file.isFile()) bytes += statSync(join(file.parentPath ?? file.path, file.name)).size;
    bytes += size(Object.keys({ ...about.dependencies, ...about.optionalDependencies }), counted);
  }
  return bytes;
}

/** Whole years from a birth until the day of the check. */
export function age(birth) {
  const [years, rest] = [Number(AS_OF.slice(0, 4)) - Number(birth.slice(0, 4)), AS_OF.slice(5) < birth.slice(5)];
  return rest ? years - 1 : years;
}
