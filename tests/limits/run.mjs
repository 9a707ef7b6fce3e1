// The limits that budgetcheck generates, in a real nginx: what it accepts is what the plans say, and the replay of its log says the same.
//
// run.mjs PROGRAM FOLDER   prints what differs; exit code 1 when something does
//
// Each plan is driven at saturation by four connections in a closed loop. nginx accepts burst + 1 + rate * t requests of a key in the
// time t from its first to its last request.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';

const [program, folder] = process.argv.slice(2).map((one) => path.resolve(one));
const SECONDS = 4;
const PLANS = {
  trial: { rate: '4/s', burst: 8, per_second: 4, prefix: 'tk-t' },
  team: { rate: '40/s', burst: 60, per_second: 40, prefix: 'tk-m' },
  scale: { rate: '150/s', burst: 150, per_second: 150, prefix: 'tk-s.1+' },
  slow: { rate: '90/m', burst: 0, per_second: 1.5, prefix: 'tk-w' },
};
const problems = [];
const check = (holds, what) => {
  if (!holds) problems.push(what);
};

function budgetcheck(...args) {
  const run = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

function budgets(plans) {
  return `version: 1
limits:
  key: $http_x_api_key
  plans:
${Object.entries(plans)
  .map(([name, plan]) => `    ${name}: { rate: ${plan.rate}, burst: ${plan.burst}, tenants: 100, prefix: "${plan.prefix}" }`)
  .join('\n')}
generate:
  nginx-limits: limits.conf
  envoy-limits: envoy.yaml
`;
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const configuration = (port) => `worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
events { worker_connections 256; }
http {
  client_body_temp_path ${folder}/tmp; proxy_temp_path ${folder}/tmp; fastcgi_temp_path ${folder}/tmp;
  uwsgi_temp_path ${folder}/tmp; scgi_temp_path ${folder}/tmp;
  keepalive_requests 10000000;
  log_format keyed escape=json '{"msec":"$msec","request_method":"$request_method","request_uri":"$request_uri",'
    '"status":$status,"request_time":$request_time,"http_x_api_key":"$http_x_api_key"}';
  log_format words '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "-" "-" "$http_x_api_key"';
  access_log ${folder}/access.ndjson keyed;
  access_log ${folder}/access.log words;
  include ${folder}/limits.conf;
  server { listen 127.0.0.1:${port}; root ${folder}/html; }
}
`;

function get(port, agent, key) {
  return new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, agent, path: '/index.html', headers: key ? { 'x-api-key': key } : {} }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode));
      })
      .on('error', reject);
  });
}

