// Loads, checks and times one rule engine on the rules and requests that conduit.bench.rules.RuleBench wrote into a
// folder, and writes FOLDER/ENGINE.json:  node --expose-gc engines.mjs json-rules-engine|zen FOLDER COPIES MILLISECONDS
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [engine, folder, copies, millis] = process.argv.slice(2);
const read = name => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const ms = async work => {
  const start = process.hrtime.bigint();
  const result = await work();
  return [Number(process.hrtime.bigint() - start) / 1e6, result];
};

const engines = {
  async 'json-rules-engine'() {
    const { Engine } = await import('json-rules-engine');
    const rules = read('json-rules-engine-rules.json');
    return {
      memory: () => process.memoryUsage().heapUsed,
      load() {
        const loaded = new Engine();
        const expressions = new Map(rules.flatMap(rule => rule.conditions.all)
          .filter(one => one.operator === 'matches').map(one => [one.value, new RegExp(one.value)]));
        loaded.addOperator('textContains', (text, part) => text.includes(part));
        loaded.addOperator('matches', (text, expression) => expressions.get(expression).test(text));
        rules.forEach(rule => loaded.addRule(rule));
        loaded.on('success', () => loaded.stop());   // The first by priority decides; the rest is not asked.
        return async request => (await loaded.run(request)).events[0]?.params.rule ?? null;
      },
    };
  },
  async zen() {
    const { ZenEngine, ZenDecisionContent } = await import('@gorules/zen-engine');
    const table = readFileSync(join(folder, 'zen-rules.json'));
    const zen = new ZenEngine();
    return {
      memory: () => process.memoryUsage().rss,       // It lives outside of JavaScript's heap.
      load() {
        const decision = zen.createDecision(new ZenDecisionContent(table));
        return async request => (await decision.evaluate(request)).result?.rule ?? null;
      },
    };
  },
};

async function check(decide, requests, expected) {
  for (let i = 0; i < requests.length; i++) {
    const decision = await decide(requests[i]);
    if (decision !== expected[i]) {
      throw new Error(`request ${i} is decided by ${decision}, not by ${expected[i]}`);
    }
  }
}

async function sample(decide, requests) {
  const times = [];
  const end = performance.now() + Number(millis);
  for (let i = 0; performance.now() < end || times.length < 100; i++) {
    const start = process.hrtime.bigint();
    await decide(requests[i % requests.length]);
    times.push(Number(process.hrtime.bigint() - start) / 1e3);
  }
  return times.sort((a, b) => a - b);
}

const requests = read('requests.json');
const expected = read('expected.json');
const { load, memory } = await engines[engine]();
const [coldMs, cold] = await ms(load);
const [firstMs] = await ms(() => cold(requests[0]));
await check(cold, requests, expected);
const warm = [];
for (let i = 0; i < 3; i++) warm.push((await ms(load))[0]);
const inUse = () => {
  for (let i = 0; i < 5; i++) global.gc();
  return memory();
};
const kept = [];
const before = inUse();
for (let i = 0; i < copies; i++) {
  kept.push(load());
  await check(kept[i], requests.slice(0, 100), expected);
}
const bytes = (inUse() - before) / copies;
await sample(kept[0], requests);
const times = await sample(kept[0], requests);
const at = share => times[Math.ceil(share * times.length) - 1];
writeFileSync(join(folder, `${engine}.json`), JSON.stringify({
  p50: at(0.5), p99: at(0.99), coldMs, warmMs: warm.sort((a, b) => a - b)[1], firstMs,
  megabytes: bytes / (1 << 20), decisions: times.length,
}));
