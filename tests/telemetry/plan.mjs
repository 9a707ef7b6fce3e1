// What the script sends, and what the handlers of app/shop.cjs do then: for each route the requests, the statements and the calls
// of each of them, and in how many an error. `db` of a route is checked against the database's own log too.
export const tenant = 'nord'
const ids = (n, first = 1) => Array.from({ length: n }, (_, i) => first + i)

export const routes = [
  { route: '/orders', requests: 10, db: 7, loop: 6 },
  { route: '/orders/recent', requests: 10, db: 5, loop: 4 },
  { route: '/orders/:id', paths: [...ids(9).map((id) => `/orders/${id}`), ...ids(4, 9001).map((id) => `/orders/${id}`)], db: 1, status: [200, 404] },
  // a read, then BEGIN, INSERT, UPDATE, COMMIT
  { route: '/orders', method: 'POST', requests: 5, body: { customerId: 3, total: 50 }, db: 5 },
  { route: '/stats', requests: 8, db: 2 },
  { route: '/catalog', requests: 9, db: 1, noTenant: true },
  { route: '/quote/:sku', paths: ids(10, 700).map((sku) => `/quote/${sku}`), db: 0, http: 3, waterfall: true },
  { route: '/quote-at-once/:sku', paths: ids(10, 700).map((sku) => `/quote-at-once/${sku}`), db: 0, http: 3 },
  { route: '/basket', requests: 6, db: 0, http: 6, fanOut: true },
  { route: '/pair', requests: 6, db: 0, http: 2 },
  { route: '/report', requests: 6, db: 0, status: [500], errors: 6 },
  { route: '/health', requests: 8, db: 0, silent: true },
]
