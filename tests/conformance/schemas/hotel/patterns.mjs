import { chunks, day, minute, numbers } from '../../lib/random.mjs'

// truth: what the executions inside t.body are ('RULE Model', perhaps 'optional'); everything else that repeats is legitimate.
const bookings = (db, take = 10) => db.booking.findMany({ where: { state: 'CONFIRMED' }, orderBy: { arrival: 'asc' }, take })

export const patterns = [
  { name: 'guest-of-each', truth: 'n_plus_one Guest', async run(db, t) {
    for (const booking of await bookings(db)) await t.body(() => db.guest.findUnique({ where: { id: booking.guestId } }))
  } },
  { name: 'charges-of-each', truth: 'n_plus_one Charge', async run(db, t) {
    for (const { id } of await bookings(db)) await t.body(() => db.charge.findMany({ where: { bookingId: id, kind: { not: 'DAMAGE' } } }))
  } },
  { name: 'first-charge', truth: 'n_plus_one Charge', async run(db, t) {
    for (const { id } of await bookings(db)) await t.body(() => db.charge.findUnique({ where: { bookingId_line: { bookingId: id, line: 1 } } }))
  } },
  { name: 'review-of-each-parallel', truth: 'n_plus_one Review', async run(db, t) {
    await Promise.all((await bookings(db)).map(({ id }) => t.body(() => db.review.findFirst({ where: { bookingId: id, published: true } }))))
  } },
  { name: 'rooms-free', truth: 'n_plus_one Booking', async run(db, t) {
    for (const { id } of await db.room.findMany({ where: { hotelId: 3 }, take: 9 })) await t.body(() => db.booking.count({ where: { roomId: id, arrival: { lte: day(40) }, departure: { gt: day(40) } } }))
  } },
  { name: 'amenities-of-each', truth: 'n_plus_one Amenity', async run(db, t) {
    for (const { id } of await db.room.findMany({ where: { hotelId: 3 }, take: 6 })) await t.body(() => db.amenity.findMany({ where: { rooms: { some: { id } } } }))
  } },
  { name: 'room-and-hotel-of-each', truth: ['n_plus_one Room', 'n_plus_one Hotel'], async run(db, t) {
    for (const booking of await bookings(db, 7)) await t.body(() => db.room.findUnique({ where: { id: booking.roomId }, include: { hotel: true } }))
  } },
  { name: 'raw-each', truth: 'n_plus_one Charge', async run(db, t) {
    for (const { id } of await bookings(db, 6)) await t.body(() => db.$queryRaw`SELECT SUM(amount) AS total FROM charges WHERE booking_id = ${id}`)
  } },
  { name: 'raw-each-literal', truth: 'n_plus_one Charge', async run(db, t) {
    for (const { id } of await bookings(db, 6)) await t.body(() => db.$queryRawUnsafe(`SELECT SUM(amount) AS total FROM charges WHERE booking_id = ${id} /* sum */`))
  } },
  { name: 'five-in-transaction', truth: 'n_plus_one Room', async run(db, t) {
    await db.$transaction(async (tx) => { for (const id of numbers(5)) await t.body(() => tx.room.findUniqueOrThrow({ where: { id } })) })
  } },
  // writes
  { name: 'create-loop', truth: 'n_plus_one_write Guest', async run(db, t) {
    for (const n of numbers(6)) await t.body(() => db.guest.create({ data: { email: `new${n}@mail.test`, lastName: 'N', firstName: 'F', country: 'DE' } }))
  } },
  { name: 'create-connected', truth: ['n_plus_one_write Booking', 'n_plus_one Guest optional'], async run(db, t) {
    for (const n of numbers(6)) {
      await t.body(() => db.booking.create({ data: { reference: `X${n}`, room: { connect: { id: n } }, guest: { connect: { email: `guest${n}@mail.test` } }, arrival: day(1), departure: day(2), total: '99.00' } }))
    }
  } },
  { name: 'update-loop', truth: 'n_plus_one_write Booking', async run(db, t) {
    for (const { id } of await bookings(db, 8)) await t.body(() => db.booking.update({ where: { id }, data: { state: 'CHECKED_IN' } }))
  } },
  { name: 'update-loop-selecting', truth: ['n_plus_one_write Booking', 'n_plus_one Room'], async run(db, t) {
    for (const { id } of await bookings(db, 8)) await t.body(() => db.booking.update({ where: { id }, data: { channel: 'web' }, select: { id: true, room: { select: { door: true } } } }))
  } },
  { name: 'upsert-loop', truth: 'n_plus_one_write Guest', async run(db, t) {
    for (const n of numbers(8)) {
      await t.body(() => db.guest.upsert({ where: { email: `guest${n * 5000}@mail.test` }, create: { email: `guest${n * 5000}@mail.test`, lastName: 'N', firstName: 'F', country: 'DE' }, update: { newsletter: false } }))
    }
  } },
  { name: 'upsert-all-exist', truth: 'n_plus_one_write Guest', async run(db, t) {
    for (const n of numbers(6)) {
      await t.body(() => db.guest.upsert({ where: { email: `guest${n}@mail.test` }, create: { email: `guest${n}@mail.test`, lastName: 'N', firstName: 'F', country: 'DE' }, update: { newsletter: false } }))
    }
  } },
  { name: 'delete-loop', truth: 'n_plus_one_write Charge', async run(db, t) {
    for (const n of numbers(6, 500)) await t.body(() => db.charge.delete({ where: { bookingId_line: { bookingId: n, line: 2 } } }))
  } },
  { name: 'connect-or-create', truth: ['n_plus_one_write Amenity', 'n_plus_one_write _AmenityToRoom optional'], async run(db, t) {
    await t.body(() => db.room.update({ where: { id: 3 }, data: { amenities: { connectOrCreate: numbers(6).map((n) => ({ where: { name: `coc ${n}` }, create: { name: `coc ${n}` } })) } } }))
  } },
  { name: 'nested-create', truth: 'legit', async run(db) {
    await db.booking.update({ where: { id: 31000 }, data: { charges: { create: numbers(7).map((line) => ({ line, kind: 'MINIBAR', amount: '3.00', at: minute(line) })) } } })
  } },
  { name: 'nested-create-of-nested', truth: ['n_plus_one_write Booking', 'n_plus_one_write Charge'], async run(db, t) {
    await t.body(() => db.guest.update({ where: { id: 5 }, data: { bookings: { create: numbers(6).map((n) => ({ reference: `Y${n}`, roomId: n, arrival: day(1), departure: day(2), total: '9.00', charges: { create: [{ line: 1, kind: 'ROOM', amount: '9.00', at: minute(n) }] } })) } } }))
  } },
  { name: 'read-compute-write', truth: 'n_plus_one_write Room', async run(db, t) {
    for (const id of numbers(7, 60)) {
      const room = await db.room.findUniqueOrThrow({ where: { id }, include: { hotel: false } })
      await t.body(() => db.room.update({ where: { id }, data: { nightly: Number(room.nightly) + 1 } }))
    }
  } },
  { name: 'raw-on-duplicate', truth: 'n_plus_one_write Review', async run(db, t) {
    for (const n of numbers(6)) {
      await t.body(() => db.$executeRaw`INSERT INTO reviews (booking_id, rating, text, published, written_at) VALUES (${n * 3 + 1}, 3, 'ok', 0, NOW()) ON DUPLICATE KEY UPDATE rating = ${n % 5}`)
    }
  } },
  // the same again
  { name: 'same-guest', truth: 'duplicate Guest', async run(db, t) {
    for (let i = 0; i < 3; i++) {
      await t.body(() => db.guest.findUnique({ where: { email: 'guest5@mail.test' } }))
      await db.hotel.findFirst({ where: { id: i + 1 } })
    }
  } },
  { name: 'same-count', truth: 'duplicate Booking', async run(db, t) {
    await t.body(() => db.booking.count({ where: { state: 'HELD' } }))
    await db.guest.update({ where: { id: 9 }, data: { notes: 'x' } })
    await t.body(() => db.booking.count({ where: { state: 'HELD' } }))
  } },
  { name: 'same-first-parallel', truth: 'duplicate Hotel', async run(db, t) {
    await Promise.all([1, 2].map(() => t.body(() => db.hotel.findFirst({ where: { code: 'H003' } }))))
  } },
  // legitimate
  { name: 'include', truth: 'legit', run: (db) => db.booking.findMany({ where: { guestId: { lte: 20 } }, include: { charges: true, guest: { include: { referrer: true } }, room: { include: { hotel: true, amenities: true } } } }) },
  { name: 'dataloader', truth: 'legit', async run(db) { await Promise.all((await bookings(db, 20)).map((b) => db.guest.findUnique({ where: { id: b.guestId } }))) } },
  { name: 'chunks', truth: 'legit', async run(db) { for (const keys of chunks(numbers(151), 25)) await db.guest.findMany({ where: { id: { in: keys } } }) } },
  { name: 'create-many', truth: 'legit', async run(db) {
    for (const part of chunks(numbers(60, 100), 10)) await db.charge.createMany({ data: part.map((n) => ({ bookingId: n, line: 9, kind: 'PARKING', amount: '1.00', at: minute(n) })) })
  } },
  { name: 'cursor', truth: 'legit', async run(db) {
    let cursor
    for (let page = 0; page < 7; page++) cursor = (await db.booking.findMany({ orderBy: { id: 'desc' }, take: 10, ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}) })).at(-1).id
  } },
  { name: 'cursor-by-nullable', truth: 'legit', async run(db) {
    let cursor
    for (let page = 0; page < 6; page++) cursor = (await db.guest.findMany({ where: { country: 'SE' }, orderBy: [{ bornOn: 'asc' }, { id: 'asc' }], take: 10, ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}) })).at(-1).id
  } },
  { name: 'raw-limit-pairs', truth: 'legit', async run(db) { for (let page = 0; page < 7; page++) await db.$queryRawUnsafe(`SELECT id, name FROM hotels ORDER BY id LIMIT ${page * 5}, 5`) } },
  { name: 'days-of-export', truth: 'legit', async run(db) {
    for (const n of numbers(9)) await db.booking.findMany({ where: { createdAt: { gte: day(n), lt: day(n + 1) } }, select: { id: true, total: true } })
  } },
  { name: 'days-counted', truth: 'n_plus_one Booking', async run(db, t) {
    for (const n of numbers(9)) await t.body(() => db.booking.aggregate({ where: { createdAt: { gte: day(n), lt: day(n + 1) } }, _sum: { total: true } }))
  } },
  { name: 'named-locks', truth: 'legit', async run(db) {
    for (const n of numbers(6)) { await db.$queryRaw`SELECT GET_LOCK(${`l${n}`}, 0) AS got`; await db.$queryRaw`SELECT RELEASE_LOCK(${`l${n}`}) AS gone` }
  } },
  { name: 'skip-locked', truth: 'legit', async run(db, t) {
    await t.request({ id: null }, async () => {
      for (let i = 0; i < 7; i++) await db.$transaction(async (tx) => {
        const [one] = await tx.$queryRaw`SELECT id FROM bookings WHERE state = 'HELD' ORDER BY arrival LIMIT 1 FOR UPDATE SKIP LOCKED`
        await tx.booking.updateMany({ where: { id: one.id }, data: { channel: 'job' } })
      })
    })
  } },
  { name: 'health', truth: 'legit', async run(db) { for (let i = 0; i < 6; i++) await db.$queryRaw`SELECT 1` } },
  { name: 'in-each-request', truth: 'legit', async run(db, t) {
    for (const id of numbers(9)) await t.request({ route: '/guests/:id' }, async () => { const g = await db.guest.findUnique({ where: { id } }); await db.booking.findMany({ where: { guestId: g.id } }) })
  } },
  { name: 'read-after-write', truth: 'legit', async run(db) {
    await db.guest.findUnique({ where: { id: 77 } })
    await db.guest.update({ where: { id: 77 }, data: { notes: 'n' }, select: { id: true } })
    await db.guest.findUnique({ where: { id: 77 } })
  } },
]
