// The work of cron jobs, queue workers and scripts: one stream of statements without a request, with the pauses that it really
// makes. Each scenario marks the turns of its loops; the mark travels as a comment in the statement, which is taken out again
// before anything is written.
import { AsyncLocalStorage } from 'node:async_hooks'
import { fingerprint, grouped, kindOf } from './fingerprint.mjs'
import { jobLogs } from './job_logs.mjs'
import { traced } from './spans.mjs'

const MARK = / ?\/\*mark='(\d+)'\*\//
const CONTROL = /^(begin|commit|rollback|savepoint.*|release.*|)$/ // MySQL's COMMIT is only a comment
const LEAST_TURNS = 3
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function recordJob(PrismaClient, adapter, job) {
  const store = new AsyncLocalStorage()
  const contexts = [] // a mark is a place in this list
  const prisma = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }],
    comments: [() => (store.getStore() === undefined ? {} : { mark: String(store.getStore()) })] })
  const entries = [], spans = []
  prisma.$on('query', (e) => {
    const mark = e.query.match(MARK)
    entries.push({ ...(mark ? contexts[mark[1]] : {}), time: e.timestamp.getTime(), logged: Date.now(), query: e.query.replace(MARK, ''),
      params: e.params, duration: e.duration, target: e.target })
  })
  await prisma.$connect()
  await prisma.$queryRaw`SELECT 1` // a pool connects now and not within the first turn
  await sleep(5)
  entries.length = 0
  let turns = 0
  const pause = async (milliseconds) => {
    if (!job.waits) throw new Error('a job that pauses says waits: true')
    // On a slow machine the work takes longer, and a pause is still to look like one.
    const taken = entries.filter((e) => e.duration !== undefined).slice(-20).map((e) => e.duration).sort((a, b) => a - b)
    await sleep(Math.min(Math.max(milliseconds, 8 * (taken[Math.floor(taken.length / 2)] ?? 0)), 20 * milliseconds))
  }
  // What a scenario may say: this is a turn of that loop; now nothing happens; something outside is asked; a line of its own.
  const t = {
    turn: (loop, run) => store.run(contexts.push({ loop, turn: ++turns }) - 1, async () => await run()),
    pause, call: pause,
    log: (text, fields) => entries.push({ text, fields, logged: Date.now() }),
  }
  try {
    await traced(spans, async () => await job.run(prisma, t))
  } catch (error) {
    throw new Error(`${job.name}: ${error.message.trim()}`)
  }
  await sleep(5) // events arrive a little after the answer
  await prisma.$disconnect()
  for (const span of spans) {
    const query = span.attributes?.['db.query.text']
    if (query) span.attributes['db.query.text'] = query.replace(MARK, '')
  }
  return { job, entries, spans }
}

// Jobs that only wait may do so together; those that do not wait run alone, so that nothing stands between their statements.
export async function recordJobs(PrismaClient, adapter, jobs, together) {
  const recorded = new Map(), failures = []
  const one = (job) => recordJob(PrismaClient, adapter(), job).then((done) => recorded.set(job, done), (error) => failures.push(error.message))
  for (const job of jobs.filter((j) => !j.waits)) await one(job)
  const waiting = jobs.filter((j) => j.waits)
  const worker = async () => { for (let job = waiting.shift(); job; job = waiting.shift()) await one(job) }
  await Promise.all(Array.from({ length: together }, worker))
  if (failures.length) throw new Error(`jobs failed:\n  ${failures.join('\n  ')}`)
  return jobs.map((job) => recorded.get(job))
}

const ruleOf = (sql) => (/^(insert|update|delete|replace)$/.test(kindOf(sql)) || /^\s*with\b.*\b(insert into|update|delete from)\b/is.test(sql)
  ? 'n_plus_one_write' : 'n_plus_one')
const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]

// `said` is 'read', 'write 3' or 'read 1 optional': what its turns do, and how many statements the usual one has.
function loopOf(name, said, entries) {
  const [, kind, size, optional] = said.match(/^(read|write)(?: (\d))?( optional)?$/) ?? []
  if (!kind) throw new Error(`what is a loop '${said}'?`)
  const turns = [...grouped(entries.filter((e) => e.loop === name), (e) => e.turn).values()]
  const statements = [...grouped(turns.flat(), (e) => fingerprint(e.query))].map(([text, all]) => ({ fingerprint: text, rule: ruleOf(all[0].query),
    count: all.length, distinct_params: new Set(all.map((e) => e.query + e.params)).size }))
  const usual = middle(turns.map((all) => all.length)) ?? 0
  const writes = statements.some((s) => s.rule === 'n_plus_one_write')
  const wrong = []
  if (turns.length < LEAST_TURNS) wrong.push(`has ${turns.length} turns`)
  if (size && usual !== Number(size)) wrong.push(`has ${usual} statements a turn, not ${size}`)
  if (writes !== (kind === 'write')) wrong.push(`its turns ${writes ? 'write' : 'only read'}`)
  // A key may come twice; turns that are mostly the same have no key.
  const different = new Set(turns.map((all) => all.map((e) => e.query + e.params).join())).size
  if (different < Math.max(LEAST_TURNS, turns.length / 2)) wrong.push(`has only ${different} different turns`)
  return { name, kind, required: !optional, turns: turns.length, statements_a_turn: usual, statements, wrong }
}

// What is in the log: the loops, and everything else that repeats and is none.
export function jobLabels({ job, entries }) {
  if (!job.loops === !job.silent) throw new Error(`${job.name}: either loops or silent`)
  const logged = entries.filter((e) => e.query !== undefined && !CONTROL.test(fingerprint(e.query)))
  const loops = Object.entries(job.loops ?? {}).map(([name, said]) => loopOf(name, said, logged))
  const marked = new Set(logged.map((e) => e.loop).filter(Boolean))
  const wrong = loops.flatMap((loop) => loop.wrong.splice(0).map((text) => `${job.name}: the loop '${loop.name}' ${text}`))
  for (const name of marked) if (!job.loops?.[name]) wrong.push(`${job.name}: nobody says what '${name}' is`)
  if (logged.length < LEAST_TURNS) wrong.push(`${job.name}: ${logged.length} statements were logged`)
  const inLoops = new Map(loops.flatMap((loop) => loop.statements.map((s) => [s.fingerprint, { rule: s.rule, loop: loop.name }])))
  const patterns = [...grouped(logged, (e) => fingerprint(e.query))].filter(([, all]) => all.length > 1).map(([text, all]) => ({
    ...(inLoops.get(text) ?? { rule: 'legit_repeat', must_not_flag: true }), fingerprint: text, count: all.length, required: false }))
  return { loops: loops.map(({ wrong: _, ...loop }) => loop), patterns, statements: logged.length, wrong }
}

export function jobFiles(schema, provider, name, { job, entries, spans }, { loops, patterns, statements }) {
  return { ...jobLogs(job.name, entries, spans), 'schema.prisma': schema.text,
    'labels.json': JSON.stringify({ scenario: `${name}-job-${job.name}`, schema: name, provider, statements,
      ...(job.silent ? { silent: job.silent } : {}), loops, patterns }, null, 1) }
}
