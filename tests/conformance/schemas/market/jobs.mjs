import { chunks, day, minute, numbers } from '../../lib/random.mjs'
import { LISTING, MERCHANT, ORDER } from './data.mjs'

// loops: what the turns that t.turn marks are ('read' or 'write', statements a turn, perhaps 'optional'); silent: why nothing is to
// be reported. Jobs with pauses wait. The log of each is one stream without requests.
export const jobs = [
  { name: 'reprice-listings', loops: { prices: 'write 1' }, async run(db, t) {
    const listings = await db.listing.findMany({ where: { merchantId: MERCHANT(40), live: true }, orderBy: { price: 'desc' }, take: 12 })
    const more = await db.listing.findMany({ where: { merchantId: MERCHANT(41), live: true }, orderBy: { price: 'desc' }, take: 12 })
    for (const { id, price } of [...listings, ...more]) await t.turn('prices', () => db.listing.update({ where: { id }, data: { price: (Number(price) * 1.03).toFixed(2) }, select: { id: true } }))
  } },
  { name: 'payout-run', loops: { payouts: 'write 3' }, async run(db, t) {
    for (const merchant of await db.merchant.findMany({ where: { country: 'FR', verified: true }, orderBy: { joinedAt: 'desc' }, take: 9 })) {
      await t.turn('payouts', async () => {
        const [{ sold }] = await db.$queryRaw`SELECT coalesce(sum(l.price * l.quantity), 0) AS sold FROM order_line l JOIN listing g ON g.id = l.listing_id WHERE g.merchant_id = ${merchant.id}::uuid`
        const last = await db.payout.findFirst({ where: { merchantId: merchant.id }, orderBy: { dueOn: 'desc' } })
        await db.payout.create({ data: { merchantId: merchant.id, amount: (Number(sold) / 100).toFixed(2), dueOn: day(800), paid: last?.paid ?? false } })
        t.log('payout booked', { merchant: merchant.handle })
      })
    }
  } },
  { name: 'stock-in-parallel', loops: { stock: 'write 1' }, async run(db, t) {
    const file = numbers(10, 900).map((n) => ({ sku: n, stock: n % 17 }))
    await Promise.all(file.map(({ sku, stock }) => t.turn('stock', () => db.listing.update({ where: { id: LISTING(sku) }, data: { stock }, select: { id: true, stock: true } }))))
  } },
  { name: 'rates-import', loops: { rates: 'write 1' }, async run(db, t) {
    for (const n of numbers(12, 5)) {
      const code = `C${String(n).padStart(2, '0')}`
      await t.turn('rates', () => db.currency.upsert({ where: { code }, create: { code, name: `currency ${n}`, rate: n }, update: { rate: (1 + n / 7).toFixed(6) } }))
    }
  } },
  { name: 'feed-search-index', loops: { documents: 'read 3' }, async run(db, t) {
    const changed = await db.listing.findMany({ where: { createdAt: { gte: minute(1000) } }, orderBy: { id: 'asc' }, take: 9, select: { id: true } })
    for (const { id } of changed) {
      await t.turn('documents', async () => {
        const document = await db.listing.findUnique({ where: { id }, relationLoadStrategy: 'query', include: { categories: true, merchant: true } })
        t.log('indexed', { title: document.title })
      })
    }
  } },
  // The condition and the columns vary with the row.
  { name: 'fraud-check', loops: { orders: 'read 1' }, async run(db, t) {
    for (const order of await db.order.findMany({ where: { id: { in: numbers(15, 300).map(ORDER) } }, orderBy: { id: 'asc' } })) {
      await t.turn('orders', () => db.payment.findMany({ where: { orderId: order.id, ...(order.couponCode ? {} : { state: { not: 'NEW' } }), ...(Number(order.total) > 1000 ? { provider: 'card' } : {}) },
        ...(order.channel === 'WEB' ? { select: { state: true, amount: true } } : {}) }))
    }
  } },
  { name: 'settings-in-every-turn', loops: { orders: 'write 3' }, async run(db, t) {
    const orders = await db.order.findMany({ where: { placedAt: { gte: minute(100), lt: minute(400) } }, orderBy: { id: 'asc' }, take: 10 })
    for (const order of orders) {
      await t.turn('orders', async () => {
        const payment = await db.payment.findFirstOrThrow({ where: { orderId: order.id }, orderBy: { id: 'asc' } })
        const currency = await db.currency.findUniqueOrThrow({ where: { code: 'C01' } })
        await db.payment.update({ where: { id: payment.id }, data: { amount: (Number(payment.amount) * Number(currency.rate)).toFixed(2) }, select: { id: true } })
      })
    }
  } },
  // A worker with a poller and a nightly report in one process.
  { name: 'report-beside-a-poller', loops: { merchants: 'read 2' }, waits: true, async run(db, t) {
    let done = false
    const poller = async () => {
      while (!done) {
        await db.payment.findMany({ where: { state: 'NEW', nextTryAt: { lte: new Date() } }, orderBy: { nextTryAt: 'asc' }, take: 5 })
        await t.pause(40)
      }
    }
    const report = async () => {
      await t.pause(60)
      for (const { id } of await db.merchant.findMany({ where: { country: 'IT' }, orderBy: { joinedAt: 'desc' }, take: 20 })) {
        await t.turn('merchants', async () => {
          await db.listing.count({ where: { merchantId: id, live: true } })
          await db.payout.aggregate({ where: { merchantId: id }, _sum: { amount: true } })
        })
      }
      await t.pause(60)
      done = true
    }
    await Promise.all([poller(), report()])
  } },
  { name: 'refund-batch', loops: { refunds: 'write 4' }, async run(db, t) {
    const orders = await db.order.findMany({ where: { buyerEmail: { in: numbers(4, 20).map((n) => `buyer${n}@mail.test`) } }, orderBy: { id: 'asc' }, take: 8 })
    for (const { id } of orders) {
      await t.turn('refunds', () => db.$transaction(async (tx) => {
        const payment = await tx.payment.findFirstOrThrow({ where: { orderId: id } })
        await tx.payment.update({ where: { id: payment.id }, data: { state: 'REFUNDED' }, select: { id: true } })
        await tx.refund.create({ data: { paymentId: payment.id, amount: payment.amount, reason: 'recall', createdAt: new Date() }, select: { id: true } })
        await tx.order.update({ where: { id }, data: { couponCode: 'SORRY' }, select: { id: true } })
      }))
    }
  } },
  // silent
  { name: 'retries-that-are-due', silent: 'claims, each in its transaction', async run(db, t) {
    for (let i = 0; i < 8; i++) {
      await db.$transaction(async (tx) => {
        const [payment] = await tx.$queryRaw`SELECT id, order_id, attempts FROM payment WHERE state = 'FAILED' AND attempts < 9 ORDER BY next_try_at NULLS LAST LIMIT 1 FOR UPDATE SKIP LOCKED`
        await tx.order.findUnique({ where: { id: payment.order_id }, select: { total: true, buyerEmail: true } })
        await tx.payment.update({ where: { id: payment.id }, data: { attempts: 9, state: 'CAPTURED' }, select: { id: true } })
      })
      t.log('retried')
    }
  } },
  { name: 'optimistic-stock', silent: 'one row, again until nobody else has changed it', async run(db) {
    for (let i = 0; i < 8; i++) {
      const row = await db.listing.findUniqueOrThrow({ where: { id: LISTING(4000) }, select: { stock: true } })
      const { count } = await db.listing.updateMany({ where: { id: LISTING(4000), stock: i < 7 ? -1 - i : row.stock }, data: { stock: row.stock + 1 } })
      if (count) break
    }
  } },
  { name: 'product-feed', silent: 'pages', async run(db, t) {
    for (let page = 0; page < 8; page++) {
      const rows = await db.listing.findMany({ where: { live: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], skip: page * 60, take: 60, relationLoadStrategy: 'query', include: { merchant: { select: { handle: true } } } })
      t.log('feed page', { page, rows: rows.length })
    }
  } },
  { name: 'webhook-drain', silent: 'separate messages with pauses: at most a note', waits: true, async run(db, t) {
    for (const n of [7, 31, 8, 402, 77, 950, 12, 6]) {
      await t.pause(80 + (n % 7) * 25)
      const payment = await db.payment.findFirst({ where: { orderId: ORDER(n) }, orderBy: { id: 'asc' } })
      await db.payment.update({ where: { id: payment.id }, data: { state: 'CAPTURED', attempts: { increment: 1 } }, select: { id: true } })
      t.log('webhook handled')
    }
  } },
  { name: 'load-a-catalogue', silent: 'chunks', async run(db) {
    const rows = numbers(300, 40000).map((n) => ({ id: LISTING(n), merchantId: MERCHANT(9), sku: `job-${n}`, title: `listing ${n}`, blurb: '', price: n / 100, currency: 'EUR', createdAt: minute(n) }))
    for (const part of chunks(rows, 50)) {
      const known = await db.listing.findMany({ where: { id: { in: part.map(({ id }) => id) } }, select: { id: true } })
      await db.listing.createMany({ data: part, skipDuplicates: true })
      await db.listing.updateMany({ where: { id: { in: part.map(({ id }) => id) } }, data: { live: known.length === 0 } })
    }
  } },
  { name: 'reload-of-settings', silent: 'the same settings at intervals', waits: true, async run(db, t) {
    for (let i = 0; i < 8; i++) {
      await db.currency.findMany({ orderBy: { code: 'asc' } })
      await db.category.findMany({ where: { parentId: null } })
      await t.pause(130)
    }
  } },
  { name: 'daily-figures', silent: 'different statements, each once', async run(db, t) {
    await db.order.count({ where: { placedAt: { gte: day(20), lt: day(21) } } })
    await db.order.groupBy({ by: ['channel'], where: { placedAt: { gte: day(20), lt: day(21) } }, _sum: { total: true } })
    await db.payment.groupBy({ by: ['state'], _count: true })
    await db.refund.aggregate({ where: { createdAt: { gte: day(20) } }, _sum: { amount: true } })
    await db.listing.count({ where: { createdAt: { gte: day(20) } } })
    await db.merchant.findMany({ where: { joinedAt: { gte: day(20) } }, orderBy: { joinedAt: 'desc' }, take: 10 })
    await db.payout.aggregate({ where: { paid: false }, _sum: { amount: true } })
    t.log('figures mailed')
  } },
  { name: 'waiting-for-a-payment', silent: 'one row, again until it has changed', waits: true, async run(db, t) {
    for (let i = 0; i < 9; i++) {
      const { state } = await db.payment.findUniqueOrThrow({ where: { id: 5005 }, select: { state: true } })
      if (i === 8) t.log('captured', { state })
      else await t.pause(80)
    }
  } },
]
