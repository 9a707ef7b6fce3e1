import { chunks, day, minute, numbers } from '../../lib/random.mjs'

// loops: what the turns that t.turn marks are ('read' or 'write', statements a turn, perhaps 'optional'); silent: why nothing is to
// be reported. Jobs with pauses wait. The log of each is one stream without requests.
const stays = (db, take, more = {}) => db.booking.findMany({ where: { state: 'CHECKED_IN' }, orderBy: { arrival: 'asc' }, take, ...more })

export const jobs = [
  { name: 'night-audit', loops: { audit: 'write 2' }, async run(db, t) {
    for (const { id, total } of await stays(db, 11)) {
      await t.turn('audit', () => db.charge.create({ data: { bookingId: id, line: 70, kind: 'ROOM', amount: (Number(total) / 4).toFixed(2), at: minute(900000) } }))
    }
  } },
  { name: 'channel-import', loops: { guests: 'write 3' }, async run(db, t) {
    for (const n of numbers(10, 3)) {
      const email = n % 2 ? `guest${n}@mail.test` : `job-channel-${n}@mail.test`
      await t.turn('guests', () => db.guest.upsert({ where: { email }, create: { email, lastName: `L${n}`, firstName: 'F', country: 'FR' }, update: { lastName: `L${n}` } }))
    }
  } },
  { name: 'housekeeping-plan', loops: { hotels: 'read 1', rooms: 'read 1' }, async run(db, t) {
    for (const hotel of await db.hotel.findMany({ where: { city: 'Porto' }, orderBy: { id: 'asc' }, take: 6 })) {
      const rooms = await t.turn('hotels', () => db.room.findMany({ where: { hotelId: hotel.id, floor: 2 }, orderBy: { id: 'asc' }, take: 4 }))
      for (const room of rooms) await t.turn('rooms', () => db.booking.findFirst({ where: { roomId: room.id, departure: { gte: day(200) } }, orderBy: { departure: 'asc' } }))
    }
  } },
  { name: 'loyalty-in-transaction', loops: { points: 'write 3' }, async run(db, t) {
    await db.$transaction(async (tx) => {
      const guests = await tx.guest.findMany({ where: { lastName: { startsWith: 'invoice' } }, orderBy: { id: 'asc' }, take: 9, select: { id: true, notes: true } })
      for (const guest of guests) await t.turn('points', () => tx.guest.update({ where: { id: guest.id }, data: { notes: `${guest.notes ?? ''} +${guest.id % 50}` } }))
    }, { timeout: 60000 })
  } },
  { name: 'review-mails', loops: { reviews: 'read 3' }, async run(db, t) {
    for (const review of await db.review.findMany({ where: { published: true }, orderBy: { writtenAt: 'desc' }, take: 9 })) {
      await t.turn('reviews', async () => {
        const booking = await db.booking.findUniqueOrThrow({ where: { id: review.bookingId } })
        const guest = await db.guest.findUniqueOrThrow({ where: { id: booking.guestId }, select: { email: true, firstName: true } })
        const room = await db.room.findUniqueOrThrow({ where: { id: booking.roomId }, select: { door: true } })
        t.log(`mail to guest about room ${room.door}`, { length: guest.firstName.length })
      })
    }
  } },
  { name: 'amenities-from-a-sheet', loops: { sheet: 'write' }, async run(db, t) {
    for (const n of numbers(7, 120)) {
      await t.turn('sheet', () => db.room.update({ where: { id: n }, data: { amenities: { connectOrCreate: [{ where: { name: `sheet ${n % 4}` }, create: { name: `sheet ${n % 4}` } }] } } }))
    }
  } },
  // A statement that not every turn has.
  { name: 'no-shows', loops: { bookings: 'write' }, async run(db, t) {
    for (const booking of await db.booking.findMany({ where: { state: 'HELD', arrival: { lt: day(120) } }, orderBy: { id: 'asc' }, take: 12 })) {
      await t.turn('bookings', async () => {
        const guest = await db.guest.findUniqueOrThrow({ where: { id: booking.guestId } })
        if (guest.newsletter) await db.charge.aggregate({ where: { bookingId: booking.id }, _sum: { amount: true } })
        await db.booking.update({ where: { id: booking.id }, data: { state: 'CANCELLED', channel: guest.country }, select: { id: true } })
      })
    }
  } },
  { name: 'drop-old-holds', loops: { holds: 'write' }, async run(db, t) {
    const old = await db.booking.findMany({ where: { state: 'CANCELLED', id: { gt: 39000 }, review: null }, orderBy: { id: 'asc' }, take: 8, select: { id: true } })
    for (const { id } of old) await t.turn('holds', () => db.booking.delete({ where: { id }, select: { id: true } }))
  } },
  { name: 'includes-in-a-loop', loops: { bookings: 'read 5' }, async run(db, t) {
    const references = numbers(8, 500).map((n) => `B${String(n).padStart(9, '0')}`)
    for (const reference of references) {
      await t.turn('bookings', () => db.booking.findUnique({ where: { reference }, include: { charges: true, guest: true, room: { include: { hotel: true } } } }))
    }
  } },
  // silent
  { name: 'rate-shopper', silent: 'each turn asks something outside and writes one row: at most a note', waits: true, async run(db, t) {
    const rooms = await db.room.findMany({ where: { hotelId: 7 }, orderBy: { id: 'asc' }, take: 7, select: { id: true } })
    for (const { id } of rooms) {
      await t.call(130)
      await db.room.update({ where: { id }, data: { nightly: (80 + (id % 40)).toFixed(2) }, select: { id: true } })
    }
  } },
  { name: 'arrivals-poller', silent: 'a poller: only the time changes', waits: true, async run(db, t) {
    let last = new Date(Date.now() - 60000)
    for (let i = 0; i < 9; i++) {
      const now = new Date()
      await db.booking.findMany({ where: { createdAt: { gte: last, lt: now } }, orderBy: { createdAt: 'desc' } })
      last = now
      await t.pause(140)
    }
  } },
  { name: 'guest-export', silent: 'pages', async run(db, t) {
    for (let page = 0; page < 8; page++) {
      const guests = await db.guest.findMany({ orderBy: { id: 'asc' }, skip: page * 50, take: 50, select: { id: true, email: true } })
      const bookings = await db.booking.groupBy({ by: ['guestId'], where: { guestId: { in: guests.map(({ id }) => id) } }, _count: true })
      t.log('page', { page, guests: guests.length, bookings: bookings.length })
    }
  } },
  { name: 'outbox-claims', silent: 'claims, each in its transaction', async run(db, t) {
    for (let i = 0; i < 8; i++) {
      await db.$transaction(async (tx) => {
        const [one] = await tx.$queryRaw`SELECT id FROM reviews WHERE published = 0 ORDER BY written_at LIMIT 1 FOR UPDATE SKIP LOCKED`
        await tx.$executeRaw`UPDATE reviews SET published = 1 WHERE id = ${one.id}`
      })
      t.log('event published')
    }
  } },
  { name: 'progress-of-a-load', silent: 'chunks, and one row that tells how far they are', async run(db) {
    const { id } = await db.hotel.create({ data: { code: 'JOB', name: 'load', city: '0' } })
    for (const [i, part] of chunks(numbers(200, 20000), 20).entries()) {
      await db.charge.createMany({ data: part.map((bookingId) => ({ bookingId, line: 60, kind: 'PARKING', amount: '4.00', at: minute(i) })) })
      await db.hotel.update({ where: { id }, data: { city: String((i + 1) * 10) }, select: { id: true } })
    }
  } },
  { name: 'occupancy-report', silent: 'different statements, each once', async run(db) {
    await db.room.count()
    await db.booking.groupBy({ by: ['state'], _count: true })
    await db.booking.count({ where: { state: 'CHECKED_IN', arrival: { lte: day(100) } } })
    await db.booking.aggregate({ where: { state: 'DONE', arrival: { gte: day(60), lt: day(90) } }, _sum: { total: true } })
    await db.charge.groupBy({ by: ['kind'], where: { at: { gte: minute(100), lt: minute(9000) } }, _sum: { amount: true } })
    await db.hotel.findMany({ orderBy: { stars: 'desc' }, take: 5, include: { rooms: { take: 1 } } })
    await db.review.aggregate({ where: { published: true }, _avg: { rating: true } })
  } },
  { name: 'requests-of-a-booking-flow', silent: 'a server whose log has no ids: different routes, some of them twice', waits: true, async run(db, t) {
    const user = () => db.guest.findUnique({ where: { email: 'guest77@mail.test' } })
    for (let visit = 0; visit < 3; visit++) {
      await user()
      await db.hotel.findMany({ where: { city: 'Lyon' }, orderBy: { stars: 'desc' }, take: 10 })
      await t.pause(80)
      await user()
      await db.room.findMany({ where: { hotelId: 8 + visit }, include: { amenities: true }, take: 5 })
      await t.pause(80)
      await user()
      await db.booking.create({ data: { reference: `job-flow-${visit}`, roomId: 8 + visit, guestId: 77, arrival: day(900), departure: day(901), total: '90.00' } })
      await t.pause(80)
      await user()
      await db.booking.findUnique({ where: { reference: `job-flow-${visit}` }, include: { charges: true } })
      await t.pause(80)
    }
  } },
  { name: 'retry-of-a-transaction', silent: 'the same work again after a conflict', waits: true, async run(db, t) {
    for (let i = 0; i < 5; i++) {
      const done = await db.$transaction(async (tx) => {
        const booking = await tx.booking.findUniqueOrThrow({ where: { id: 4100 } })
        await tx.charge.count({ where: { bookingId: booking.id } })
        await tx.booking.update({ where: { id: booking.id }, data: { total: '120.00' }, select: { id: true } })
        if (i < 4) throw new Error('conflict')
        return true
      }).catch((error) => { if (error.message !== 'conflict') throw error })
      if (done) break
      await t.pause(50)
    }
  } },
]
