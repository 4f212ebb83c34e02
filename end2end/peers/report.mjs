// Puts the figures of one run into the text of docs/eligibility-peers.md.
//
//   node report.mjs FOLDER COMMIT
import { readFileSync } from "node:fs";
import { availableParallelism, release, totalmem } from "node:os";
import { join } from "node:path";

const [folder, commit] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(join(folder, file), "utf8"));
const asked = read("households.json");
const engines = ["huimin", "zen", "json_rules", "publicodes", "openfisca"].map((name) => read(`results/${name}.json`));
// What all others are divided by: told facts in, verdicts with all reasons out.
const ours = median(engines[0].rows[0].rounds, "processor");

function median(rounds, what) {
  return sorted(rounds, what)[Math.floor(rounds.length / 2)];
}

function sorted(rounds, what) {
  return rounds.map((round) => round[what]).sort((one, other) => one - other);
}

/** Three figures, and thousands apart. */
function number(value) {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function spread(rounds, what) {
  const all = sorted(rounds, what);
  return `${number(median(rounds, what))} (${number(all[0])}–${number(all.at(-1))})`;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, column) => (column < 2 ? "---" : "---:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

const megabytes = (bytes) => `${number(bytes / 1e6)}`;
const rows = engines.flatMap(({ engine, rows }) =>
  rows.map(({ how, rounds }) => {
    const used = median(rounds, "processor");
    const ratio = used === ours ? "1" : number(used / ours);
    return [engine, how, spread(rounds, "processor"), spread(rounds, "wall"), number(Math.round(1e6 / used)), ratio];
  }),
);
const about = engines.map(({ engine, version, installed, memory, explains }) => [
  engine,
  `${version}`,
  installed ? megabytes(installed) : "–",
  megabytes(memory),
  explains,
]);
const households = asked.households.length;
const all = Object.values(asked.counts).flatMap(Object.entries);
const verdicts = (word) => all.filter(([each]) => !word || each === word).reduce((sum, [, count]) => sum + count, 0);
const counts = Object.entries(asked.counts).map(([rule, { likely, no, bureau }]) => [rule, likely, no, bureau ?? "–"]);
const lacks = engines.slice(1).map(({ engine, lacks }) => `- ${engine}: ${lacks.join("; ")}.`);
const date = new Date().toLocaleDateString("sv", { timeZone: "Asia/Shanghai" });

console.log(`# The benefit check beside other rule engines

Written by \`make bench-peers\`; never by hand. Ten benefits of Nanshan, Shenzhen, as they stood on ${asked.as_of}, are
written once more in the format of each engine, and each is asked about the same ${households} invented households with
${number(asked.people)} people. Seven of the ten are looked at person by person, which makes ${number(verdicts())} verdicts. Before anything is timed,
every verdict of every engine must agree with ours; the run ends at the first engine that differs.

- Machine: ${availableParallelism()} cores, ${Math.round(totalmem() / 1e9)} GB of memory, Linux ${release().split("-")[0]}
- Date: ${date}
- Commit: ${commit}

## Times

Microseconds for one household and its ten benefits, from the facts as they come out of JSON to the verdicts, one thing at
a time. Each figure is the median of ${engines[0].rows[0].rounds.length} rounds of at least a second, the lowest and the highest in brackets. What
else the machine does disturbs the clock more than the processor time, so the last two columns go by the latter.

${table(["engine", "what it gives", "processor, µs", "clock, µs", "checks a second on a core", "times ours"], rows)}

Our reasons cannot be left out, so there is no row without. OpenFisca works on arrays: a whole population in one
simulation costs it little for each household. That serves studies; a family asks alone.

## What one gets for it

${table(["engine", "version", "installed, MB", "most memory, MB", "what its explanation holds"], about).replace("---: | ---: | ---: |", "---: | ---: | --- |")}

Installed is the package with all that it depends on, without Python or Node.js; ours is a part of the program.

## What their formats have no form for

${lacks.join("\n")}

OpenFisca alone dates its figures and formulas. Only publicodes knows an answer that is not known. The households here are
therefore told in full; what the engines make of half-told ones is not measured.

## The verdicts

${table(["benefit", "likely", "no", "left to the bureau"], counts).replace("| --- | --- | ---: | ---: |", "| --- | ---: | ---: | ---: |")}

A car or larger savings stand against limits that the pack does not know: there our engine leaves ${verdicts("bureau")} verdicts to the
bureau, and the others, whose rules are true or false, say no. Half of the ages, incomes and savings are drawn from all
answers alike, half within a day or a fen of a threshold, so that each condition decides some verdict.`);
