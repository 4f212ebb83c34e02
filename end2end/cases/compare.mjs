// Answers every case of the policy packs, benefits and procedures, in WebAssembly and natively; the two must agree byte by byte.
//
//   node compare.mjs PACKS_FOLDER WASM_MODULE.cjs NATIVE_PROGRAM
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";

const [folder, module, native] = process.argv.slice(2).map((path) => resolve(path));
const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".toml"))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
const files = JSON.stringify(Object.fromEntries(paths.map((path) => [relative(folder, path), readFileSync(path, "utf8")])));

const inWasm = createRequire(import.meta.url)(module).answers(files).split("\n");
const run = spawnSync(native, { input: files, encoding: "utf8", maxBuffer: 1 << 30 });
if (run.status !== 0) throw new Error(run.stderr);
const natively = run.stdout.split("\n");

const cases = natively.filter((line) => line.includes(".toml ")).length;
const applications = natively.filter((line) => line.includes("/procedures/cases/")).length;
const different = natively.filter((line, place) => line !== inWasm[place]);
if (cases - applications < 200 || applications < 100 || natively.length !== inWasm.length || different.length > 0) {
  console.error(`${different.length} of ${cases} cases, ${applications} of them of procedures, differ between WebAssembly and this machine`);
  for (const line of different.slice(0, 5)) console.error(line.slice(0, 300));
  process.exit(1);
}
console.log(`${cases} cases, ${applications} of them of procedures, are answered alike in WebAssembly and natively`);
