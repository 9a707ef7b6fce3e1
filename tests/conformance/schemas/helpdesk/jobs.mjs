import { chunks, day, minute, numbers } from '../../lib/random.mjs'

// loops: what the turns that t.turn marks are ('read' or 'write', statements a turn, perhaps 'optional'); silent: why nothing is to
// be reported. Jobs with pauses wait. The log of each is one stream without requests.
const overdue = (db, take) => db.ticket.findMany({ where: { dueAt: { lt: day(400) }, status: 'OPEN' }, orderBy: { id: 'asc' }, take })

export const jobs = [
  { name: 'digest-per-agent', loops: { digest: 'read 2' }, async run(db, t) {
    const agents = await db.agent.findMany({ where: { workspaceId: 3 }, orderBy: { id: 'asc' } })
    for (const agent of agents) {
      await t.turn('digest', async () => {
        const open = await db.ticket.findMany({ where: { assigneeId: agent.id, status: 'OPEN' }, orderBy: { createdAt: 'desc' }, take: 5, select: { id: true, number: true, subject: true } })
        const pending = await db.ticket.count({ where: { assigneeId: agent.id, status: 'PENDING' } })
        t.log('digest ready', { agentId: agent.id, open: open.length, pending })
      })
    }
  } },
  { name: 'escalate-overdue', loops: { escalation: 'write 3' }, async run(db, t) {
    t.log('escalation started')
    const tickets = await overdue(db, 9)
    for (const ticket of tickets) {
      await t.turn('escalation', async () => {
        const customer = await db.customer.findUniqueOrThrow({ where: { id: ticket.customerId }, select: { vip: true, email: true } })
        await db.ticket.update({ where: { id: ticket.id }, data: { priority: customer.vip ? 'URGENT' : 'HIGH', reopenCount: ticket.reopenCount + 1 }, select: { id: true } })
        await db.ticketEvent.create({ data: { ticketId: ticket.id, seq: 900, kind: 'ASSIGNED', actor: 'escalation', at: new Date() } })
      })
    }
    t.log('escalation done', { tickets: tickets.length })
  } },
  { name: 'import-customers', loops: { rows: 'write 2' }, async run(db, t) {
    const rows = numbers(14).map((n) => ({ email: n % 3 ? `job-import-${n}@mail.test` : `c${1 + n * 40}@mail.test`, fullName: `Import ${n}`, phone: `+44 20 ${n}` }))
    for (const row of rows) {
      await t.turn('rows', async () => {
        const known = await db.customer.findUnique({ where: { workspaceId_email: { workspaceId: 2, email: row.email } } })
        if (known) await db.customer.update({ where: { id: known.id }, data: { fullName: row.fullName, phone: row.phone } })
        else await db.customer.create({ data: { workspaceId: 2, ...row } })
      })
    }
  } },
  { name: 'usage-of-each-customer', loops: { workspaces: 'read 1', customers: 'read 2' }, async run(db, t) {
    for (const workspace of await db.workspace.findMany({ where: { plan: 'pro' }, take: 5, orderBy: { id: 'asc' } })) {
      const customers = await t.turn('workspaces', () => db.customer.findMany({ where: { workspaceId: workspace.id }, orderBy: { id: 'asc' }, take: 4, select: { id: true } }))
      for (const { id } of customers) {
        await t.turn('customers', async () => {
          await db.ticket.count({ where: { customerId: id, workspaceId: workspace.id } })
          await db.message.findFirst({ where: { ticket: { customerId: id } }, orderBy: { sentAt: 'desc' } })
        })
      }
    }
  } },
  { name: 'renumber-in-transaction', loops: { renumber: 'write 1' }, async run(db, t) {
    await db.$transaction(async (tx) => {
      const tickets = await tx.ticket.findMany({ where: { workspaceId: 7 }, orderBy: { number: 'desc' }, take: 12, select: { id: true, number: true } })
      for (const [i, { id }] of tickets.entries()) await t.turn('renumber', () => tx.ticket.update({ where: { id }, data: { number: 20000 + i * 10 }, select: { id: true } }))
    }, { timeout: 60000 })
  } },
  // Two crons in one process.
  { name: 'two-crons-at-once', loops: { agents: 'read 1', customers: 'write 1' }, async run(db, t) {
    const workload = async () => {
      for (const { id } of await db.agent.findMany({ where: { workspaceId: 9 } })) await t.turn('agents', () => db.ticket.groupBy({ by: ['priority'], where: { assigneeId: id }, _count: true }))
    }
    const locales = async () => {
      for (const { id, email } of await db.customer.findMany({ where: { workspaceId: 11 }, take: 12, orderBy: { id: 'asc' } })) {
        await t.turn('customers', () => db.customer.update({ where: { id }, data: { locale: email.includes('1') ? 'fr' : 'en' }, select: { id: true } }))
      }
    }
    await Promise.all([workload(), locales()])
  } },
  { name: 'tag-by-rules', loops: { tagging: 'write' }, async run(db, t) {
    for (const ticket of await db.ticket.findMany({ where: { workspaceId: 12, status: 'PENDING' }, take: 8, orderBy: { id: 'asc' } })) {
      const name = `auto-${ticket.id % 3}`
      await t.turn('tagging', () => db.ticket.update({ where: { id: ticket.id }, data: { tags: { connectOrCreate: [{ where: { name }, create: { name, colour: 'grey' } }] } } }))
    }
  } },
  { name: 'attachments-of-three', loops: { messages: 'read 1 optional' }, async run(db, t) {
    for (const { id } of await db.message.findMany({ where: { ticketId: 77 }, take: 3, select: { id: true } }).then((list) => [...list, ...numbers(3, 50).map((n) => ({ id: n }))].slice(0, 3))) {
      await t.turn('messages', () => db.attachment.findMany({ where: { messageId: id } }))
    }
  } },
  // silent
  { name: 'inbox-poller', silent: 'a poller: only the time changes', waits: true, async run(db, t) {
    let since = minute(500000)
    for (let i = 0; i < 9; i++) {
      const news = await db.ticket.findMany({ where: { workspaceId: 5, createdAt: { gt: since } }, orderBy: { createdAt: 'asc' }, take: 20 })
      t.log('polled', { found: news.length })
      since = new Date()
      await t.pause(140)
    }
  } },
  { name: 'export-by-cursor', silent: 'pages', async run(db) {
    let cursor
    for (let page = 0; page < 8; page++) {
      const rows = await db.ticket.findMany({ where: { workspaceId: 8 }, orderBy: { id: 'asc' }, take: 40, ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}), include: { customer: true, assignee: true } })
      cursor = rows.at(-1).id
    }
  } },
  { name: 'mail-queue-claims', silent: 'claims, each in its transaction', async run(db, t) {
    for (let i = 0; i < 9; i++) {
      await db.$transaction(async (tx) => {
        const [mail] = await tx.$queryRaw`SELECT id, body FROM messages WHERE internal AND author_mail <> 'sent' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`
        await tx.message.update({ where: { id: mail.id }, data: { authorMail: 'sent' }, select: { id: true } })
      })
      t.log('mail sent')
    }
  } },
  { name: 'progress-of-an-import', silent: 'chunks, and one row that tells how far they are', async run(db, t) {
    const { id } = await db.tag.create({ data: { name: 'job-import-progress', colour: '0%' } })
    const rows = numbers(360).map((n) => ({ workspaceId: 4, email: `job-chunk-${n}@mail.test`, fullName: `Chunk ${n}` }))
    for (const [i, part] of chunks(rows, 40).entries()) {
      await db.customer.createMany({ data: part, skipDuplicates: true })
      await db.tag.update({ where: { id }, data: { colour: `${(i + 1) * 11}%` } })
    }
    t.log('imported', { rows: rows.length })
  } },
  { name: 'requests-of-a-test-run', silent: 'a server whose log has no ids; every request begins with its session', waits: true, async run(db, t) {
    const session = () => db.agent.findUnique({ where: { email: 'agent7@desk.test' } })
    const show = async (number) => {
      await session()
      const ticket = await db.ticket.findUnique({ where: { workspaceId_number: { workspaceId: 8, number } } })
      await db.message.findMany({ where: { ticketId: ticket.id }, orderBy: { sentAt: 'asc' } })
    }
    for (const number of numbers(6, 20)) { await show(number); await t.pause(90) }
    await session()
    await db.ticket.findMany({ where: { workspaceId: 8, status: 'OPEN' }, orderBy: { createdAt: 'desc' }, take: 20 })
    await t.pause(90)
    for (const number of numbers(3, 20)) { await show(number); await t.pause(90) }
  } },
  { name: 'bulk-close', silent: 'ids are read once and written in chunks', async run(db) {
    const old = await db.ticket.findMany({ where: { workspaceId: 13, status: 'SOLVED' }, select: { id: true }, take: 240 })
    for (const part of chunks(old.map(({ id }) => id), 30)) {
      await db.ticket.updateMany({ where: { id: { in: part } }, data: { status: 'CLOSED' } })
      await db.ticketEvent.createMany({ data: part.map((ticketId) => ({ ticketId, seq: 800, kind: 'STATUS_CHANGED', actor: 'job', at: day(600) })), skipDuplicates: true })
    }
  } },
  { name: 'sync-with-a-mark', silent: 'pages, and one row that tells how far they are', async run(db, t) {
    let [at, after] = [minute(0), 0]
    for (let page = 0; page < 8; page++) {
      const rows = await db.customer.findMany({ where: { OR: [{ createdAt: { gt: at } }, { createdAt: at, id: { gt: after } }] }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: 50 })
      at = rows.at(-1).createdAt
      after = rows.at(-1).id
      await db.workspace.update({ where: { id: 40 }, data: { plan: `synced to ${after}` }, select: { id: true } })
      t.log('synced', { rows: rows.length })
    }
  } },
  { name: 'health-checks', silent: 'the same at intervals', waits: true, async run(db, t) {
    for (let i = 0; i < 9; i++) {
      await db.$queryRaw`SELECT 1`
      await db.ticket.count({ where: { workspaceId: 1, status: 'OPEN' } })
      await t.pause(100)
    }
  } },
]
