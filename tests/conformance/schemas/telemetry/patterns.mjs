import { chunks, minute, numbers } from '../../lib/random.mjs'

// truth: what the executions inside t.body are ('RULE Model', perhaps 'optional'); everything else that repeats is legitimate.
const devices = (db, take = 10) => db.device.findMany({ where: { siteId: 4 }, take, orderBy: { id: 'asc' } })

export const patterns = [
  { name: 'sensors-of-each', truth: 'n_plus_one Sensor', async run(db, t) {
    for (const { id } of await devices(db)) await t.body(() => db.sensor.findMany({ where: { deviceId: id } }))
  } },
  { name: 'gateway-of-each', truth: 'n_plus_one Device', async run(db, t) {
    for (const one of (await devices(db, 30)).filter((d) => d.gatewayId)) await t.body(() => db.device.findUnique({ where: { id: one.gatewayId }, select: { serial: true } }))
  } },
  { name: 'latest-reading', truth: 'n_plus_one Reading', async run(db, t) {
    await Promise.all(numbers(12).map((sensorId) => t.body(() => db.reading.findFirst({ where: { sensorId }, orderBy: { at: 'desc' } }))))
  } },
  { name: 'day-of-each-sensor', truth: 'n_plus_one Reading', async run(db, t) {
    for (const sensorId of numbers(7)) await t.body(() => db.reading.findMany({ where: { sensorId, at: { gte: minute(0), lt: minute(1440) } } }))
  } },
  { name: 'averages', truth: 'n_plus_one Reading', async run(db, t) {
    for (const sensorId of numbers(7)) await t.body(() => db.reading.aggregate({ where: { sensorId, quality: 0 }, _avg: { value: true } }))
  } },
  { name: 'groups-of-each', truth: ['n_plus_one Device', 'n_plus_one Group'], async run(db, t) {
    for (const id of numbers(6)) await t.body(() => db.device.findUnique({ where: { id }, select: { serial: true, groups: { select: { name: true } } } }))
  } },
  { name: 'raw-literals', truth: 'n_plus_one Sensor', async run(db, t) {
    for (const id of numbers(6)) await t.body(() => db.$queryRawUnsafe(`select unit from sensors where device_id=${id} limit 1`))
  } },
  { name: 'upsert-readings', truth: 'n_plus_one_write Reading', async run(db, t) {
    for (const n of numbers(8)) await t.body(() => db.reading.upsert({ where: { sensorId_at: { sensorId: n, at: minute(9999999) } }, create: { sensorId: n, at: minute(9999999), value: 1 }, update: { value: 2 } }))
  } },
  { name: 'ack-each', truth: 'n_plus_one_write Alert', async run(db, t) {
    for (const { id } of await db.alert.findMany({ where: { acked: false }, take: 7 })) await t.body(() => db.alert.update({ where: { id }, data: { acked: true } }))
  } },
  { name: 'create-in-batch', truth: 'n_plus_one_write AuditEntry', run: (db, t) =>
    t.body(() => db.$transaction(numbers(7).map((n) => db.auditEntry.create({ data: { actor: 'a', action: 'b', target: `t${n}` } })))) },
  { name: 'audit-beside-update', truth: ['n_plus_one_write Device', 'n_plus_one_write AuditEntry'], async run(db, t) {
    for (const { id } of await devices(db, 6)) {
      await t.body(() => db.device.update({ where: { id }, data: { battery: 100 } }))
      await t.body(() => db.auditEntry.create({ data: { actor: 'a', action: 'battery', target: `device:${id}` } }))
    }
  } },
  { name: 'read-log-loop', truth: ['n_plus_one Device', 'n_plus_one_write AuditEntry'], async run(db, t) {
    for (const id of numbers(6)) {
      const device = await t.body(() => db.device.findUnique({ where: { id } }))
      await t.body(() => db.auditEntry.create({ data: { actor: 'a', action: 'seen', target: device.serial } }))
    }
  } },
  { name: 'delete-each', truth: 'n_plus_one_write Alert', async run(db, t) {
    for (const id of numbers(6)) await t.body(() => db.alert.delete({ where: { id } }))
  } },
  { name: 'same-firmware', truth: 'duplicate Firmware', async run(db, t) {
    for (let i = 0; i < 3; i++) { await t.body(() => db.firmware.findUnique({ where: { version: '1.3.0' } })); await db.site.findFirst({ where: { id: i + 1 } }) }
  } },
  { name: 'same-settings', truth: 'duplicate Site', async run(db, t) {
    await t.body(() => db.site.findMany({ where: { region: 'north' } }))
    await db.alert.updateMany({ where: { id: 500 }, data: { acked: true } })
    await t.body(() => db.site.findMany({ where: { region: 'north' } }))
  } },
  { name: 'include', truth: 'legit', run: (db) => devices(db, 30).then(() => db.device.findMany({ take: 20, include: { site: true, sensors: true, groups: true, behind: true } })) },
  { name: 'hours-of-one-sensor', truth: 'legit', async run(db) {
    for (const n of numbers(8)) await db.reading.findMany({ where: { sensorId: 5, at: { gte: minute(n * 60), lt: minute(n * 60 + 60) } }, orderBy: { at: 'asc' } })
  } },
  { name: 'compound-cursor', truth: 'legit', async run(db) {
    let cursor
    for (let page = 0; page < 6; page++) {
      const rows = await db.reading.findMany({ orderBy: [{ sensorId: 'asc' }, { at: 'desc' }], take: 12, ...(cursor ? { cursor: { sensorId_at: cursor }, skip: 1 } : {}) })
      cursor = { sensorId: rows.at(-1).sensorId, at: rows.at(-1).at }
    }
  } },
  { name: 'keyset', truth: 'legit', async run(db) {
    let last = { severity: 9, id: 0 }
    for (let page = 0; page < 6; page++) {
      last = (await db.alert.findMany({ where: { OR: [{ severity: { lt: last.severity } }, { severity: last.severity, id: { gt: last.id } }] }, orderBy: [{ severity: 'desc' }, { id: 'asc' }], take: 20 })).at(-1)
    }
  } },
  { name: 'insert-chunks', truth: 'legit', async run(db) {
    for (const part of chunks(numbers(61, 100), 10)) await db.auditEntry.createMany({ data: part.map((n) => ({ actor: 'a', action: 'c', target: `t${n}` })) })
  } },
  { name: 'wait-for-state', truth: 'duplicate Device', async run(db, t) {
    for (let i = 0; i < 3; i++) await t.body(() => db.device.findUnique({ where: { id: 8 }, select: { state: true } }))
  } },
]
