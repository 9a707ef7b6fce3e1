// The service that the shop asks. Every answer takes a while.
const { setTimeout: sleep } = require('node:timers/promises')
const fastify = require('fastify')
const { serve } = require('./serve.cjs')

const app = fastify({ logger: false })
const answer = (body) => async (request) => {
  await sleep(15)
  return { ...request.params, ...body }
}
app.get('/rates', answer({ vat: 0.2 }))
app.get('/stock/:sku', answer({ left: 12 }))
app.get('/delivery/:sku', answer({ days: 2 }))
serve(app)
