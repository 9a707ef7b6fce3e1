// Repeats whose meaning is known by construction: each scenario is the work of a request (or several), and marks the
// statements that make up its loop or its duplicate. The mark travels as a comment in the statement, which is taken out
// again before anything is written: logs say no more than an application's would.
import { AsyncLocalStorage } from 'node:async_hooks'
import { fingerprint } from './fingerprint.mjs'
import { consoleLog } from './record.mjs'

const MARK = / ?\/\*mark='(\d+)'\*\//
const LEAST = { n_plus_one: 5, n_plus_one_write: 5, duplicate: 2 }
const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

export async function recordPatterns(PrismaClient, adapter, patterns) {
  const store = new AsyncLocalStorage()
  const contexts = [] // a mark is a place in this list
  // A Prisma call runs when it is awaited, so that must be done inside.
  const enter = (context, run) => store.run(contexts.push(context) - 1, async () => await run())
  const prisma = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }],
    comments: [() => (store.getStore() === undefined ? {} : { mark: String(store.getStore()) })] })
  let events = []
  let last
  prisma.$on('query', (e) => {
    const mark = e.query.match(MARK)
    last = mark ? Number(mark[1]) : last // BEGIN and COMMIT carry no comment
    events.push({ ...contexts[last], time: e.timestamp.getTime(), query: e.query.replace(MARK, ''), params: e.params,
      duration: e.duration, target: e.target })
  })
  await prisma.$connect()
  const recorded = []
  let requests = 0
  for (const pattern of patterns) {
    events = []
    const here = () => contexts[store.getStore()]
    // What a scenario may say: these executions are the repeat that `truth` names, and: this is another request.
    const t = {
      body: (run) => enter({ ...here(), body: true }, run),
      request: (more, run) => enter({ service: 'api', id: `req-${String(++requests).padStart(5, '0')}`, route: `/${pattern.name}`, body: false, ...more }, run),
    }
    last = undefined
    try {
      await t.request({}, async () => { last = store.getStore(); await pattern.run(prisma, t) })
    } catch (error) {
      throw new Error(`${pattern.name}: ${error.message.trim()}`)
    }
    await settle()
    recorded.push({ pattern, events })
  }
  await prisma.$disconnect()
  return recorded
}

// The table that a statement reads first or writes.
function mainTable(sql) {
  const name = sql.replaceAll(/["`]/g, '').match(/^\s*(?:insert(?: ignore)? into|update|.*?\bfrom)\s+([\w.]+)/is)?.[1]
  return name?.split('.').at(-1)
}

const ruleOf = (sql) => (/^\s*(insert|update|delete|replace)/i.test(sql) ? 'n_plus_one_write' : 'n_plus_one')

// Labels in the layout that tests/accuracy/findings.py reads, and what contradicts the author.
export function patternLabels(schema, { pattern, events }) {
  const wrong = []
  const truths = (pattern.truth === 'legit' ? [] : [pattern.truth].flat()).map((text) => {
    const [rule, model, optional] = text.split(' ')
    const table = schema.models[model]?.table ?? (model?.startsWith('_') && model) // that of an implicit m-n relation
    if (!LEAST[rule] || !table) throw new Error(`${pattern.name}: what is '${text}'?`)
    return { rule, model, table, required: optional !== 'optional' }
  })
  const groups = new Map()
  for (const event of events) {
    const key = `${event.service} ${event.id} ${fingerprint(event.query)}`
    if (!groups.has(key)) groups.set(key, [])
    groups.get(key).push(event)
  }
  const patterns = []
  const met = new Set()
  for (const all of groups.values()) {
    const body = all.filter((event) => event.body)
    const table = mainTable(all[0].query)
    const truth = body.length && truths.find(({ rule, ...truth }) => truth.table === table &&
      (rule === 'duplicate' ? 'n_plus_one' : rule) === ruleOf(all[0].query))
    const place = { request: all[0].id ?? '-', route: all[0].route, fingerprint: fingerprint(all[0].query) }
    if (truth && body.length >= LEAST[truth.rule]) {
      met.add(truth)
      const different = new Set(body.map((event) => event.query + event.params)).size
      if (truth.required && (truth.rule === 'duplicate' ? different === body.length : different < 2)) {
        wrong.push(`${pattern.name}: ${body.length} executions are not a ${truth.rule}: ${different} different; ${place.fingerprint}`)
      }
      patterns.push({ rule: truth.rule, model: truth.model, ...place, count: body.length, distinct_params: different, required: truth.required })
    } else if (all.length > 1 && place.fingerprint) { // without what is only a comment
      patterns.push({ rule: 'legit_repeat', ...place, count: all.length, required: false, must_not_flag: true })
    }
  }
  for (const truth of truths.filter((one) => one.required && !met.has(one))) {
    wrong.push(`${pattern.name}: nothing that was logged is a ${truth.rule} of ${truth.model}`)
  }
  if (!events.length) wrong.push(`${pattern.name}: no statement was logged`)
  return { patterns, wrong }
}

const pino = (events) => events.map((e) => JSON.stringify({ level: 30, time: e.time, service: e.service, pid: 1,
  ...(e.id ? { reqId: e.id, route: e.route, method: 'GET' } : {}), component: 'prisma', query: e.query, params: e.params,
  durationMs: e.duration, target: e.target, msg: 'prisma query' })).join('\n') + '\n'
// Many loggers drop the parameters: then repeated-query speaks.
const mute = (events) => pino(events.map((e) => ({ ...e, params: undefined })))
const bare = (events) => events.map((e) => JSON.stringify({ timestamp: new Date(e.time).toISOString(), duration: e.duration,
  query: e.query, params: e.params, target: e.target })).join('\n') + '\n'

export function patternFiles(schema, provider, name, recorded, labels) {
  return { 'app.pino.log': pino(recorded.events), 'app.no-params.log': mute(recorded.events),
    'queries.ndjson': bare(recorded.events), 'console.log': consoleLog(recorded.events),
    'schema.prisma': schema.text,
    'labels.json': JSON.stringify({ scenario: `${name}-${recorded.pattern.name}`, schema: name, provider,
      statements: recorded.events.length, patterns: labels.patterns }, null, 1) }
}
