import { chunks, day, minute, numbers } from '../../lib/random.mjs'
import { LISTING, MERCHANT, ORDER } from './data.mjs'

// truth: what the executions inside t.body are ('RULE Model', perhaps 'optional'); everything else that repeats is legitimate.
const merchants = (db, take = 8, more = {}) => db.merchant.findMany({ where: { country: 'DE' }, orderBy: { joinedAt: 'desc' }, take, ...more })
const lines = (db, take = 10) => db.orderLine.findMany({ where: { orderId: { in: numbers(take, 100).map(ORDER) }, position: 1 }, orderBy: { orderId: 'asc' } })

export const patterns = [
  { name: 'listings-of-each', truth: 'n_plus_one Listing', async run(db, t) {
    for (const { id } of await merchants(db)) await t.body(() => db.listing.findMany({ where: { merchantId: id, live: true }, orderBy: { price: 'desc' }, take: 3 }))
  } },
  { name: 'joined-loop', truth: 'n_plus_one Order', async run(db, t) {
    for (const n of numbers(7)) await t.body(() => db.order.findUnique({ where: { id: ORDER(n) }, relationLoadStrategy: 'join', include: { lines: { include: { listing: true } }, payments: true } }))
  } },
  { name: 'queried-loop', truth: ['n_plus_one Order', 'n_plus_one OrderLine', 'n_plus_one Payment'], async run(db, t) {
    for (const n of numbers(7)) await t.body(() => db.order.findUnique({ where: { id: ORDER(n) }, relationLoadStrategy: 'query', include: { lines: true, payments: true } }))
  } },
  { name: 'fluent-loop', truth: 'n_plus_one Listing', async run(db, t) {
    for (const line of await lines(db)) await t.body(() => db.listing.findUnique({ where: { id: line.listingId } }).merchant())
  } },
  { name: 'first-of-each-parallel', truth: 'n_plus_one Payment', async run(db, t) {
    const orders = await db.order.findMany({ where: { id: { in: numbers(9, 500).map(ORDER) } } })
    await Promise.all(orders.map(({ id }) => t.body(() => db.payment.findFirst({ where: { orderId: id, state: { not: 'FAILED' } }, orderBy: { createdAt: 'desc' } }))))
  } },
  { name: 'group-by-loop', truth: 'n_plus_one Payment', async run(db, t) {
    for (const n of numbers(6, 900)) await t.body(() => db.payment.groupBy({ by: ['state'], where: { orderId: ORDER(n) }, _sum: { amount: true } }))
  } },
  { name: 'children-of-each', truth: 'n_plus_one Category', async run(db, t) {
    for (const { id } of await db.category.findMany({ where: { parentId: null } })) await t.body(() => db.category.findMany({ where: { parentId: id } }))
  } },
  { name: 'listings-of-categories', truth: 'n_plus_one Listing', async run(db, t) {
    for (const id of numbers(6)) await t.body(() => db.listing.findMany({ where: { categories: { some: { id } } }, take: 5, select: { id: true, title: true } }))
  } },
  { name: 'search-for-each', truth: 'n_plus_one Listing', async run(db, t) {
    for (const word of ['invoice', 'printer', 'login', 'error', 'refund', 'delay']) await t.body(() => db.listing.findMany({ where: { title: { contains: word, mode: 'insensitive' } }, take: 5 }))
  } },
  { name: 'raw-uuid-literals', truth: 'n_plus_one OrderLine', async run(db, t) {
    for (const n of numbers(6)) await t.body(() => db.$queryRawUnsafe(`SELECT sum(price) FROM order_line WHERE order_id = '${ORDER(n)}'`))
  } },
  { name: 'raw-in-transaction', truth: 'n_plus_one Payout', async run(db, t) {
    const list = await merchants(db)
    await db.$transaction(async (tx) => {
      for (const { id } of list) await t.body(() => tx.$queryRaw`SELECT id, amount FROM payout WHERE merchant_id = ${id}::uuid AND NOT paid FOR UPDATE`)
    })
  } },
  { name: 'as-of-lookups', truth: 'n_plus_one Payment optional', async run(db, t) {
    for (const n of numbers(7)) await t.body(() => db.payment.findFirst({ where: { createdAt: { lte: day(n * 20) } }, orderBy: { createdAt: 'desc' } }))
  } },
  { name: 'two-keys-for-each', truth: 'n_plus_one Listing optional', async run(db, t) {
    for (const n of numbers(7)) await t.body(() => db.listing.findMany({ where: { id: { in: [LISTING(n), LISTING(n * 3 + 50)] } } }))
  } },
  { name: 'resolvers-with-counts', truth: ['n_plus_one Listing', 'n_plus_one Payout'], async run(db, t) {
    await Promise.all((await merchants(db, 10)).map(async ({ id }) => {
      await t.body(() => db.listing.count({ where: { merchantId: id } }))
      await t.body(() => db.payout.aggregate({ where: { merchantId: id, paid: false }, _sum: { amount: true } }))
    }))
  } },
  // writes
  { name: 'stock-in-transaction', truth: 'n_plus_one_write Listing', async run(db, t) {
    const list = await lines(db, 7)
    await db.$transaction(async (tx) => {
      for (const line of list) await t.body(() => tx.listing.update({ where: { id: line.listingId }, data: { stock: { decrement: line.quantity } } }))
    })
  } },
  { name: 'stock-checked-first', truth: ['n_plus_one_write Listing', 'duplicate Currency'], async run(db, t) {
    const list = await lines(db, 7)
    await db.$transaction(async (tx) => {
      for (const line of list) {
        const listing = await tx.listing.findUniqueOrThrow({ where: { id: line.listingId } })
        if (listing.stock < 0) throw new Error('sold out')
        await t.body(() => tx.currency.count())
        await t.body(() => tx.listing.update({ where: { id: line.listingId }, data: { stock: listing.stock } }))
      }
    })
  } },
  { name: 'create-connected', truth: 'n_plus_one_write Payment', async run(db, t) {
    for (const n of numbers(6)) await t.body(() => db.payment.create({ data: { order: { connect: { id: ORDER(n) } }, provider: 'card', providerId: `x_${n}`, amount: '5.00', createdAt: minute(n) } }))
  } },
  { name: 'connect-category-of-each', truth: ['n_plus_one_write _CategoryToListing', 'n_plus_one Listing optional', 'n_plus_one Category optional'], async run(db, t) {
    for (const n of numbers(6, 700)) await t.body(() => db.listing.update({ where: { id: LISTING(n) }, data: { categories: { connect: { id: 90 } } } }))
  } },
  { name: 'connect-all-at-once', truth: 'legit', run: (db) => db.category.update({ where: { id: 89 }, data: { listings: { connect: numbers(9, 800).map((n) => ({ id: LISTING(n) })) } } }) },
  { name: 'upserts-in-parallel', truth: 'n_plus_one_write Payment', async run(db, t) {
    await Promise.all(numbers(8, 3000).map((n) => t.body(() => db.payment.upsert({ where: { provider_providerId: { provider: 'card', providerId: `u_${n}` } },
      create: { order: { connect: { id: ORDER(n) } }, provider: 'card', providerId: `u_${n}`, amount: '5.00', createdAt: minute(n) }, update: { attempts: { increment: 1 } } }))))
  } },
  { name: 'delete-many-loop', truth: 'n_plus_one_write Refund', async run(db, t) {
    for (const id of numbers(6)) await t.body(() => db.refund.deleteMany({ where: { id } }))
  } },
  { name: 'raw-update-loop', truth: 'n_plus_one_write Payout', async run(db, t) {
    for (const id of numbers(6)) await t.body(() => db.$executeRaw`UPDATE payout SET paid = true WHERE id = ${id}`)
  } },
  { name: 'raw-insert-literals', truth: 'n_plus_one_write Refund', async run(db, t) {
    for (const n of numbers(6)) await t.body(() => db.$executeRawUnsafe(`INSERT INTO refund (reason, amount, created_at) VALUES ('r${n}', ${n}.5, now())`))
  } },
  // the same again
  { name: 'same-first-parallel', truth: 'duplicate Merchant', async run(db, t) {
    await Promise.all(numbers(3).map(() => t.body(() => db.merchant.findFirst({ where: { handle: 'shop-7' } }))))
  } },
  { name: 'same-include-twice', truth: ['duplicate Order', 'duplicate OrderLine'], async run(db, t) {
    const read = () => db.order.findUnique({ where: { id: ORDER(5) }, relationLoadStrategy: 'query', include: { lines: true } })
    await t.body(read)
    await db.currency.findMany()
    await t.body(read)
  } },
  { name: 'same-batch-twice', truth: 'duplicate Merchant', async run(db, t) {
    const read = () => db.merchant.findMany({ where: { id: { in: numbers(9).map(MERCHANT) } } })
    await t.body(read)
    await t.body(read)
  } },
  { name: 'same-page-twice', truth: 'duplicate Listing', async run(db, t) {
    const read = () => db.listing.findMany({ orderBy: { id: 'asc' }, take: 20, skip: 40 })
    await t.body(read)
    await t.body(read)
  } },
  { name: 'same-of-two-keys', truth: 'duplicate Merchant', async run(db, t) {
    for (const n of [1, 2, 1, 2]) await t.body(() => db.merchant.findUnique({ where: { id: MERCHANT(n) } }))
  } },
  { name: 'same-raw', truth: 'duplicate Currency', async run(db, t) {
    for (let i = 0; i < 2; i++) await t.body(() => db.$queryRaw`SELECT rate FROM currency WHERE code = 'C01'`)
  } },
  // legitimate
  { name: 'include-joined', truth: 'legit', run: (db) => merchants(db, 20, { relationLoadStrategy: 'join', include: { listings: { take: 3, include: { categories: true } }, payouts: true } }) },
  { name: 'include-queried', truth: 'legit', run: (db) => merchants(db, 20, { relationLoadStrategy: 'query', include: { listings: { include: { categories: true } }, payouts: true } }) },
  { name: 'dataloader-same-key', truth: 'legit', run: (db) => Promise.all(numbers(9).map(() => db.merchant.findUnique({ where: { id: MERCHANT(4) } }))) },
  { name: 'update-many-chunks', truth: 'legit', async run(db) {
    for (const keys of chunks(numbers(101), 20)) await db.refund.updateMany({ where: { id: { in: keys } }, data: { reason: 'late' } })
  } },
  { name: 'create-many-and-return-chunks', truth: 'legit', async run(db) {
    for (const part of chunks(numbers(60), 10)) await db.refund.createManyAndReturn({ data: part.map((n) => ({ reason: 'r', amount: n, createdAt: minute(n) })) })
  } },
  { name: 'raw-insert-rows', truth: 'legit', async run(db) {
    for (const part of chunks(numbers(60), 10)) {
      await db.$executeRawUnsafe(`INSERT INTO refund (reason, amount, created_at) VALUES ${part.map((_, i) => `('r', $${i + 1}::numeric, now())`).join(', ')}`, ...part)
    }
  } },
  { name: 'raw-any-chunks', truth: 'legit', async run(db) {
    for (const part of chunks(numbers(120), 20)) await db.$queryRaw`SELECT id, amount FROM payout WHERE id = ANY(${part})`
  } },
  { name: 'uuid-cursor', truth: 'legit', async run(db) {
    let cursor
    for (let page = 0; page < 7; page++) {
      const rows = await db.listing.findMany({ orderBy: { id: 'desc' }, take: 10, ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}) })
      cursor = rows.at(-1).id
    }
  } },
  { name: 'cursor-by-date-then-id', truth: 'legit', async run(db) {
    let cursor
    for (let page = 0; page < 7; page++) {
      const rows = await db.refund.findMany({ where: { reason: 'late' }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 10, ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}) })
      cursor = rows.at(-1).id
    }
  } },
  { name: 'raw-row-keyset', truth: 'legit', async run(db) {
    let [at, id] = [day(400), 0]
    for (let page = 0; page < 7; page++) {
      const rows = await db.$queryRaw`SELECT id, created_at FROM refund WHERE (created_at, id) < (${at}, ${id}) ORDER BY created_at DESC, id DESC LIMIT 15`
      at = rows.at(-1).created_at
      id = rows.at(-1).id
    }
  } },
  { name: 'simple-keyset', truth: 'legit', async run(db) {
    let id = 0
    for (let page = 0; page < 7; page++) id = (await db.payout.findMany({ where: { id: { gt: id }, paid: true }, orderBy: { id: 'asc' }, take: 50 })).at(-1).id
  } },
  { name: 'retry-of-states', truth: 'legit', async run(db) {
    for (let i = 0; i < 6; i++) {
      const payment = await db.payment.findUniqueOrThrow({ where: { id: 77 } })
      if ((await db.payment.updateMany({ where: { id: 77, attempts: i < 5 ? -1 : payment.attempts }, data: { attempts: payment.attempts } })).count) break
    }
  } },
  { name: 'advisory-locks', truth: 'legit', async run(db) {
    for (const n of numbers(6)) await db.$queryRaw`SELECT pg_try_advisory_lock(${n})`
    for (const n of numbers(6)) await db.$queryRaw`SELECT pg_advisory_unlock(${n})`
  } },
]
