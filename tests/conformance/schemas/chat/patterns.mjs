import { minute, numbers } from '../../lib/random.mjs'
import { USER } from './data.mjs'

// truth: what the executions inside t.body are ('RULE Model', perhaps 'optional'); everything else that repeats is legitimate.
const messages = (db, take = 10) => db.message.findMany({ where: { channelId: 9 }, orderBy: { sentAt: 'desc' }, take })

export const patterns = [
  { name: 'author-of-each', truth: 'n_plus_one User', async run(db, t) {
    for (const message of await messages(db)) await t.body(() => db.user.findUnique({ where: { id: message.authorId } }))
  } },
  { name: 'graph', truth: ['n_plus_one User', 'n_plus_one Reaction', 'n_plus_one Message'], async run(db, t) {
    await Promise.all((await messages(db, 12)).map((message) => Promise.all([
      t.body(() => db.user.findFirst({ where: { id: message.authorId } })),
      t.body(() => db.reaction.findMany({ where: { messageId: message.id } })),
      t.body(() => db.message.count({ where: { threadId: message.id } }))])))
  } },
  { name: 'unread-of-each', truth: 'n_plus_one Message', async run(db, t) {
    for (const one of await db.membership.findMany({ where: { userId: USER(7) } })) {
      await t.body(() => db.message.count({ where: { channelId: one.channelId, sentAt: { gt: one.lastReadAt ?? minute(0) } } }))
    }
  } },
  { name: 'latest-of-each', truth: 'n_plus_one Message', async run(db, t) {
    for (const channelId of numbers(9)) await t.body(() => db.message.findFirst({ where: { channelId }, orderBy: { sentAt: 'desc' } }))
  } },
  { name: 'membership-by-key', truth: 'n_plus_one Membership', async run(db, t) {
    for (const n of numbers(8)) await t.body(() => db.membership.findUnique({ where: { userId_channelId: { userId: USER(n), channelId: 6 } } }))
  } },
  { name: 'labels-of-each', truth: ['n_plus_one Channel', 'n_plus_one Label'], async run(db, t) {
    for (const id of numbers(6)) await t.body(() => db.channel.findUnique({ where: { id }, include: { labels: true } }))
  } },
  { name: 'page-of-each', truth: 'n_plus_one Message', async run(db, t) {
    for (const channelId of numbers(6)) await t.body(() => db.message.findMany({ where: { channelId, id: { gt: 1000 } }, orderBy: { id: 'asc' }, take: 5 }))
  } },
  { name: 'react-loop', truth: 'n_plus_one_write Reaction', async run(db, t) {
    for (const n of numbers(6)) await t.body(() => db.reaction.create({ data: { messageId: n * 2, userId: USER(n), emoji: 'new', at: minute(n) } }))
  } },
  { name: 'upserts-in-parallel', truth: 'n_plus_one_write Membership', async run(db, t) {
    await Promise.all(numbers(7).map((n) => t.body(() => db.membership.upsert({ where: { userId_channelId: { userId: USER(n + 100), channelId: 2999 } }, create: { userId: USER(n + 100), channelId: 2999 }, update: { muted: true } }))))
  } },
  { name: 'mark-read', truth: 'n_plus_one_write Membership', async run(db, t) {
    const all = await db.membership.findMany({ where: { userId: USER(8) } })
    await db.$transaction(all.map((one) => db.membership.update({ where: { userId_channelId: { userId: one.userId, channelId: one.channelId } }, data: { lastReadAt: minute(one.channelId) } }))).then(() => 0)
    await t.body(() => db.$transaction(all.map((one) => db.membership.update({ where: { userId_channelId: { userId: one.userId, channelId: one.channelId } }, data: { lastReadAt: minute(one.channelId + 1) } }))))
  } },
  { name: 'delete-users', truth: ['n_plus_one_write User', 'n_plus_one Membership optional', 'n_plus_one Message optional', 'n_plus_one Reaction optional'], async run(db, t) {
    for (const n of numbers(6)) {
      const user = await t.body(() => db.user.create({ data: { id: `gone${n}`, handle: `gone-${n}`, displayName: 'g' } }))
      await t.body(() => db.user.delete({ where: { id: user.id } }))
    }
  } },
  { name: 'label-each', truth: ['n_plus_one_write _ChannelToLabel', 'n_plus_one Channel optional', 'duplicate Label optional'], async run(db, t) {
    for (const id of numbers(6, 40)) await t.body(() => db.channel.update({ where: { id }, data: { labels: { connect: { name: 'label 24' } } } }))
  } },
  { name: 'same-session', truth: 'duplicate Session', async run(db, t) {
    const read = () => db.session.findUnique({ where: { token: 't00000000000000000007' } })
    await t.body(read)
    await messages(db, 2)
    await t.body(read)
    await db.channel.findFirst()
    await t.body(read)
  } },
  { name: 'same-members', truth: 'duplicate Membership', async run(db, t) {
    await t.body(() => db.membership.findMany({ where: { channelId: 6 }, orderBy: { userId: 'asc' }, take: 20 }))
    await db.message.create({ data: { channelId: 6, authorId: USER(3), text: 'x', sentAt: minute(1) } })
    await t.body(() => db.membership.findMany({ where: { channelId: 6 }, orderBy: { userId: 'asc' }, take: 20 }))
  } },
  { name: 'include', truth: 'legit', run: (db) => db.channel.findMany({ take: 20, include: { labels: true, memberships: { include: { user: true }, take: 3 }, messages: { take: 2, orderBy: { sentAt: 'desc' } } } }) },
  { name: 'scroll-back', truth: 'legit', async run(db) {
    let before = minute(900000)
    for (let page = 0; page < 6; page++) before = (await db.message.findMany({ where: { channelId: 9, sentAt: { lt: before } }, orderBy: { sentAt: 'desc' }, take: 3 })).at(-1)?.sentAt ?? before
  } },
  { name: 'big-cursor', truth: 'legit', async run(db) {
    let cursor
    for (let page = 0; page < 6; page++) cursor = (await db.message.findMany({ where: { pinned: true }, orderBy: { sentAt: 'desc' }, take: 10, ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}) })).at(-1).id
  } },
  { name: 'purge', truth: 'legit', async run(db) {
    for (let i = 0; i < 6; i++) await db.$executeRaw`DELETE FROM Session WHERE expiresAt < ${minute(4000)} LIMIT 20`
  } },
  { name: 'purge-windows', truth: 'legit', async run(db) {
    for (const n of numbers(6)) await db.session.deleteMany({ where: { expiresAt: { gte: minute(n * 400), lt: minute(n * 400 + 400) } } })
  } },
  { name: 'poll-with-since', truth: 'legit', async run(db, t) {
    await t.request({ id: null }, async () => { for (const n of numbers(9)) await db.message.findMany({ where: { sentAt: { gt: minute(n * 1000) } }, orderBy: { sentAt: 'asc' }, take: 5 }) })
  } },
]
