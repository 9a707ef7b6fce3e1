import { day, minute, numbers } from '../../lib/random.mjs'
import { USER } from './data.mjs'

// loops: what the turns that t.turn marks are ('read' or 'write', statements a turn, perhaps 'optional'); silent: why nothing is to
// be reported. Jobs with pauses wait. The log of each is one stream without requests.
const token = (n) => `t${String(n).padStart(20, '0')}`

export const jobs = [
  // The parent brings its memberships along.
  { name: 'unread-digest', loops: { memberships: 'read 2' }, async run(db, t) {
    const users = await db.user.findMany({ where: { id: { in: numbers(3, 40).map(USER) } }, include: { memberships: true } })
    for (const { channelId, lastReadAt } of users.flatMap((user) => user.memberships)) {
      await t.turn('memberships', async () => {
        const unread = await db.message.count({ where: { channelId, sentAt: { gt: lastReadAt ?? minute(0) } } })
        const latest = await db.message.findFirst({ where: { channelId }, orderBy: { sentAt: 'desc' }, select: { text: true, authorId: true } })
        t.log('digest line', { unread, by: latest?.authorId })
      })
    }
  } },
  { name: 'retention', loops: { messages: 'write' }, async run(db, t) {
    const old = await db.message.findMany({ where: { channelId: { in: numbers(9, 30) }, replies: { none: {} } }, orderBy: { sentAt: 'asc' }, take: 7, select: { id: true } })
    for (const { id } of old) {
      await t.turn('messages', async () => {
        await db.reaction.deleteMany({ where: { messageId: id } })
        await db.message.delete({ where: { id }, select: { id: true } })
      })
    }
  } },
  { name: 'import-from-elsewhere', loops: { messages: 'write' }, async run(db, t) {
    const lines = numbers(9, 600).map((n) => ({ author: USER(n), text: `imported ${n}`, at: minute(600000 + n), by: [USER(n + 1), USER(n + 2)] }))
    for (const line of lines) {
      await t.turn('messages', () => db.message.create({ data: { channelId: 50, authorId: line.author, text: line.text, sentAt: line.at,
        reactions: { create: line.by.map((userId) => ({ userId, emoji: '+1', at: line.at })) } } }))
    }
  } },
  // A script with a list of its own: no statement before the loop.
  { name: 'backfill-bios', loops: { users: 'write 2' }, async run(db, t) {
    for (const n of numbers(12, 1500)) {
      await t.turn('users', async () => {
        const user = await db.user.findUniqueOrThrow({ where: { id: USER(n) }, select: { id: true, handle: true } })
        await db.$executeRaw`UPDATE User SET bio = ${`I am ${user.handle}`} WHERE id = ${user.id}`
      })
    }
  } },
  { name: 'channel-digest', loops: { channels: 'write 5' }, async run(db, t) {
    for (const { id: channelId } of await db.channel.findMany({ where: { archived: false }, orderBy: { id: 'asc' }, skip: 60, take: 7 })) {
      await t.turn('channels', async () => {
        await db.membership.count({ where: { channelId, muted: false } })
        const last = await db.message.findFirst({ where: { channelId }, orderBy: { sentAt: 'desc' } })
        await db.user.findUnique({ where: { id: last.authorId }, select: { displayName: true } })
        await db.reaction.count({ where: { messageId: last.id } })
        await db.$executeRaw`UPDATE Channel SET topic = ${`last: ${last.id}`} WHERE id = ${channelId}`
      })
    }
  } },
  { name: 'two-crons-at-once', loops: { authors: 'read 1', sessions: 'write 2' }, async run(db, t) {
    const activity = async () => {
      for (const n of numbers(14, 2000)) await t.turn('authors', () => db.message.count({ where: { authorId: USER(n), sentAt: { gte: day(100) } } }))
    }
    const renew = async () => {
      const sessions = await db.session.findMany({ where: { expiresAt: { gte: minute(20000), lt: minute(20900) } }, orderBy: { expiresAt: 'asc' }, take: 12 })
      for (const { token: key, expiresAt } of sessions) await t.turn('sessions', () => db.session.updateMany({ where: { token: key }, data: { expiresAt: new Date(expiresAt.getTime() + 3600000) } }))
    }
    await Promise.all([activity(), renew()])
  } },
  { name: 'four-channels', loops: { channels: 'read 1 optional' }, async run(db, t) {
    for (const { id } of await db.channel.findMany({ where: { id: { in: [70, 71, 72, 73] } } })) await t.turn('channels', () => db.message.findMany({ where: { channelId: id }, orderBy: { sentAt: 'desc' }, take: 3 }))
  } },
  { name: 'four-members', loops: { members: 'write' }, async run(db, t) {
    for (const { userId, channelId } of await db.membership.findMany({ where: { userId: USER(90) }, take: 4, orderBy: { channelId: 'asc' } })) {
      await t.turn('members', async () => {
        const seen = await db.message.findFirst({ where: { channelId }, orderBy: { sentAt: 'desc' }, select: { sentAt: true } })
        await db.membership.update({ where: { userId_channelId: { userId, channelId } }, data: { lastReadAt: seen?.sentAt ?? null } })
      })
    }
  } },
  // silent
  { name: 'presence', silent: 'a heartbeat writes one row', waits: true, async run(db, t) {
    for (let i = 0; i < 9; i++) {
      await db.session.updateMany({ where: { token: token(55) }, data: { expiresAt: new Date(Date.now() + 3600000) } })
      await t.pause(120)
    }
  } },
  { name: 'message-stream', silent: 'a poller that goes on from the last id', waits: true, async run(db, t) {
    let last = 59990n
    for (let i = 0; i < 9; i++) {
      const news = await db.message.findMany({ where: { id: { gt: last } }, orderBy: { id: 'asc' }, take: 3 })
      last = news.at(-1)?.id ?? last
      if (i % 3 === 1) await db.message.create({ data: { channelId: 80, authorId: USER(5), text: 'hello', sentAt: new Date() } })
      await t.pause(120)
    }
  } },
  { name: 'session-sweeper', silent: 'the same at intervals: only the time changes', waits: true, async run(db, t) {
    for (let i = 0; i < 8; i++) {
      const { count } = await db.session.deleteMany({ where: { expiresAt: { lt: new Date(minute(30).getTime() + i * 1000) } } })
      t.log('swept', { count })
      await t.pause(130)
    }
  } },
  { name: 'counters-of-shards', silent: 'a few constant rows, again and again', waits: true, async run(db, t) {
    for (let i = 0; i < 16; i++) {
      await db.$executeRaw`UPDATE Label SET name = CONCAT('shard ', ${i}) WHERE id = ${20 + (i * 7) % 4}`
      await t.pause(50)
    }
  } },
  { name: 'bot-commands', silent: 'separate messages with pauses: at most a note', waits: true, async run(db, t) {
    for (const n of [3, 41, 3, 9, 120, 77, 18, 64]) {
      await t.pause(90 + (n % 5) * 30)
      const user = await db.user.findUnique({ where: { id: USER(n) }, select: { id: true } })
      await db.reaction.create({ data: { messageId: 5000 + n * 2, userId: user.id, emoji: `bot-${Date.now() % 1000000}`, at: new Date() }, select: { id: true } })
    }
  } },
  { name: 'channel-export', silent: 'pages', async run(db, t) {
    let cursor
    for (let page = 0; page < 7; page++) {
      const rows = await db.message.findMany({ where: { pinned: false }, orderBy: { id: 'asc' }, take: 30, ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}), include: { author: { select: { handle: true } }, reactions: true } })
      cursor = rows.at(-1).id
      t.log('exported', { page })
    }
  } },
  { name: 'flags-at-intervals', silent: 'the same settings at intervals', waits: true, async run(db, t) {
    for (let i = 0; i < 8; i++) {
      await db.label.findMany({ orderBy: { name: 'asc' } })
      await db.channel.findUnique({ where: { slug: 'channel-1' } })
      await t.pause(110)
    }
  } },
  { name: 'rewrite-by-ranges', silent: 'ranges of keys', async run(db, t) {
    for (let from = 0; from < 9000; from += 1000) {
      await db.$executeRaw`UPDATE Message SET editedAt = NULL WHERE id >= ${from} AND id < ${from + 1000} AND editedAt < sentAt`
      t.log('rewritten', { upTo: from + 1000 })
    }
  } },
  { name: 'two-pollers', silent: 'two pollers between each other', waits: true, async run(db, t) {
    const poll = async (every, read) => { for (let i = 0; i < 8; i++) { await read(new Date()); await t.pause(every) } }
    await Promise.all([poll(90, (now) => db.session.findMany({ where: { expiresAt: { gt: now } }, orderBy: { expiresAt: 'asc' }, take: 5 })),
      poll(125, (now) => db.message.count({ where: { channelId: 12, sentAt: { gt: now } } }))])
  } },
]
