import { chunks, day, minute, numbers } from '../../lib/random.mjs'

// truth: what the executions inside t.body are ('RULE Model', perhaps 'optional'); everything else that repeats is legitimate.
const tickets = (db, take = 12, more = {}) => db.ticket.findMany({ where: { workspaceId: 3 }, orderBy: { number: 'asc' }, take, ...more })
const assigned = (db, take = 12) => db.ticket.findMany({ where: { workspaceId: 3, assigneeId: { not: null } }, orderBy: { number: 'asc' }, take })

export const patterns = [
  // loops that read
  { name: 'find-unique-loop', truth: 'n_plus_one Customer', async run(db, t) {
    for (const ticket of await tickets(db)) await t.body(() => db.customer.findUnique({ where: { id: ticket.customerId } }))
  } },
  { name: 'find-first-parallel', truth: 'n_plus_one Agent', async run(db, t) {
    await Promise.all((await assigned(db)).map((ticket) => t.body(() => db.agent.findFirst({ where: { id: ticket.assigneeId } }))))
  } },
  { name: 'latest-message', truth: 'n_plus_one Message', async run(db, t) {
    for (const { id } of await tickets(db, 20)) await t.body(() => db.message.findMany({ where: { ticketId: id }, orderBy: { sentAt: 'desc' }, take: 1 }))
  } },
  { name: 'public-messages', truth: 'n_plus_one Message', async run(db, t) {
    for (const { id } of await tickets(db, 9)) await t.body(() => db.message.findMany({ where: { ticketId: id, internal: false }, select: { id: true, body: true } }))
  } },
  { name: 'count-loop', truth: 'n_plus_one Message', async run(db, t) {
    for (const { id } of await tickets(db)) await t.body(() => db.message.count({ where: { ticketId: id } }))
  } },
  { name: 'aggregate-loop', truth: 'n_plus_one Message', async run(db, t) {
    for (const { id } of await tickets(db)) await t.body(() => db.message.aggregate({ where: { ticketId: id }, _max: { sentAt: true } }))
  } },
  { name: 'exactly-five', truth: 'n_plus_one Customer', async run(db, t) {
    for (const id of numbers(5, 40)) await t.body(() => db.customer.findUnique({ where: { id } }))
  } },
  { name: 'only-four', truth: 'legit', async run(db) {
    for (const id of numbers(4, 40)) await db.customer.findUnique({ where: { id } })
  } },
  { name: 'resolvers', truth: ['n_plus_one Customer', 'n_plus_one Agent'], async run(db, t) {
    await Promise.all((await assigned(db, 15)).map(async (ticket) => {
      await t.body(() => db.customer.findFirst({ where: { id: ticket.customerId }, select: { id: true, fullName: true } }))
      await t.body(() => db.agent.findFirst({ where: { id: ticket.assigneeId }, select: { displayName: true } }))
    }))
  } },
  { name: 'nested-loops', truth: ['n_plus_one Agent', 'n_plus_one Ticket'], async run(db, t) {
    for (const { id } of await db.workspace.findMany({ take: 6, orderBy: { id: 'asc' } })) {
      for (const agent of await t.body(() => db.agent.findMany({ where: { workspaceId: id }, take: 3 }))) {
        await t.body(() => db.ticket.count({ where: { assigneeId: agent.id } }))
      }
    }
  } },
  { name: 'loop-in-transaction', truth: 'n_plus_one Customer', async run(db, t) {
    await db.$transaction(async (tx) => {
      for (const ticket of await tickets(tx, 7)) await t.body(() => tx.customer.findUniqueOrThrow({ where: { id: ticket.customerId }, select: { email: true } }))
    })
  } },
  { name: 'tags-of-each', truth: 'n_plus_one Tag', async run(db, t) {
    for (const { id } of await tickets(db, 8)) await t.body(() => db.tag.findMany({ where: { tickets: { some: { id } } }, orderBy: { name: 'asc' } }))
  } },
  { name: 'with-tags-of-each', truth: ['n_plus_one Ticket', 'n_plus_one Tag'], async run(db, t) {
    const list = await db.ticket.findMany({ where: { tags: { some: { id: 5 } } }, select: { id: true }, take: 8 })
    for (const { id } of list) await t.body(() => db.ticket.findUnique({ where: { id }, select: { subject: true, tags: true } }))
  } },
  { name: 'composite-key', truth: 'n_plus_one TicketEvent', async run(db, t) {
    for (const { id } of await db.ticket.findMany({ where: { id: { lte: 9 } }, select: { id: true } })) {
      await t.body(() => db.ticketEvent.findUnique({ where: { ticketId_seq: { ticketId: id, seq: 1 } } }))
    }
  } },
  { name: 'raw-loop', truth: 'n_plus_one Message', async run(db, t) {
    for (const { id } of await tickets(db, 6)) await t.body(() => db.$queryRaw`SELECT id, body FROM messages WHERE ticket_id = ${id} AND NOT internal`)
  } },
  { name: 'raw-literals', truth: 'n_plus_one Message', async run(db, t) {
    for (const { id } of await tickets(db, 6)) await t.body(() => db.$queryRawUnsafe(`SELECT id, body FROM messages WHERE ticket_id = ${id} ORDER BY sent_at DESC LIMIT 5`))
  } },
  { name: 'in-of-one', truth: 'n_plus_one Customer', async run(db, t) {
    for (const ticket of await tickets(db, 10)) await t.body(() => db.customer.findMany({ where: { id: { in: [ticket.customerId] } } }))
  } },
  { name: 'raw-in-of-one', truth: 'n_plus_one Customer', async run(db, t) {
    for (const ticket of await tickets(db, 10)) await t.body(() => db.$queryRaw`SELECT id, email FROM customers WHERE id IN (${ticket.customerId})`)
  } },
  { name: 'raw-any-of-one', truth: 'n_plus_one Customer', async run(db, t) {
    for (const ticket of await tickets(db, 10)) await t.body(() => db.$queryRaw`SELECT id, email FROM customers WHERE id = ANY(${[ticket.customerId]})`)
  } },
  { name: 'equal-keys-in-loop', truth: 'n_plus_one Workspace', async run(db, t) {
    for (const ticket of await db.ticket.findMany({ where: { id: { lte: 70 } }, take: 60 })) await t.body(() => db.workspace.findUnique({ where: { id: (ticket.workspaceId % 9) + 1 } }))
  } },
  { name: 'counts-per-day', truth: 'n_plus_one Ticket', async run(db, t) {
    for (const n of numbers(14)) await t.body(() => db.ticket.count({ where: { createdAt: { gte: day(n), lt: day(n + 1) } } }))
  } },
  // loops that write
  { name: 'create-loop', truth: 'n_plus_one_write Tag', async run(db, t) {
    for (const n of numbers(7)) await t.body(() => db.tag.create({ data: { name: `new-${n}`, colour: 'grey' } }))
  } },
  { name: 'update-loop', truth: 'n_plus_one_write Ticket', async run(db, t) {
    for (const { id } of await tickets(db, 8)) await t.body(() => db.ticket.update({ where: { id }, data: { reopenCount: { increment: 1 } } }))
  } },
  { name: 'update-many-loop', truth: 'n_plus_one_write Ticket', async run(db, t) {
    for (const { id } of await tickets(db, 8)) await t.body(() => db.ticket.updateMany({ where: { id }, data: { isSpam: false } }))
  } },
  { name: 'read-then-update', truth: 'n_plus_one_write Ticket', async run(db, t) {
    for (const id of numbers(9, 300)) {
      const ticket = await db.ticket.findUnique({ where: { id } })
      await t.body(() => db.ticket.update({ where: { id }, data: { reopenCount: ticket.reopenCount + 1 } }))
    }
  } },
  { name: 'delete-loop', truth: 'n_plus_one_write TicketEvent', async run(db, t) {
    for (const n of numbers(6, 200)) await t.body(() => db.ticketEvent.delete({ where: { ticketId_seq: { ticketId: n, seq: 3 } } }))
  } },
  { name: 'native-upsert-loop', truth: 'n_plus_one_write Tag', async run(db, t) {
    for (const n of numbers(6)) await t.body(() => db.tag.upsert({ where: { name: `tag-up-${n}` }, create: { name: `tag-up-${n}`, colour: 'red' }, update: { colour: 'blue' } }))
  } },
  { name: 'upsert-loop-creates', truth: ['n_plus_one_write Tag', 'n_plus_one_write _TagToTicket optional'], async run(db, t) {
    for (const n of numbers(6)) await t.body(() => db.tag.upsert({ where: { name: `tag-el-${n}` }, create: { name: `tag-el-${n}`, colour: 'red', tickets: { connect: { id: n } } }, update: { colour: 'blue' } }))
  } },
  { name: 'connect-or-create', truth: ['n_plus_one_write Tag', 'n_plus_one_write _TagToTicket optional'], async run(db, t) {
    await t.body(() => db.ticket.update({ where: { id: 11 }, data: { tags: { connectOrCreate: numbers(6).map((n) => ({ where: { name: `coc-${n}` }, create: { name: `coc-${n}`, colour: 'red' } })) } } }))
  } },
  { name: 'nested-create', truth: 'legit', async run(db) {
    await db.ticket.update({ where: { id: 12 }, data: { messages: { create: numbers(8).map((n) => ({ authorMail: 'a@b.test', body: `hello ${n}`, sentAt: minute(n) })) } } })
  } },
  { name: 'create-with-children-loop', truth: ['n_plus_one_write Message', 'n_plus_one_write Attachment'], async run(db, t) {
    for (const { id } of await tickets(db, 6)) await t.body(() => db.message.create({ data: { ticketId: id, authorMail: 'a@b.test', body: 'x', sentAt: minute(id), files: { create: { name: 'f', mime: 'text/plain', bytes: 4 } } } }))
  } },
  { name: 'writes-in-batch-transaction', truth: 'n_plus_one_write Ticket', async run(db, t) {
    const list = await tickets(db, 8)
    await t.body(() => db.$transaction(list.map(({ id }, n) => db.ticket.update({ where: { id }, data: { subject: `subject ${n}` }, select: { id: true } }))))
  } },
  // the same again
  { name: 'same-unique', truth: 'duplicate Agent', async run(db, t) {
    await t.body(() => db.agent.findUnique({ where: { email: 'agent7@desk.test' } }))
    await tickets(db, 3)
    await t.body(() => db.agent.findUnique({ where: { email: 'agent7@desk.test' } }))
  } },
  { name: 'same-count-around-writes', truth: 'duplicate Ticket', async run(db, t) {
    await t.body(() => db.ticket.count({ where: { workspaceId: 5, status: 'OPEN' } }))
    await db.attachment.create({ data: { name: 'n', mime: 'text/plain', bytes: 1 } })
    await t.body(() => db.ticket.count({ where: { workspaceId: 5, status: 'OPEN' } }))
    await t.body(() => db.ticket.count({ where: { workspaceId: 5, status: 'OPEN' } }))
  } },
  { name: 'same-many-times', truth: 'duplicate Workspace', async run(db, t) {
    for (const ticket of await tickets(db, 8)) {
      await t.body(() => db.workspace.findFirst({ where: { id: ticket.workspaceId } }))
    }
  } },
  // legitimate
  { name: 'include', truth: 'legit', run: (db) => tickets(db, 30, { include: { customer: true, messages: { include: { files: true } }, tags: true } }) },
  { name: 'dataloader', truth: 'legit', async run(db) {
    await Promise.all((await tickets(db, 20)).map((ticket) => db.customer.findUnique({ where: { id: ticket.customerId } })))
  } },
  { name: 'dataloader-levels', truth: 'legit', async run(db) {
    for (const from of [1, 41, 81, 121, 161, 201]) await Promise.all(numbers(20, from).map((id) => db.customer.findUnique({ where: { id } })))
  } },
  { name: 'chunks-last-of-one', truth: 'legit', async run(db) {
    for (const keys of chunks(numbers(301), 50)) await db.customer.findMany({ where: { id: { in: keys } } })
  } },
  { name: 'chunks-growing', truth: 'legit', async run(db) {
    for (const size of [2, 4, 8, 16, 32, 64]) await db.customer.findMany({ where: { id: { in: numbers(size, size * 10) } } })
  } },
  { name: 'create-many-chunks', truth: 'legit', async run(db) {
    for (const part of chunks(numbers(120), 20)) await db.attachment.createMany({ data: part.map((n) => ({ name: `c${n}`, mime: 'text/plain', bytes: n })) })
  } },
  { name: 'cursor-pages', truth: 'legit', async run(db) {
    let cursor
    for (let page = 0; page < 8; page++) {
      const rows = await db.ticket.findMany({ where: { workspaceId: 3 }, orderBy: { id: 'asc' }, take: 20, ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}) })
      cursor = rows.at(-1).id
    }
  } },
  { name: 'compound-cursor-desc', truth: 'legit', async run(db) {
    let cursor
    for (let page = 0; page < 8; page++) {
      const rows = await db.ticketEvent.findMany({ orderBy: [{ ticketId: 'desc' }, { seq: 'asc' }], take: 20, ...(cursor ? { cursor: { ticketId_seq: cursor }, skip: 1 } : {}) })
      cursor = { ticketId: rows.at(-1).ticketId, seq: rows.at(-1).seq }
    }
  } },
  { name: 'offset-pages', truth: 'legit', async run(db) {
    for (let page = 0; page < 7; page++) await db.customer.findMany({ where: { workspaceId: 2 }, orderBy: { id: 'asc' }, skip: page * 25, take: 25 })
  } },
  { name: 'keyset-pages', truth: 'legit', async run(db) {
    let [at, id] = [day(200), 0]
    for (let page = 0; page < 7; page++) {
      const rows = await db.ticket.findMany({ where: { workspaceId: 3, OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 20 })
      at = rows.at(-1).createdAt
      id = rows.at(-1).id
    }
  } },
  { name: 'windows-of-export', truth: 'legit', async run(db) {
    for (const n of numbers(10)) await db.ticket.findMany({ where: { createdAt: { gte: day(n), lt: day(n + 1) } } })
  } },
  { name: 'poller', truth: 'legit', async run(db, t) {
    await t.request({ id: null }, async () => {
      for (let i = 0; i < 12; i++) await db.ticket.findMany({ where: { workspaceId: 3, status: 'OPEN' }, take: 10 })
    })
  } },
  { name: 'read-write-read', truth: 'legit', async run(db) {
    const read = () => db.ticket.findUnique({ where: { id: 50 } })
    await read()
    await db.ticket.update({ where: { id: 50 }, data: { subject: 'changed' } })
    await read()
  } },
  { name: 'optimistic-retry', truth: 'legit', async run(db) {
    for (let i = 0; i < 4; i++) {
      const { updatedAt } = await db.ticket.findUniqueOrThrow({ where: { id: 51 }, select: { updatedAt: true } })
      const { count } = await db.ticket.updateMany({ where: { id: 51, updatedAt: i < 3 ? day(9000) : updatedAt }, data: { isSpam: false } })
      if (count) break
    }
  } },
  { name: 'skip-locked-worker', truth: 'legit', async run(db, t) {
    await t.request({ id: null }, async () => {
      for (let i = 0; i < 8; i++) {
        await db.$transaction(async (tx) => {
          const [job] = await tx.$queryRaw`SELECT id FROM tickets WHERE status = 'PENDING' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`
          await tx.ticket.updateMany({ where: { id: job.id }, data: { status: 'OPEN' } })
        })
      }
    })
  } },
  { name: 'settings-per-statement', truth: 'legit', async run(db) {
    for (let i = 1; i < 8; i++) {
      await db.$transaction(async (tx) => {
        await tx.$executeRaw`SELECT set_config('app.tenant', ${String(i)}, true)`
        await tx.$executeRawUnsafe(`SET LOCAL statement_timeout = ${1000 + i}`)
        await tx.$queryRaw`SELECT pg_advisory_xact_lock(${i})::text`
      })
    }
    await tickets(db, 2)
  } },
  { name: 'sequence', truth: 'legit', async run(db) {
    for (let i = 0; i < 7; i++) await db.$queryRaw`SELECT nextval('tags_id_seq')`
  } },
  { name: 'health', truth: 'legit', async run(db) {
    for (let i = 0; i < 7; i++) await db.$queryRaw`SELECT 1`
  } },
  { name: 'one-in-each-request', truth: 'legit', async run(db, t) {
    for (const id of numbers(12)) await t.request({ route: '/agents/:id' }, () => db.agent.findUnique({ where: { id } }))
  } },
  { name: 'two-services', truth: 'legit', async run(db, t) {
    for (const id of numbers(3)) {
      await t.request({ id: 'req-1', service: 'web', route: '/page' }, () => db.agent.findUnique({ where: { id } }))
      await t.request({ id: 'req-1', service: 'worker', route: '/job' }, () => db.agent.findUnique({ where: { id: id + 3 } }))
    }
  } },
  { name: 'batch-of-different', truth: 'legit', async run(db) {
    await db.$transaction([db.workspace.count(), db.agent.count(), db.customer.count(), db.ticket.count(), db.tag.count()])
  } },
  { name: 'five-tables', truth: 'legit', async run(db) {
    await Promise.all([db.workspace, db.agent, db.customer, db.ticket, db.tag, db.message].map((one) => one.findFirst({ where: { id: 9 } })))
  } },
]
