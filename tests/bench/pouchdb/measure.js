// SPDX-License-Identifier: GPL-3.0-or-later
// Documents a second that PouchDB pushes to and pulls from express-pouchdb on loopback; prints "name value" lines.
//
// node measure.js FOLDER COUNT: FOLDER holds node_modules and takes the databases. A document is about as long as an operation with one box
// (200 bytes). The fastest of three rounds counts, each of a new server and new databases; once as PouchDB comes (batches of 100, up to ten
// under way), once with batches of 1000.
const { spawn } = require('child_process');
const fs = require('fs');
const path = require('path');
const PouchDB = require('pouchdb');

const [folder, count] = [path.resolve(process.argv[2]), Number(process.argv[3])];

function documents() {
  const filler = (n) => Array.from({ length: 24 }, (_, i) => ((n * 7919 + i * 104729) % 65536).toString(16).padStart(4, '0')).join('');
  return Array.from({ length: count }, (_, n) => ({
    _id: String(n).padStart(32, '0'), stamp: 7690000000 + n, device: 3, kind: 'personal', week: 2937, box: filler(n),
  }));
}

async function serve(data) {
  fs.mkdirSync(data, { recursive: true });
  const child = spawn(process.execPath, [path.join(__dirname, 'server.js'), data], { stdio: ['pipe', 'pipe', 'inherit'] });
  const port = await new Promise((done, fail) => {
    child.stdout.once('data', (text) => done(Number(String(text))));
    child.once('exit', () => fail(new Error('the server ended before it listened')));
  });
  return { child, url: `http://127.0.0.1:${port}/` };
}

const rate = (from) => count / (Number(process.hrtime.bigint() - from) / 1e9);

async function checked(replication, what) {
  const from = process.hrtime.bigint();
  const result = await replication;
  if (!result.ok || result.docs_written !== count) throw new Error(`${what}: ${result.docs_written} of ${count} documents`);
  return rate(from);
}

async function round(name, options) {
  const data = path.join(folder, 'data', name);
  const server = await serve(path.join(data, 'server'));
  const here = PouchDB.defaults({ prefix: data + '/' });
  const [from, to] = [new here('from'), new here('to')];
  await from.bulkDocs(documents());
  const push = await checked(from.replicate.to(server.url + 'house', { ...options }), 'push');
  const pull = await checked(to.replicate.from(server.url + 'house', { ...options }), 'pull');
  server.child.stdin.end();
  await Promise.all([from.close(), to.close(), new Promise((done) => server.child.once('exit', done))]);
  return { push, pull };
}

(async () => {
  fs.rmSync(path.join(folder, 'data'), { recursive: true, force: true });
  for (const [suffix, options] of [['', {}], ['_batch_1000', { batch_size: 1000 }]]) {
    const best = { push: 0, pull: 0 };
    for (let number = 0; number < 3; ++number) {
      const { push, pull } = await round(`round${suffix}_${number}`, options);
      best.push = Math.max(best.push, push);
      best.pull = Math.max(best.pull, pull);
    }
    console.log(`pouchdb_push_docs_per_s${suffix} ${best.push.toFixed(1)}`);
    console.log(`pouchdb_pull_docs_per_s${suffix} ${best.pull.toFixed(1)}`);
  }
  const size = Buffer.byteLength(JSON.stringify(documents()[0]));
  console.log(`pouchdb_doc_bytes ${size}`);
  process.exit(0);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
