import { below, minute, pick, skewed, words } from '../../lib/random.mjs'

export const data = [
  ['Site', 50, (i) => ({ id: i + 1, code: `S${i}`, region: pick(['north', 'south', 'east'], i, 1) })],
  ['Firmware', 12, (i) => ({ version: `1.${i}.0`, notes: words(3, i) })],
  ['Device', 5000, (i) => ({ id: i + 1, serial: `SN${100000 + i}`, siteId: below(50, i, 2) + 1, state: skewed(['ACTIVE', 'OFFLINE', 'RETIRED'], i, 3),
    firmwareId: below(6, i, 4) ? `1.${below(12, i, 5)}.0` : null, gatewayId: i > 50 && below(4, i, 6) ? below(50, i, 7) + 1 : null, battery: below(101, i, 8),
    lastSeen: below(9, i, 9) ? minute(400000 + below(90000, i, 10)) : null, settings: below(2, i, 11) ? { interval: pick([10, 60, 300], i, 12) } : null })],
  ['Group', 40, (i) => ({ id: i + 1, name: `group ${i}` })],
  ['Sensor', 15000, (i) => ({ id: i + 1, deviceId: (i % 5000) + 1, channel: Math.floor(i / 5000), unit: pick(['C', 'V', '%', 'hPa'], i, 13) })],
  ['Reading', 60000, (i) => ({ sensorId: (i % 3000) + 1, at: minute(Math.floor(i / 3000) * 1000 + (i % 3000)), value: below(10000, i, 14) / 100,
    quality: skewed([0, 1, 2, 3], i, 15), batch: below(4, i, 16) ? `b${below(2000, i, 17)}` : null })],
  ['Alert', 9000, (i) => ({ id: i + 1, deviceId: below(5000, i, 18) + 1, severity: skewed([1, 2, 3, 4], i, 19), message: words(6, i, 20),
    acked: below(12, i, 21) > 0, raisedAt: minute(i * 40), clearedAt: below(8, i, 22) ? minute(i * 40 + below(900, i, 23)) : null })],
  ['AuditEntry', 20000, (i) => ({ id: i + 1, actor: `user${below(300, i, 24)}`, action: skewed(['read', 'update', 'delete'], i, 25), target: `device:${below(5000, i, 26)}`, at: minute(i * 20) })],
  // devices (A) to groups (B)
  ['_DeviceToGroup', 12000, (i) => ({ A: ((Math.floor(i / 40) * 13 + (i % 40)) % 5000) + 1, B: (i % 40) + 1 })],
]