/** So many requests (or as many as fit into the time) over four connections; how often each status came. */
async function drive(port, key, { seconds = 0, requests = 0 }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  const statuses = {};
  const until = Date.now() + seconds * 1000;
  let sent = 0;
  const loop = async () => {
    while (seconds ? Date.now() < until : sent < requests) {
      sent += 1;
      const status = await get(port, agent, key);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all([loop(), loop(), loop(), loop()]);
  agent.destroy();
  return statuses;
}

async function withNginx(port, body) {
  const server = spawn('nginx', ['-p', folder, '-c', `${folder}/nginx.conf`], { stdio: 'inherit', env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } });
  try {
    for (let i = 0; ; i += 1) {
      try {
        await get(port, undefined, '');
        break;
      } catch (error) {
        if (i > 100 || server.exitCode !== null) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    return await body();
  } finally {
    server.kill('SIGQUIT');
    await new Promise((resolve) => server.on('exit', resolve));
  }
}

/** What nginx itself logged of a key. */
function logged(prefix) {
  const lines = readFileSync(`${folder}/access.ndjson`, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter((line) => line.http_x_api_key.startsWith(prefix));
  const times = lines.map((line) => Number(line.msec));
  const accepted = lines.filter((line) => line.status === 200).length;
  return { accepted, limited: lines.length - accepted, seconds: Math.max(...times) - Math.min(...times) };
}

/** The row of a plan in what `review limits` prints: requests and limited ones. */
function replayed(text, plan) {
  const row = text.split('\n').find((line) => line.trim().startsWith(`${plan} `)) ?? '';
  const cells = row.trim().split(/ {2,}/);
  const numbers = (cells[3] ?? '').replace(/,/g, '').match(/^(\d+)(?: to (\d+))?/) ?? [];
  return { requests: Number((cells[2] ?? '').replace(/,/g, '')), low: Number(numbers[1]), high: Number(numbers[2] ?? numbers[1]) };
}

async function main() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(`${folder}/html`, { recursive: true });
  mkdirSync(`${folder}/tmp`);
  writeFileSync(`${folder}/html/index.html`, 'ok\n');
  writeFileSync(`${folder}/budgets.yml`, budgets(PLANS));
  const port = await freePort();
  writeFileSync(`${folder}/nginx.conf`, configuration(port));

  check(budgetcheck('generate', '--check').code === 1, 'generate --check: files that are not there must exit 1');
  const generated = budgetcheck('generate');
  check(generated.code === 0, `generate: exit ${generated.code}: ${generated.err}`);
  check(budgetcheck('generate', '--check').code === 0, 'generate --check: what was just written differs');
  const path_ = `${process.env.PATH}:/usr/sbin`;
  const tested = spawnSync('nginx', ['-t', '-p', folder, '-c', `${folder}/nginx.conf`], { encoding: 'utf8', env: { ...process.env, PATH: path_ } });
  check(tested.status === 0, `nginx -t: ${tested.stderr}`);
  if (problems.length) return;

  await withNginx(port, async () => {
    await Promise.all(Object.values(PLANS).map((plan) => drive(port, `${plan.prefix}-1`, { seconds: SECONDS })));
    for (const [key, what] of [['', 'without a key'], ['other', 'with a key of no plan']]) {
      const statuses = await drive(port, key, { requests: 300 });
      check(statuses[200] === 300, `300 requests ${what}: ${JSON.stringify(statuses)}, all must be accepted`);
    }
  });
  const exact = budgetcheck('review', 'limits', 'access.ndjson');
  const coarse = budgetcheck('review', 'limits', 'access.log', '--key', '-1');
  check(exact.code === 0 && coarse.code === 0, `review limits: exit ${exact.code}, ${coarse.code}: ${exact.err}${coarse.err}`);
  check(!exact.out.includes('tk-') && !coarse.out.includes('tk-'), 'review limits shows a key');
  for (const [name, plan] of Object.entries(PLANS)) {
    const truth = logged(plan.prefix);
    const formula = plan.burst + 1 + plan.per_second * truth.seconds;
    check(truth.limited > 0, `${name}: nothing was limited, so nothing was shown`);
    check(Math.abs(truth.accepted - formula) <= 1, `${name}: nginx accepted ${truth.accepted}, the plan says ${formula.toFixed(1)}`);
    const replay = replayed(exact.out, name);
    const sent = truth.accepted + truth.limited;
    check(replay.requests === sent && Math.abs(replay.low - truth.limited) <= 1 && replay.low === replay.high,
      `${name}: the replay says ${replay.low} of ${replay.requests} limited, nginx limited ${truth.limited} of ${sent}`);
    const rough = replayed(coarse.out, name);
    const step = plan.per_second + 2; // times of whole seconds: up to a second's worth apart
    check(rough.low - step <= truth.limited && truth.limited <= rough.high + step,
      `${name}: the replay of whole seconds says ${rough.low} to ${rough.high} limited, nginx limited ${truth.limited}`);
    console.log(`${name}: accepted ${truth.accepted} (formula ${formula.toFixed(1)}), limited ${truth.limited}, replayed ${replay.low}, ${rough.low} to ${rough.high}`);
  }

  // A plan that changes makes the file stale, and a limit that somebody edits in it too.
  writeFileSync(`${folder}/budgets.yml`, budgets({ ...PLANS, trial: { ...PLANS.trial, rate: '5/s' } }));
  const stale = budgetcheck('generate', '--check');
  check(stale.code === 1 && stale.out.includes('+ limit_req_zone $limit_trial zone=limit_trial:1m rate=5r/s;'), `generate --check: exit ${stale.code}: ${stale.out}`);
}

await main();
if (problems.length) {
  console.log(problems.join('\n'));
  process.exit(1);
}
