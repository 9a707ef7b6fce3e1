import { chunks, day, minute, numbers } from '../../lib/random.mjs'

// loops: what the turns that t.turn marks are ('read' or 'write', statements a turn, perhaps 'optional'); silent: why nothing is to
// be reported. Jobs with pauses wait. The log of each is one stream without requests.
export const jobs = [
  { name: 'rollup', loops: { devices: 'read 1', sensors: 'read 2' }, async run(db, t) {
    for (const { id: deviceId } of await db.device.findMany({ where: { siteId: 4, state: 'ACTIVE' }, orderBy: { id: 'asc' }, take: 6 })) {
      const sensors = await t.turn('devices', () => db.sensor.findMany({ where: { deviceId } }))
      for (const { id: sensorId } of sensors) {
        await t.turn('sensors', async () => {
          await db.reading.aggregate({ where: { sensorId, at: { gte: minute(0) } }, _avg: { value: true }, _max: { value: true } })
          await db.reading.findFirst({ where: { sensorId }, orderBy: { at: 'desc' } })
        })
      }
    }
  } },
  // A statement that not every turn has.
  { name: 'battery-alerts', loops: { devices: 'write' }, async run(db, t) {
    for (const { id: deviceId, battery } of await db.device.findMany({ where: { siteId: 9, battery: { lt: 40 } }, orderBy: { id: 'asc' }, take: 14 })) {
      await t.turn('devices', async () => {
        const open = await db.alert.findFirst({ where: { deviceId, severity: 3, acked: false } })
        if (!open && battery % 3) await db.alert.create({ data: { deviceId, severity: 3, message: `battery at ${battery}`, raisedAt: minute(500000) } })
        await db.device.update({ where: { id: deviceId }, data: { settings: { interval: 300 + battery } }, select: { id: true } })
      })
    }
  } },
  { name: 'ingest-a-file', loops: { lines: 'write 1' }, async run(db, t) {
    const lines = numbers(18).map((n) => ({ sensorId: 100 + n * 3, at: minute(2000000 + n), value: n / 4 }))
    for (const { sensorId, at, value } of lines) await t.turn('lines', () => db.reading.upsert({ where: { sensorId_at: { sensorId, at } }, create: { sensorId, at, value }, update: { value } }))
  } },
  { name: 'rollout-in-transaction', loops: { devices: 'write 2' }, async run(db, t) {
    await db.$transaction(async (tx) => {
      for (const { id, serial } of await tx.device.findMany({ where: { firmwareId: '1.3.0' }, orderBy: { id: 'asc' }, take: 10 })) {
        await t.turn('devices', async () => {
          await tx.device.update({ where: { id }, data: { firmwareId: '1.4.0' }, select: { id: true } })
          await tx.auditEntry.create({ data: { actor: 'rollout', action: 'update', target: serial } })
        })
      }
    }, { timeout: 60000 })
  } },
  { name: 'calibrate', loops: { sensors: 'write 3' }, async run(db, t) {
    for (const n of numbers(8, 40)) {
      await t.turn('sensors', async () => {
        const sensor = await db.sensor.findUniqueOrThrow({ where: { id: n }, include: { readings: { take: 3, orderBy: { at: 'desc' } } } })
        await db.sensor.update({ where: { id: n }, data: { unit: `${sensor.unit}${sensor.readings.length}` }, select: { id: true } })
      })
    }
  } },
  { name: 'parent-far-before', loops: { devices: 'read 1' }, async run(db, t) {
    const silent = await db.device.findMany({ where: { state: 'OFFLINE', siteId: { in: [2, 3] } }, orderBy: { id: 'asc' }, take: 11 })
    await db.firmware.findMany({ orderBy: { version: 'asc' } })
    await db.alert.count({ where: { severity: 4, raisedAt: { gte: minute(100) } } })
    await db.site.findUnique({ where: { code: 'S3' } })
    await db.auditEntry.create({ data: { actor: 'job', action: 'read', target: 'offline devices' } })
    await db.group.findFirst({ where: { name: 'group 7' } })
    for (const { id } of silent) await t.turn('devices', () => db.alert.findMany({ where: { deviceId: id, acked: false }, orderBy: { raisedAt: 'desc' }, take: 1 }))
  } },
  { name: 'health-of-each', loops: { devices: 'read 5' }, async run(db, t) {
    for (const device of await db.device.findMany({ where: { siteId: 17, gatewayId: { not: null }, firmwareId: { not: null } }, orderBy: { id: 'asc' }, take: 6 })) {
      await t.turn('devices', async () => {
        await db.device.findUnique({ where: { id: device.gatewayId }, select: { state: true } })
        await db.firmware.findUnique({ where: { version: device.firmwareId } })
        await db.sensor.count({ where: { deviceId: device.id } })
        await db.alert.count({ where: { deviceId: device.id, severity: { gte: 3 } } })
        await db.auditEntry.findFirst({ where: { target: `device:${device.id}` }, orderBy: { at: 'desc' } })
      })
    }
  } },
  { name: 'groups-from-a-list', loops: { devices: 'write' }, async run(db, t) {
    for (const n of numbers(8, 700)) {
      await t.turn('devices', () => db.device.create({ data: { serial: `job-${n}`, battery: n % 100, site: { connect: { code: `S${n % 9}` } },
        groups: { connectOrCreate: [{ where: { name: `list ${n % 3}` }, create: { name: `list ${n % 3}` } }] } } }))
    }
  } },
  { name: 'forget-old-alerts', loops: { alerts: 'write 1' }, async run(db, t) {
    const old = await db.alert.findMany({ where: { severity: 1, raisedAt: { lt: minute(9000) } }, orderBy: { raisedAt: 'asc' }, take: 9, select: { id: true } })
    for (const { id } of old) await t.turn('alerts', () => db.alert.delete({ where: { id }, select: { id: true } }))
  } },
  // silent
  { name: 'alarm-poller', silent: 'a poller: only the time changes', waits: true, async run(db, t) {
    let since = day(900)
    for (let i = 0; i < 9; i++) {
      await db.alert.findMany({ where: { severity: 4, raisedAt: { gt: since } }, orderBy: { raisedAt: 'asc' } })
      since = new Date()
      await t.pause(110)
    }
  } },
  { name: 'last-seen', silent: 'a heartbeat writes one row', waits: true, async run(db, t) {
    for (let i = 0; i < 8; i++) {
      await db.device.update({ where: { id: 12 }, data: { lastSeen: new Date(), battery: 90 - i }, select: { id: true } })
      await t.pause(100)
    }
  } },
  { name: 'compaction', silent: 'windows of time', async run(db, t) {
    for (const n of numbers(9)) {
      const { count } = await db.reading.deleteMany({ where: { at: { gte: minute(n * 50), lt: minute(n * 50 + 50) }, quality: 3 } })
      t.log('window compacted', { n, count })
    }
  } },
  { name: 'bulk-ingest', silent: 'chunks', async run(db) {
    for (const part of chunks(numbers(320), 40)) {
      await db.reading.createMany({ data: part.map((n) => ({ sensorId: n + 9000, at: minute(3000000 + n), value: n })) })
      await db.sensor.updateMany({ where: { id: { in: part.map((n) => n + 9000) } }, data: { unit: 'V' } })
    }
  } },
  { name: 'lease', silent: 'one row, again until it can be had', waits: true, async run(db, t) {
    for (let i = 0; i < 7; i++) {
      const held = await db.group.findUniqueOrThrow({ where: { id: 9 } })
      const { count } = await db.group.updateMany({ where: { id: 9, name: i < 6 ? `held by ${i}` : held.name }, data: { name: 'group 8' } })
      if (count) break
      await t.pause(60)
    }
  } },
  { name: 'command-queue', silent: 'separate messages with pauses: at most a note', waits: true, async run(db, t) {
    for (const n of [101, 7, 350, 22, 7, 900, 41]) {
      await t.pause(70 + (n % 6) * 25)
      const device = await db.device.findUnique({ where: { serial: `SN${100000 + n}` } })
      await db.device.update({ where: { id: device.id }, data: { state: 'ACTIVE' }, select: { id: true } })
    }
  } },
  { name: 'readings-by-offset', silent: 'pages', async run(db) {
    for (let page = 0; page < 9; page++) await db.reading.findMany({ where: { quality: 0 }, orderBy: [{ at: 'desc' }, { sensorId: 'asc' }], skip: page * 100, take: 100, include: { sensor: { select: { unit: true } } } })
  } },
  { name: 'nightly-figures', silent: 'different statements, each once', async run(db) {
    await db.device.groupBy({ by: ['state'], _count: true })
    await db.alert.groupBy({ by: ['severity'], where: { acked: false }, _count: true })
    await db.reading.aggregate({ where: { at: { gte: minute(1000), lt: minute(1060) } }, _avg: { value: true } })
    await db.device.findMany({ where: { battery: { lt: 3 } }, select: { serial: true }, take: 20 })
    await db.site.findMany({ include: { _count: { select: { devices: true } } } })
    await db.auditEntry.create({ data: { actor: 'job', action: 'report', target: 'nightly' } })
    await db.auditEntry.deleteMany({ where: { id: { lt: 20 } } })
  } },
  { name: 'own-figures', silent: 'one row at each tick: at most a note', waits: true, async run(db, t) {
    for (let i = 0; i < 9; i++) {
      await db.reading.create({ data: { sensorId: 77, at: new Date(), value: i, batch: 'self' } })
      await t.pause(90)
    }
  } },
  { name: 'purge-until-nothing-is-left', silent: 'chunks', async run(db, t) {
    for (let i = 0; i < 9; i++) {
      const deleted = await db.$executeRaw`DELETE FROM "AuditEntry" WHERE id IN (SELECT id FROM "AuditEntry" WHERE at < ${minute(4000)} ORDER BY id LIMIT 25)`
      t.log('purged', { deleted })
    }
  } },
]
