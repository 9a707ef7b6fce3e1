// The forms in which a job's log is written. None names a request: a cron job, a worker or a script has none.
import { otlp } from './spans.mjs'

const lines = (entries, line) => entries.map(line).filter(Boolean).join('\n') + '\n'

// An entry is a statement, or what the job says itself ({ text, fields }).
const pino = (entries, job, withParams) => lines(entries, (e) => JSON.stringify({ level: 30, time: e.logged, pid: 4711, hostname: 'worker-1',
  name: job, ...(e.text ? { ...e.fields, msg: e.text } : { query: e.query, ...(withParams ? { params: e.params } : {}), durationMs: e.duration, msg: 'query' }) }))

const events = (entries) => lines(entries, (e) => e.query !== undefined &&
  JSON.stringify({ timestamp: new Date(e.time).toISOString(), query: e.query, params: e.params, duration: e.duration, target: e.target }))

// What `log: ['query']` and console.log print.
const text = (entries) => lines(entries, (e) => (e.text ? `${e.text}${e.fields ? ` ${JSON.stringify(e.fields)}` : ''}` : `prisma:query ${e.query}`))

export const jobLogs = (job, entries, spans) => ({ 'queries.ndjson': events(entries), 'app.pino.log': pino(entries, job, true),
  'app.no-params.log': pino(entries, job, false), 'console.log': text(entries), 'traces.otlp.ndjson': otlp(spans, job) })
