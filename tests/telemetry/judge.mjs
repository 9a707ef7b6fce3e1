// Compares what the program says with what the script sent and the handlers did. Each difference is a line.
import { findings, jobLines, prices, routes, startLines } from './plan.mjs'

const sum = (list) => list.reduce((a, b) => a + b, 0)
const median = (list) => [...list].sort((a, b) => a - b)[Math.ceil(list.length / 2) - 1]

// All requests of a service's route, whatever their method: [{route, db: [...], http: [...], errors, ms: [...], least}].
export function wanted(sent) {
  const rows = new Map()
  for (const { route, method = 'GET', paths, db = 0, http = 0, fails, least = 0 } of routes) {
    const row = rows.get(route) ?? rows.set(route, { service: 'shop', route, db: [], http: [], errors: 0, ms: [], least }).get(route)
    row.db.push(...paths.map(() => db))
    row.http.push(...paths.map(() => http))
    row.errors += fails ? paths.length : 0
    row.ms.push(...sent.find((one) => one.route === route && one.method === method).answers.map((answer) => answer.ms))
  }
  const asked = prices.map(({ route, requests }) => ({ service: 'prices', route, db: Array(requests).fill(0), http: Array(requests).fill(0), errors: 0, ms: null, least: 15 }))
  return [...rows.values(), ...asked]
}

// A sample of few requests has the value of each, one of many has them in bins, whose lower ends are in thousandths.
const runs = (sample) => sample?.runs ?? (sample?.histogram?.bins ?? []).flatMap(([low, n]) => Array(n).fill(low / 1000))

function judgeRoute(samples, row, say) {
  const of = (metric) => samples.find((s) => s.metric === metric && s.where.service === row.service && s.where.route === row.route)
  const name = `${row.service} ${row.route}`
  const list = (metric) => runs(of(metric)).toSorted((a, b) => a - b)
  const same = (what, got, want) => say(JSON.stringify(got) === JSON.stringify(want), `${name}: ${what} is ${JSON.stringify(got)}, the script's ${JSON.stringify(want)}`)
  const times = list('trace.duration')
  same('the number of requests', times.length, row.db.length)
  same('trace.db_calls', list('trace.db_calls'), row.db.toSorted((a, b) => a - b))
  same('trace.http_calls', list('trace.http_calls'), row.http.toSorted((a, b) => a - b))
  same('trace.errors', [of('trace.errors')?.events, of('trace.errors')?.n], [row.errors, row.db.length])
  // What a handler waits for is in its span (timers of node may be a millisecond early). The client waits for that and its own
  // way; a span begins at a whole millisecond and ends when the connection is done, so that it may be somewhat longer.
  say(times[0] >= row.least - 3, `${name}: trace.duration is ${times[0]} ms at least, the handler takes ${row.least}`)
  if (row.ms) say(median(times) <= median(row.ms) * 1.25 + 10, `${name}: trace.duration has a median of ${median(times)} ms, the client's is ${median(row.ms)}`)
  if (row.http.some((n) => n > 0)) say(list('trace.http_time')[0] >= row.least - 3, `${name}: trace.http_time is ${list('trace.http_time')[0]} ms at least, the calls take ${row.least}`)
  const inside = ['trace.db_time', 'trace.http_time'].every((metric) => list(metric).every((ms, i) => ms <= times[i] * 1.02 + 1))
  say(inside, `${name}: what a request waits for takes longer than the request`)
}

// The spans of each request, by a reading of our own: all below a server's span, in its service, not past another one.
export function spansOf(exports_) {
  const spans = exports_.flatMap((one) => one.resourceSpans.flatMap((resource) => {
    const service = resource.resource.attributes.find((a) => a.key === 'service.name').value.stringValue
    return resource.scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ ...span, service })))
  }))
  const below = new Map()
  for (const span of spans) below.set(span.parentSpanId, [...(below.get(span.parentSpanId) ?? []), span])
  const count = (span) => 1 + sum((below.get(span.spanId) ?? []).filter((b) => b.service === span.service && b.kind !== 2).map(count))
  const rows = new Map()
  for (const span of spans.filter((one) => one.kind === 2)) {
    const key = `${span.service} ${span.attributes.find((a) => a.key === 'http.route')?.value.stringValue}`
    rows.set(key, [...(rows.get(key) ?? []), count(span)])
  }
  return rows
}

function judgeFindings(found, values, say) {
  const left = found.filter((f) => f.level !== 'note')
  for (const want of findings(values)) {
    const at = left.findIndex((f) => f.rule === want.rule && f.subject === want.subject && (!want.input || f.evidence.input === want.input) &&
      Object.entries(want.details ?? {}).every(([name, value]) => f.evidence.details?.some((d) => d.name === name && d.value === value)))
    const what = `${want.rule} of ${want.subject}${want.input ? ` in ${want.input}` : ''}`
    say(at >= 0, `no finding ${what}`)
    if (at < 0) continue
    const [{ level, evidence: { count } }] = left.splice(at, 1)
    say(level === want.level && count === want.count, `${what} is ${level} of ${count}, not ${want.level} of ${want.count}`)
  }
  for (const more of left) say(false, `a finding that nobody planted: ${more.rule} of ${more.subject}: ${more.message}`)
}

// {checks, wrong: [...]}
export function judge({ results, sent, statements, exports_, values }) {
  const wrong = []
  let checks = 0
  const say = (good, text) => { checks++; if (!good) wrong.push(text) }
  const samples = results.samples.filter((s) => s.metric.startsWith('trace.'))
  const rows = wanted(sent)
  for (const row of rows) judgeRoute(samples, row, say)

  const known = new Set(rows.map((row) => `${row.service} ${row.route}`))
  const others = samples.filter((s) => !known.has(`${s.where.service} ${s.where.route}`))
  say(others.length === 0, `samples of other routes: ${others.map((s) => JSON.stringify(s.where)).join(', ')}`)
  const counted = sum(samples.filter((s) => s.metric === 'trace.db_calls').flatMap(runs))
  say(counted === statements, `trace.db_calls are ${counted} in all, PostgreSQL ran ${statements}`)
  for (const [key, counts] of spansOf(exports_)) {
    const sample = samples.find((s) => s.metric === 'trace.spans' && `${s.where.service} ${s.where.route}` === key)
    const got = JSON.stringify(runs(sample).toSorted((a, b) => a - b))
    const want = JSON.stringify(counts.toSorted((a, b) => a - b))
    say(got === want, `${key}: trace.spans are ${got}, in the file ${want}`)
  }

  const inTraces = sum(routes.map(({ paths, lines = 2 }) => paths.length * lines))
  for (const where of [{ logger: 'shop' }, { logger: 'shop', service: 'shop' }, { logger: 'stock-sync' }, { logger: 'stock-sync', service: 'shop' }]) {
    const want = where.logger === 'shop' ? [inTraces, inTraces + startLines] : [0, jobLines]
    const sample = results.samples.find((s) => s.metric === 'logs.correlated' && s.where.logger === where.logger && s.where.service === where.service)
    say(sample?.events === want[0] && sample?.n === want[1], `logs.correlated of ${JSON.stringify(where)} is ${sample?.events} of ${sample?.n}, the programs wrote ${want[0]} of ${want[1]}`)
  }
  judgeFindings(results.findings, values, say)
  for (const input of results.inputs) say(input.state === 'read', `${input.path} is ${input.state}: ${input.message}`)
  return { checks, wrong }
}
