import { chunks, day, numbers } from '../../lib/random.mjs'
import { hour, PATIENT } from './data.mjs'

// loops: what the turns that t.turn marks are ('read' or 'write', statements a turn, perhaps 'optional'); silent: why nothing is to
// be reported. Jobs with pauses wait. The log of each is one stream without requests.
export const jobs = [
  { name: 'appointment-reminders', loops: { reminders: 'read 2' }, async run(db, t) {
    const visits = await db.visit.findMany({ where: { doctorId: { lte: 3 }, startsAt: { gte: hour(100), lt: hour(106) } }, orderBy: { id: 'asc' }, take: 14 })
    for (const visit of visits) {
      await t.turn('reminders', async () => {
        const patient = await db.patient.findUniqueOrThrow({ where: { id: visit.patientId } })
        const doctor = await db.doctor.findUniqueOrThrow({ where: { id: visit.doctorId } })
        t.log(`reminder for ${patient.id} at ${doctor.name}`)
      })
    }
  } },
  { name: 'monthly-invoices', loops: { invoices: 'write 5' }, async run(db, t) {
    const patients = await db.patient.findMany({ where: { insurance: { not: null } }, orderBy: { id: 'asc' }, take: 8, include: { allergies: true } })
    for (const [i, patient] of patients.entries()) {
      await t.turn('invoices', async () => {
        const visits = await db.visit.findMany({ where: { patientId: patient.id, state: 'DONE', invoice: null }, orderBy: { startsAt: 'asc' }, take: 3 })
        const tariff = await db.tariff.findUniqueOrThrow({ where: { code: `T${10 + i}` } })
        const invoice = await db.invoice.create({ data: { number: `job-monthly-${patient.id}`, patientId: patient.id, total: tariff.amount, issuedOn: day(700),
          items: { create: [{ code: tariff.code, amount: tariff.amount }] } } })
        t.log('invoiced', { invoice: invoice.id, visits: visits.length })
      })
    }
  } },
  // The list was read long before the loop.
  { name: 'dunning-run', loops: { dunning: 'write 2' }, async run(db, t) {
    const unpaid = await db.invoice.findMany({ where: { issuedOn: { lt: day(40) }, paidAt: null }, orderBy: [{ issuedOn: 'desc' }, { id: 'asc' }], take: 10 })
    await db.doctor.findMany({ where: { field: 'eye' } })
    await db.tariff.count()
    await db.visit.count({ where: { state: 'NO_SHOW', doctorId: 4 } })
    await db.patient.findFirst({ where: { lastName: 'invoice1' } })
    for (const invoice of unpaid) {
      await t.turn('dunning', async () => {
        const patient = await db.patient.findUniqueOrThrow({ where: { id: invoice.patientId }, select: { lastName: true, deceased: true } })
        await db.invoice.update({ where: { id: invoice.id }, data: { total: Number(invoice.total) + (patient.deceased ? 0 : 5) }, select: { id: true } })
      })
    }
  } },
  { name: 'statistics-in-parallel', loops: { doctors: 'read 4' }, async run(db, t) {
    const doctors = await db.doctor.findMany({ orderBy: { id: 'asc' }, take: 9 })
    await Promise.all(doctors.map(({ id: doctorId }) => t.turn('doctors', async () => {
      await db.visit.count({ where: { doctorId, state: 'PLANNED' } })
      await db.visit.count({ where: { doctorId, state: 'DONE', startsAt: { gte: hour(50) } } })
      await db.visit.findFirst({ where: { doctorId, startsAt: { gt: hour(90) } }, orderBy: { startsAt: 'asc' } })
      await db.invoice.aggregate({ where: { visit: { doctorId } }, _sum: { total: true } })
    })))
  } },
  { name: 'seed-allergies', loops: { seeds: 'write 1' }, async run(db, t) {
    for (const n of numbers(12, 200)) {
      const substance = n % 2 ? 'wool' : 'nuts'
      await t.turn('seeds', () => db.allergy.upsert({ where: { patientId_substance: { patientId: PATIENT(n), substance } }, create: { patientId: PATIENT(n), substance }, update: { severe: n % 3 === 0 } }))
    }
  } },
  { name: 'erase-patients', loops: { erasure: 'write 5' }, async run(db, t) {
    const gone = await db.patient.findMany({ where: { deceased: true, id: { gt: PATIENT(6000) } }, orderBy: { id: 'asc' }, take: 6, select: { id: true } })
    for (const { id: patientId } of gone) {
      await t.turn('erasure', async () => {
        await db.item.deleteMany({ where: { invoice: { OR: [{ patientId }, { visit: { patientId } }] } } })
        await db.invoice.deleteMany({ where: { OR: [{ patientId }, { visit: { patientId } }] } })
        await db.visit.deleteMany({ where: { patientId } })
        await db.allergy.deleteMany({ where: { patientId } })
        await db.patient.delete({ where: { id: patientId }, select: { id: true } })
      })
    }
  } },
  { name: 'three-doctors', loops: { plan: 'read 3' }, async run(db, t) {
    for (const { id: doctorId } of await db.doctor.findMany({ where: { field: 'skin' }, take: 3 })) {
      await t.turn('plan', async () => {
        await db.visit.findMany({ where: { doctorId, startsAt: { gte: hour(300), lt: hour(308) } }, orderBy: { startsAt: 'asc' } })
        await db.visit.aggregate({ where: { doctorId, state: 'NO_SHOW' }, _count: true })
        await db.patient.findMany({ where: { visits: { some: { doctorId, startsAt: { gte: hour(300), lt: hour(302) } } } }, select: { lastName: true } })
      })
    }
  } },
  // silent
  { name: 'waiting-room-display', silent: 'a poller of two statements', waits: true, async run(db, t) {
    for (let i = 0; i < 8; i++) {
      const now = new Date()
      await db.visit.findMany({ where: { doctorId: 5, startsAt: { gte: now } }, orderBy: { startsAt: 'asc' }, take: 10 })
      await db.visit.count({ where: { doctorId: 5, state: 'ARRIVED', startsAt: { lte: now } } })
      await t.pause(150)
    }
  } },
  { name: 'lab-results-inbox', silent: 'a poller that finds work now and then', waits: true, async run(db, t) {
    for (let i = 0; i < 11; i++) {
      const next = await db.visit.findFirst({ where: { doctorId: i % 4 === 2 ? 11 + i : 99, state: 'PLANNED' }, orderBy: { startsAt: 'asc' } })
      if (next) {
        await db.patient.findUnique({ where: { id: next.patientId } })
        await db.visit.update({ where: { id: next.id }, data: { notes: 'lab result filed' }, select: { id: true } })
        t.log('result filed', { visit: next.id })
      }
      await t.pause(120)
    }
  } },
  { name: 'archive-in-chunks', silent: 'chunks', async run(db) {
    const ids = (await db.visit.findMany({ where: { doctorId: 30, state: 'DONE' }, orderBy: { startsAt: 'asc' }, take: 200, select: { id: true } })).map(({ id }) => id)
    for (const part of chunks(ids, 25)) {
      await db.visit.findMany({ where: { id: { in: part } }, include: { patient: true } })
      await db.visit.updateMany({ where: { id: { in: part } }, data: { room: null } })
    }
  } },
  { name: 'requests-of-one-route', silent: 'a server whose log has no ids; every request begins with its session', waits: true, async run(db, t) {
    for (const n of [4, 9, 4, 15, 21, 30, 9]) {
      await db.doctor.findUnique({ where: { id: 12 } })
      await db.patient.findUnique({ where: { id: PATIENT(n) }, include: { allergies: true } })
      await db.visit.findMany({ where: { patientId: PATIENT(n) }, orderBy: { startsAt: 'desc' }, take: 10 })
      await t.pause(100)
    }
  } },
  { name: 'migration', silent: 'different statements, each once', async run(db, t) {
    for (const sql of ['CREATE TABLE care."Ward" (id serial PRIMARY KEY, name text NOT NULL, floor int)', 'ALTER TABLE care."Doctor" ADD COLUMN "wardId" int REFERENCES care."Ward"(id)',
      `INSERT INTO care."Ward" (name, floor) SELECT DISTINCT field, 1 FROM care."Doctor"`, 'UPDATE care."Doctor" d SET "wardId" = w.id FROM care."Ward" w WHERE w.name = d.field',
      'CREATE INDEX "Doctor_wardId_idx" ON care."Doctor"("wardId")', 'CREATE INDEX "Item_invoiceId_job" ON billing."Item"("invoiceId")', 'DROP INDEX billing."Item_invoiceId_job"',
      'ALTER TABLE care."Doctor" DROP COLUMN "wardId"', 'DROP TABLE care."Ward"', `UPDATE billing."Tariff" SET title = trim(title) WHERE title <> trim(title)`]) {
      await db.$executeRawUnsafe(sql)
    }
    t.log('migration applied')
  } },
  { name: 'pay-through-a-provider', silent: 'each turn asks something outside and writes one row: at most a note', waits: true, async run(db, t) {
    const due = await db.invoice.findMany({ where: { issuedOn: day(60), paidAt: null }, orderBy: { id: 'asc' }, take: 8 })
    for (const { id } of due) {
      await t.call(90)
      await db.invoice.update({ where: { id }, data: { paidAt: new Date() }, select: { id: true } })
    }
  } },
  { name: 'keyset-export', silent: 'pages', async run(db, t) {
    let after = 0
    for (let page = 0; page < 9; page++) {
      const rows = await db.item.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: 100, include: { invoice: { select: { number: true } } } })
      after = rows.at(-1).id
      t.log('page written', { page, rows: rows.length })
    }
  } },
  { name: 'reference-data', silent: 'different statements, each once', async run(db) {
    await db.tariff.createMany({ data: numbers(20).map((n) => ({ code: `J${n}`, title: `job ${n}`, amount: n })), skipDuplicates: true })
    await db.doctor.createMany({ data: numbers(5).map((n) => ({ name: `Dr job ${n}`, field: 'none' })) })
    await db.patient.createMany({ data: numbers(30, 90000).map((n) => ({ id: PATIENT(n), lastName: `seed${n}`, firstName: 'S', bornOn: day(-9000 + n), postalCode: '10115' })) })
    await db.allergy.createMany({ data: numbers(30, 90000).map((n) => ({ patientId: PATIENT(n), substance: 'dust' })) })
    await db.patient.count()
  } },
  { name: 'scheduler', silent: 'a scheduler that runs jobs of different kinds', waits: true, async run(db, t) {
    const due = (n) => db.visit.findFirst({ where: { doctorId: 40, state: 'PLANNED', startsAt: { lte: hour(700 + n) } }, orderBy: { startsAt: 'asc' }, select: { id: true } })
    const kinds = [() => db.invoice.count({ where: { issuedOn: day(30), paidAt: null } }), () => db.item.aggregate({ where: { invoiceId: 3 }, _sum: { amount: true } }),
      () => db.tariff.findMany({ where: { amount: { gt: 30 } }, take: 3 }), () => db.doctor.groupBy({ by: ['field'], _count: true })]
    for (let i = 0; i < 8; i++) {
      await due(i)
      await kinds[i % 4]()
      await t.pause(90)
    }
  } },
]
