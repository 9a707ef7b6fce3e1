// run.mjs PROGRAM [FOLDER]: real queues run for a minute, BullMQ's on Redis and pg-boss's on PostgreSQL: some keep up, one is given more
// than its workers can do, the workers of one hang. They are polled as docs/queues.md says, and PROGRAM has to find the
// growing and the stalled ones and leave the others alone. FOLDER has the packages (setup.sh).
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { startPostgres, stopServers, temporaryFolder } from '../conformance/lib/servers.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const [program, folder = path.join(here, '../../build/queues')] = process.argv.slice(2).map((arg) => path.resolve(arg))
if (!program) throw new Error('usage: run.mjs PROGRAM [FOLDER]')
const require = createRequire(path.join(folder, 'package.json'))
const { Queue, Worker } = require('bullmq')
const PgBoss = require('pg-boss')
const { Client } = require('pg')

const seconds = 60
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))
const expected = {
  'mail-steady': null, 'resize-growing': 'queue-growing', 'refunds-hung': 'queue-stalled',
  'boss-steady': null, 'boss-growing': 'queue-growing',
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

async function startRedis(base) {
  const port = await freePort()
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', base], { stdio: 'ignore' })
  process.once('exit', () => child.kill('SIGKILL'))
  for (let tried = 0; tried < 100; tried++) {
    const up = await new Promise((resolve) => net.connect(port, '127.0.0.1').once('connect', function () { this.end(); resolve(true) }).once('error', () => resolve(false)))
    if (up) return { port, child }
    await sleep(100)
  }
  throw new Error('Redis does not answer')
}

// Arrivals by chance: so many a second until `end`.
async function arrive(perSecond, end, add) {
  while (Date.now() < end) {
    await sleep(-Math.log(1 - Math.random()) / perSecond * 1000)
    await add()
  }
}

const base = temporaryFolder()
const out = path.join(folder, 'captures')
fs.rmSync(out, { recursive: true, force: true })
fs.mkdirSync(out, { recursive: true })
const redis = await startRedis(base)
const connect = async (address) => {
  const client = new Client({ ...address, database: 'postgres' })
  await client.connect()
  await client.end()
}
const postgres = await startPostgres(base, connect)
const connection = { host: '127.0.0.1', port: redis.port }
const begun = Date.now()
const end = begun + seconds * 1000

const plans = [
  { name: 'mail-steady', concurrency: 4, work: () => 200, perSecond: 6 },
  { name: 'resize-growing', concurrency: 2, work: () => 400, perSecond: 9 },
  { name: 'refunds-hung', concurrency: 2, work: () => Date.now() > begun + 35_000 ? 3_600_000 : 150, perSecond: 5 },
]
const queues = plans.map((plan) => new Queue(plan.name, { connection }))
const workers = plans.map((plan) => new Worker(plan.name, () => sleep(plan.work()), { connection, concurrency: plan.concurrency }))
const boss = new PgBoss({ host: postgres.host, port: postgres.port, user: postgres.user, database: 'postgres' })
boss.on('error', (error) => console.log(`pg-boss: ${error.message}`))
await boss.start()
for (const name of ['boss-steady', 'boss-growing']) await boss.createQueue(name)
await boss.work('boss-steady', { batchSize: 20, pollingIntervalSeconds: 0.5 }, () => sleep(50))
await boss.work('boss-growing', { batchSize: 1, pollingIntervalSeconds: 0.5 }, () => sleep(50))

const client = new Client({ ...postgres, log: undefined, database: 'postgres' })
await client.connect()
const bull = path.join(out, 'bullmq.ndjson')
const rows = path.join(out, 'pg-boss.csv')
fs.writeFileSync(rows, 'at,name,state,count\n')
async function poll() {
  for (let n = 1; n <= seconds; n++) {
    for (const queue of queues) {
      const counts = await queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'paused', 'completed', 'failed')
      fs.appendFileSync(bull, JSON.stringify({ ts: Date.now(), queue: queue.name, counts }) + '\n')
    }
    const found = await client.query(`SELECT now() AS at, name, CASE WHEN state = 'created' AND start_after > now() THEN 'delayed'
      ELSE state::text END AS state, count(*) FROM pgboss.job GROUP BY 1, 2, 3`)
    for (const row of found.rows) {
      if (row.name.startsWith('boss-')) fs.appendFileSync(rows, `${row.at.toISOString()},${row.name},${row.state},${row.count}\n`)
    }
    await sleep(Math.max(0, begun + n * 1000 - Date.now()))
  }
}
await Promise.all([
  poll(),
  ...plans.map((plan, i) => arrive(plan.perSecond, end, () => queues[i].add('job', {}))),
  arrive(4, end, () => boss.send('boss-steady', {})),
  arrive(8, end, () => boss.send('boss-growing', {})),
])

const results = path.join(out, 'results.json')
const ran = spawnSync(program, ['check', '--base', 'none', '--output', `json=${results}`, '--output', `html=${path.join(out, 'report.html')}`, bull, rows], { encoding: 'utf8' })
console.log(ran.stdout)
const findings = JSON.parse(fs.readFileSync(results, 'utf8')).findings
let wrong = ran.status === 1 ? 0 : 1
for (const [queue, rule] of Object.entries(expected)) {
  const told = findings.filter((finding) => finding.subject === queue).map((finding) => finding.rule)
  const right = rule === null ? told.length === 0 : told.length === 1 && told[0] === rule
  if (!right) console.log(`WRONG: of ${queue} it says ${told.join(', ') || 'nothing'}, and ${rule ?? 'nothing'} is right`)
  wrong += right ? 0 : 1
}
console.log(`${Object.keys(expected).length} queues, ${wrong} wrong; exit ${ran.status}; the captures are in ${path.relative(process.cwd(), out)}`)
redis.child.kill('SIGKILL')
await client.end()
await stopServers()
process.exit(wrong > 0 ? 1 : 0) // workers that hang would keep the program
