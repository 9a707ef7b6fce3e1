// A shop's API with what the test is about: loops of 6 and of 4 statements, calls one after the other and the same at once, a
// route that sets no tenant, an e-mail address in a log line, a logger outside of all traces. plan.mjs says what each does.
const fastify = require('fastify')
const pino = require('pino')
const { Pool } = require('pg')
const { trace } = require('@opentelemetry/api')
const { PrismaPg } = require('@prisma/adapter-pg')
const { PrismaClient } = require('./client')
const { serve } = require('./serve.cjs')

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) })
const pool = new Pool({ connectionString: process.env.DATABASE_URL })
const app = fastify({ logger: { name: 'shop' } })
const ask = async (path) => (await fetch(`${process.env.PRICES}${path}`)).json()

app.addHook('onRequest', async (request) => {
  if (!request.routeOptions.config.anonymous) {
    trace.getActiveSpan()?.setAttribute('tenant.id', request.headers['x-tenant'])
  }
})

async function withCustomers(take) {
  const orders = await prisma.order.findMany({ take, orderBy: { id: 'asc' } })
  for (const order of orders) {
    order.customer = await prisma.customer.findUnique({ where: { id: order.customerId } })
  }
  return orders
}
app.get('/orders', () => withCustomers(6))
app.get('/orders/recent', () => withCustomers(4))
app.get('/orders/:id', async (request, reply) => {
  const order = await prisma.order.findUnique({ where: { id: Number(request.params.id) } })
  return order ?? reply.code(404).send({ error: 'no such order' })
})
app.post('/orders', async (request) => {
  const customer = await prisma.customer.findUnique({ where: { id: request.body.customerId } })
  const [order] = await prisma.$transaction([
    prisma.order.create({ data: { customerId: customer.id, total: request.body.total } }),
    prisma.customer.update({ where: { id: customer.id }, data: { orders: { increment: 1 } } }),
  ])
  request.log.info({ order: order.id, customer: { email: customer.email } }, 'order placed')
  return order
})
app.get('/stats', async () => {
  const { rows: [{ count }] } = await pool.query('SELECT count(*) FROM "Order"')
  const { rows: [{ sum }] } = await pool.query('SELECT sum("total") FROM "Order" WHERE "total" > $1', [10])
  return { count, sum }
})
app.get('/catalog', { config: { anonymous: true } }, () => prisma.customer.count())

app.get('/quote/:sku', async ({ params: { sku } }) => ({ rates: await ask('/rates'), stock: await ask(`/stock/${sku}`), delivery: await ask(`/delivery/${sku}`) }))
app.get('/quote-at-once/:sku', async ({ params: { sku } }) => {
  const [rates, stock, delivery] = await Promise.all([ask('/rates'), ask(`/stock/${sku}`), ask(`/delivery/${sku}`)])
  return { rates, stock, delivery }
})
const stockOf = async (skus) => {
  const list = []
  for (const sku of skus) list.push(await ask(`/stock/${sku}`))
  return list
}
app.get('/basket', () => stockOf([101, 205, 317, 422, 538, 649]))
app.get('/trio', () => stockOf([101, 205, 317]))
app.get('/report', async () => {
  throw new Error('the report is not ready')
})
app.get('/health', { config: { anonymous: true }, logLevel: 'silent' }, async () => ({ ok: true }))

// A job of the same process, which no request started.
const sync = pino({ name: 'stock-sync' })
setTimeout(() => {
  for (let i = 1; i <= 7; i++) sync.info({ batch: i }, 'stock read')
}, 0)

serve(app, async () => {
  await pool.end()
  await prisma.$disconnect()
})
