// The spans of Prisma's own tracing. The client hands every step to a helper in a global, as @prisma/instrumentation sets it
// up; this one only keeps what is said. A span without a parent begins a trace: so each call of a script is its own.
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import { grouped } from './fingerprint.mjs'

const INTERNAL = 1, CLIENT = 3 // OTLP's numbers; the client's own begin at 0
const store = new AsyncLocalStorage()
let watching = 0
const id = (length) => randomBytes(length / 2).toString('hex')

const helper = {
  isEnabled: () => watching > 0,
  getTraceParent: () => '00-10-10-00',
  dispatchEngineSpans() {},
  getActiveContext: () => store.getStore(),
  runInChildSpan(options, run) {
    const { name, kind, attributes, context, internal } = typeof options === 'string' ? { name: options } : options
    if (internal) return run()
    const parent = store.getStore() ?? context
    const span = { name: `prisma:client:${name}`, kind: kind === 2 ? CLIENT : INTERNAL, attributes: { ...attributes },
      trace: parent?.trace ?? id(32), id: id(16), parent: parent?.id, keep: parent?.keep, start: performance.now() }
    const end = () => { span.end = performance.now(); span.keep?.push(span) }
    const result = store.run(span, run)
    if (typeof result?.then !== 'function') {
      end()
      return result
    }
    return result.then((value) => { end(); return value }, (error) => { end(); throw error })
  },
}

// All spans of what `run` awaits go into `keep`.
export async function traced(keep, run) {
  globalThis.PRISMA_INSTRUMENTATION ??= { helper }
  watching++
  try {
    return await store.run({ keep }, run)
  } finally {
    watching--
  }
}

const nanoseconds = (milliseconds) => String(BigInt(Math.round((performance.timeOrigin + milliseconds) * 1e6)))

// One export for each trace.
export function otlp(spans, service) {
  return [...grouped(spans, (span) => span.trace).values()].map((all) => JSON.stringify({ resourceSpans: [{
    resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
    scopeSpans: [{ scope: { name: 'prisma' }, spans: all.map((span) => ({ traceId: span.trace, spanId: span.id,
      ...(span.parent ? { parentSpanId: span.parent } : {}), name: span.name, kind: span.kind,
      startTimeUnixNano: nanoseconds(span.start), endTimeUnixNano: nanoseconds(span.end),
      attributes: Object.entries(span.attributes ?? {}).filter(([, value]) => typeof value === 'string')
        .map(([key, value]) => ({ key, value: { stringValue: value } })) })) }] }] })).join('\n') + '\n'
}
