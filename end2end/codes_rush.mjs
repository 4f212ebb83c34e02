// How soon a code is at the gateway on a hot morning: node end2end/codes_rush.mjs [codes a second] [seconds] [the gateway's ms]
// Prints percentiles from the request to the gateway's receipt. Needs a built portal (CARGO_TARGET_DIR, HUIMIN_BIN).
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { startServer } from "./server.mjs";

const [rate, seconds, delay] = [50, 20, 200].map((usual, place) => Number(process.argv[2 + place] ?? usual));
const asked = new Map();
const took = [];
let twice = 0;
const gateway = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", async () => {
    const to = JSON.parse(body).to.replace(/\D/g, "").slice(-11);
    if (asked.has(to)) took.push(performance.now() - asked.get(to));
    else twice += 1;
    asked.delete(to);
    await pause(delay);
    response.end("{}");
  });
});
await new Promise((open) => gateway.listen(0, "127.0.0.1", open));
const server = await startServer({
  now: "2026-05-06T09:00:00+08:00",
  env: { HUIMIN_MESSAGES: `http://127.0.0.1:${gateway.address().port}/sms`, HUIMIN_RATE_LIMIT: "off" },
});
const answers = [];
const refused = new Map();
const under = [];
for (let n = 0; n < rate * seconds; n++) {
  const phone = `139${String(10_000_000 + n)}`;
  under.push(ask(phone));
  await pause(1000 / rate);
}
await Promise.all(under);
for (let turn = 0; turn < 100 && asked.size > 0; turn++) await pause(100);
console.log(`${rate} codes a second for ${seconds} s, a gateway of ${delay} ms`);
console.log(`request to gateway: ${percentiles(took)}; ${asked.size} never came, ${twice} came twice`);
console.log(`answers: ${percentiles(answers)}; refused: ${JSON.stringify([...refused])}`);
await server.stop();
gateway.close();

async function ask(phone) {
  asked.set(phone, performance.now());
  const began = performance.now();
  const answer = await fetch(`${server.url}/api/v1/phone-codes`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ phone, service: "marriage_registration" }),
  });
  answers.push(performance.now() - began);
  await answer.arrayBuffer();
  if (answer.status !== 202) refused.set(answer.status, (refused.get(answer.status) ?? 0) + 1);
}

function percentiles(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share) => `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))])} ms`;
  return sorted.length ? `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)} of ${sorted.length}` : "none";
}
