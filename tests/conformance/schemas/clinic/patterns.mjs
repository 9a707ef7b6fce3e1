import { chunks, day, numbers } from '../../lib/random.mjs'
import { hour, PATIENT } from './data.mjs'

// truth: what the executions inside t.body are ('RULE Model', perhaps 'optional'); everything else that repeats is legitimate.
export const patterns = [
  { name: 'patient-of-each-visit', truth: 'n_plus_one Patient', async run(db, t) {
    for (const visit of await db.visit.findMany({ where: { doctorId: 4 }, take: 10, orderBy: { startsAt: 'asc' } })) await t.body(() => db.patient.findUnique({ where: { id: visit.patientId }, select: { lastName: true, allergies: false } }))
  } },
  { name: 'visits-and-invoices', truth: ['n_plus_one Visit', 'n_plus_one Invoice'], async run(db, t) {
    for (const n of numbers(6)) {
      for (const visit of await t.body(() => db.visit.findMany({ where: { patientId: PATIENT(n) }, orderBy: { startsAt: 'desc' }, take: 2 }))) {
        await t.body(() => db.invoice.findUnique({ where: { visitId: visit.id } }))
      }
    }
  } },
  { name: 'slots-by-compound-unique', truth: 'n_plus_one Visit', async run(db, t) {
    for (const n of numbers(8)) await t.body(() => db.visit.findUnique({ where: { doctorId_startsAt: { doctorId: 7, startsAt: hour(n) } } }))
  } },
  { name: 'tariff-of-each-item', truth: 'n_plus_one Tariff', async run(db, t) {
    for (const item of await db.item.findMany({ where: { invoiceId: { lte: 12 } } })) await t.body(() => db.tariff.findFirst({ where: { code: item.code } }))
  } },
  { name: 'items-summed-for-each', truth: 'n_plus_one Item', async run(db, t) {
    for (const { id } of await db.invoice.findMany({ where: { issuedOn: day(10) }, take: 7 })) await t.body(() => db.item.aggregate({ where: { invoiceId: id }, _sum: { amount: true }, _count: true }))
  } },
  { name: 'exists-for-each', truth: 'n_plus_one Visit', async run(db, t) {
    for (const n of numbers(9)) await t.body(() => db.$queryRaw`SELECT EXISTS (SELECT 1 FROM care."Visit" WHERE "patientId" = ${PATIENT(n)} AND state = 'NO_SHOW')`)
  } },
  { name: 'pay-each', truth: ['n_plus_one_write Invoice', 'n_plus_one Item'], async run(db, t) {
    for (const id of numbers(6)) await t.body(() => db.invoice.update({ where: { id }, data: { paidAt: day(id * 3) }, include: { items: true } }))
  } },
  { name: 'create-with-items', truth: 'n_plus_one_write Invoice', async run(db, t) {
    for (const n of numbers(6)) await t.body(() => db.invoice.create({ data: { number: `N-${n}`, patientId: PATIENT(n), total: '10.00', issuedOn: day(n), items: { create: [{ code: 'T1', amount: '1.00' }, { code: 'T2', amount: '9.00' }] } } }))
  } },
  { name: 'replace-items', truth: ['n_plus_one_write Item'], async run(db, t) {
    for (const id of numbers(6, 50)) await t.body(() => db.$transaction([db.item.deleteMany({ where: { invoiceId: id } }), db.item.create({ data: { invoiceId: id, code: 'T3', amount: '2.00' } })]))
  } },
  { name: 'allergy-upserts', truth: 'n_plus_one_write Allergy', async run(db, t) {
    for (const n of numbers(7)) await t.body(() => db.allergy.upsert({ where: { patientId_substance: { patientId: PATIENT(n), substance: 'cats' } }, create: { patientId: PATIENT(n), substance: 'cats' }, update: { severe: true } }))
  } },
  { name: 'update-parent-and-child', truth: ['n_plus_one_write Visit', 'n_plus_one_write Invoice'], async run(db, t) {
    for (const id of numbers(6, 11)) {
      await t.body(() => db.visit.update({ where: { id }, data: { state: 'DONE' }, select: { id: true } }))
      await t.body(() => db.invoice.updateMany({ where: { visitId: id }, data: { paidAt: day(3) } }))
    }
  } },
  { name: 'session-patient', truth: 'duplicate Patient', async run(db, t) {
    for (let i = 0; i < 4; i++) {
      await t.body(() => db.patient.findUnique({ where: { id: PATIENT(9) } }))
      await db.visit.update({ where: { id: 90 + i }, data: { room: i } })
    }
  } },
  { name: 'same-list', truth: 'duplicate Doctor', async run(db, t) {
    for (let i = 0; i < 2; i++) await t.body(() => db.doctor.findMany({ orderBy: { name: 'asc' } }))
  } },
  { name: 'counted-relations', truth: 'legit', run: (db) => db.patient.findMany({ take: 20, include: { _count: { select: { visits: true, invoices: true } }, visits: { take: 2, include: { invoice: { include: { items: true } } } } } }) },
  { name: 'string-cursor', truth: 'legit', async run(db) {
    let cursor
    for (let page = 0; page < 6; page++) cursor = (await db.patient.findMany({ take: 15, orderBy: { id: 'asc' }, ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}) })).at(-1).id
  } },
  { name: 'cursor-backwards', truth: 'legit', async run(db) {
    let cursor = 500
    for (let page = 0; page < 6; page++) cursor = (await db.invoice.findMany({ take: -15, orderBy: [{ issuedOn: 'desc' }, { id: 'asc' }], cursor: { id: cursor }, skip: 1 }))[0].id
  } },
  { name: 'date-windows', truth: 'legit', async run(db) {
    for (const n of numbers(8)) await db.invoice.findMany({ where: { issuedOn: { gte: day(n * 7), lt: day(n * 7 + 7) } }, orderBy: { issuedOn: 'asc' } })
  } },
  { name: 'raw-between-windows', truth: 'legit', async run(db) {
    for (const n of numbers(8)) await db.$queryRaw`SELECT id, total FROM billing."Invoice" WHERE id BETWEEN ${n * 1000} AND ${n * 1000 + 999} AND "paidAt" IS NULL`
  } },
  { name: 'windows-of-each-doctor', truth: 'n_plus_one Visit', async run(db, t) {
    for (const n of numbers(8)) await t.body(() => db.visit.findMany({ where: { doctorId: n, startsAt: { gte: hour(10), lt: hour(20) } } }))
  } },
  { name: 'delete-in-batches', truth: 'legit', async run(db) {
    for (let i = 0; i < 6; i++) {
      const rows = await db.item.findMany({ where: { code: 'T9' }, select: { id: true }, take: 10 })
      await db.item.deleteMany({ where: { id: { in: rows.map((row) => row.id) } } })
    }
  } },
  { name: 'patients-in-chunks-with-visits', truth: 'legit', async run(db) {
    for (const keys of chunks(numbers(120).map(PATIENT), 20)) await db.patient.findMany({ where: { id: { in: keys } }, include: { visits: true } })
  } },
  { name: 'same-before-and-after-write', truth: 'legit', async run(db) {
    for (let i = 0; i < 2; i++) {
      await db.invoice.count({ where: { paidAt: null } })
      await db.invoice.update({ where: { id: 900 + i }, data: { paidAt: day(1) } })
    }
  } },
]
