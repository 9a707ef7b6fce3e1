// That the comparison can fail: results made from the plan pass, and each way in which they may be wrong is told.
import assert from 'node:assert/strict'
import { judge, wanted } from './judge.mjs'
import { findings, jobLines, routes, startLines } from './plan.mjs'

const sum = (list) => list.reduce((a, b) => a + b, 0)
const sent = routes.map(({ route, method = 'GET', paths, least = 0 }) => ({ route, method, answers: paths.map(() => ({ status: 200, ms: least + 10 })) }))
const rows = wanted(sent)

const requestSpan = ({ service, route }, n) => ({ spanId: `${service} ${route} ${n}`, kind: 2, attributes: [{ key: 'http.route', value: { stringValue: route } }] })
const exports_ = rows.map((row) => ({ resourceSpans: [{ resource: { attributes: [{ key: 'service.name', value: { stringValue: row.service } }] },
  scopeSpans: [{ spans: row.db.flatMap((_, n) => [requestSpan(row, n), { spanId: `below ${row.service} ${row.route} ${n}`, parentSpanId: `${row.service} ${row.route} ${n}`, kind: 1, attributes: [] }]) }] }] }))

function results(values) {
  const inTraces = sum(routes.map(({ paths, lines = 2 }) => paths.length * lines))
  const samples = rows.flatMap((row) => {
    const where = { service: row.service, route: row.route }
    const n = row.db.length
    return [{ metric: 'trace.duration', where, runs: Array(n).fill(row.least + 5) }, { metric: 'trace.db_calls', where, runs: row.db },
      { metric: 'trace.http_calls', where, runs: row.http }, { metric: 'trace.db_time', where, runs: Array(n).fill(0) },
      { metric: 'trace.http_time', where, runs: row.http.map((calls) => (calls ? row.least : 0)) }, { metric: 'trace.spans', where, runs: Array(n).fill(2) },
      { metric: 'trace.errors', where, events: row.errors, n }]
  })
  for (const service of [{}, { service: 'shop' }]) {
    samples.push({ metric: 'logs.correlated', where: { logger: 'shop', ...service }, events: inTraces, n: inTraces + startLines },
      { metric: 'logs.correlated', where: { logger: 'stock-sync', ...service }, events: 0, n: jobLines })
  }
  const found = findings(values).map(({ rule, subject, level, count, input, details = {} }) => ({ rule, subject, level, message: '',
    evidence: { count, input, details: Object.entries(details).map(([name, value]) => ({ name, value })) } }))
  return { samples, findings: found, inputs: [{ path: 'app.log', state: 'read' }] }
}

const statements = sum(rows.flatMap((row) => row.db))
const wrong = (change = () => {}, values = false, count = statements) => {
  const made = structuredClone(results(values))
  change(made)
  return judge({ results: made, sent, statements: count, exports_, values }).wrong
}
const sampleOf = (made, metric, route) => made.samples.find((s) => s.metric === metric && s.where.route === route)

assert.deepEqual(wrong(), [])
assert.deepEqual(wrong(() => {}, true), [])
const told = (pattern, change, values, count) => {
  const lines = wrong(change, values, count)
  assert.equal(lines.length > 0 && lines.every((line) => pattern.test(line)), true, `${pattern}: ${JSON.stringify(lines)}`)
}
// Each number of a route, and each total.
told(/trace\.db_calls/, (made) => { sampleOf(made, 'trace.db_calls', '/orders').runs[0] = 13 }) // the same statement in two spans
told(/trace\.http_calls/, (made) => { sampleOf(made, 'trace.http_calls', '/basket').runs[0]++ })
told(/trace\.errors/, (made) => { sampleOf(made, 'trace.errors', '/orders/:id').events = 4 }) // a 404 is no error
told(/trace\.spans/, (made) => { sampleOf(made, 'trace.spans', '/stats').runs[0]++ })
told(/the number of requests|takes longer/, (made) => { sampleOf(made, 'trace.duration', '/stats').runs.pop() })
told(/trace\.duration is .* at least/, (made) => { sampleOf(made, 'trace.duration', '/rates').runs.fill(1) })
told(/trace\.duration has a median/, (made) => { sampleOf(made, 'trace.duration', '/stats').runs.fill(900) })
told(/trace\.http_time/, (made) => { sampleOf(made, 'trace.http_time', '/quote/:sku').runs.fill(15) })
told(/takes longer than the request/, (made) => { sampleOf(made, 'trace.db_time', '/stats').runs.fill(900) })
told(/samples of other routes/, (made) => { made.samples.push({ metric: 'trace.errors', where: { service: 'shop', route: 'unrouted' }, events: 0, n: 1 }) })
told(/PostgreSQL ran/, () => {}, false, statements + 1)
told(/logs\.correlated/, (made) => { made.samples.at(-1).events = 1 })
told(/app\.log is incomplete/, (made) => { made.inputs[0].state = 'incomplete' })
// Each finding: it is missing, it counted something else, or it is one too many.
for (const values of [false, true]) {
  findings(values).forEach((_, i) => {
    told(/no finding/, (made) => { made.findings.splice(i, 1) }, values)
    told(/, not (error|warning) of/, (made) => { made.findings[i].evidence.count++ }, values)
  })
}
told(/nobody planted/, (made) => { made.findings.push({ rule: 'request-waterfall', subject: '/quote-at-once/:sku', level: 'warning', message: '', evidence: {} }) })
assert.deepEqual(wrong((made) => { made.findings.push({ rule: 'orphan-spans', subject: 'shop', level: 'note', message: '', evidence: {} }) }), [])
console.log('the comparison tells what is wrong')
