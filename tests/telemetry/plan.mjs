// What the script sends, and what the handlers of app/ do then: for each route the requests, and the statements and the calls
// of each of them. Nothing here was read from a trace; the statements are compared with the database's own log besides.
const ids = (n, first = 1) => Array.from({ length: n }, (_, i) => first + i)
const each = (n, path) => Array(n).fill(path)

export const tenant = 'nord'
// `lines`: what a request logs; Fastify's own two are there unless it is silent.
export const routes = [
  { route: '/orders', paths: each(10, '/orders'), db: 7 },
  { route: '/orders/recent', paths: each(10, '/orders/recent'), db: 5 },
  { route: '/orders/:id', paths: [...ids(9).map((id) => `/orders/${id}`), ...ids(4, 9001).map((id) => `/orders/${id}`)], db: 1, status: [200, 404] },
  // a read, then BEGIN, INSERT, UPDATE and COMMIT
  { route: '/orders', method: 'POST', paths: each(5, '/orders'), body: { customerId: 3, total: 50 }, db: 5, lines: 3 },
  { route: '/stats', paths: each(8, '/stats'), db: 2 },
  { route: '/catalog', paths: each(9, '/catalog'), db: 1 },
  { route: '/quote/:sku', paths: ids(10, 2080).map((n) => `/quote/B-${n}`), http: 3, least: 45 },
  { route: '/quote-at-once/:sku', paths: ids(10, 2080).map((n) => `/quote-at-once/B-${n}`), http: 3, least: 15 },
  { route: '/basket', paths: each(6, '/basket'), http: 6, least: 90 },
  { route: '/trio', paths: each(6, '/trio'), http: 3, least: 45 },
  { route: '/report', paths: each(6, '/report'), status: [500], fails: true, lines: 3 },
  { route: '/health', paths: each(8, '/health'), lines: 0 },
]
// Of the service that the shop asks.
export const prices = [
  { route: '/rates', requests: 10 + 10 },
  { route: '/delivery/:sku', requests: 10 + 10 },
  { route: '/stock/:sku', requests: 10 + 10 + 6 * 6 + 6 * 3 },
]
export const startLines = 1 // "Server listening at …"
export const jobLines = 7

// A finding is told apart by its rule, its subject and what it counted. `values`: the capture has the statements' parameters.
export const findings = (values) => [
  ...(values
    ? [{ rule: 'n-plus-one', subject: '/orders', level: 'error', count: 6 },
       // four are below the limit, but every request of the route has them
       { rule: 'n-plus-one', subject: '/orders/recent', level: 'warning', count: 4 }]
    : [{ rule: 'repeated-query', subject: '/orders', level: 'warning', count: 6 }]),
  { rule: 'request-waterfall', subject: '/quote/:sku', level: 'warning', count: 3 },
  { rule: 'n-plus-one-api', subject: '/basket', level: 'warning', count: 6 },
  { rule: 'missing-attributes', subject: 'tenant.id', level: 'warning', count: 9, details: { service: 'shop', routes: '/catalog' } },
  { rule: 'missing-attributes', subject: 'tenant.id', level: 'warning', count: 114, details: { service: 'prices' } },
  { rule: 'missing-trace-context', subject: 'stock-sync', level: 'warning', count: 7, input: 'app.log' },
  { rule: 'missing-trace-context', subject: 'shop stock-sync', level: 'warning', count: 7, input: 'logs.otlp.jsonl' },
  { rule: 'personal-data', subject: 'email in customer.email', level: 'error', count: 5, input: 'app.log' },
  { rule: 'personal-data', subject: 'email in attributes.customer.email', level: 'error', count: 5, input: 'logs.otlp.jsonl' },
]
// No output may hold the value that was logged.
export const secret = 'c3@firma.de'
