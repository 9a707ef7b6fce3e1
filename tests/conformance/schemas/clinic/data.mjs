import { below, day, EPOCH, pick, skewed, words } from '../../lib/random.mjs'

export const PATIENT = (i) => `p${String(i).padStart(10, '0')}`
// A doctor's visits are an hour apart.
export const hour = (n) => new Date(EPOCH + n * 3600000)

export const data = [
  ['Patient', 8000, (i) => ({ id: PATIENT(i), insurance: below(9, i, 1) ? `K${100000 + i}` : null, lastName: `${words(1, i, 2)}${below(500, i, 3)}`, firstName: words(1, i, 4),
    bornOn: day(-30000 + below(29000, i, 5)), postalCode: String(10000 + below(900, i, 6)), deceased: below(60, i, 7) === 0 })],
  ['Doctor', 45, (i) => ({ id: i + 1, name: `Dr ${words(1, i, 8)}`, field: pick(['eye', 'ear', 'skin'], i, 9) })],
  ['Visit', 30000, (i) => ({ id: i + 1, patientId: PATIENT(below(8000, i, 10)), doctorId: (i % 45) + 1, state: skewed(['DONE', 'PLANNED', 'NO_SHOW', 'ARRIVED'], i, 11),
    room: below(4, i, 12) ? below(30, i, 13) : null, startsAt: hour(Math.floor(i / 45)), endsAt: hour(Math.floor(i / 45) + 1), notes: below(3, i, 14) ? words(9, i, 15) : null })],
  ['Allergy', 7000, (i) => ({ patientId: PATIENT(i), substance: pick(['nuts', 'latex', 'penicillin', 'pollen'], i, 16), severe: below(10, i, 17) === 0 })],
  ['Invoice', 20000, (i) => ({ id: i + 1, number: `R-${2000000 + i}`, patientId: PATIENT(below(8000, i, 18)), visitId: below(10, i, 19) ? i + 1 : null, total: (10 + below(90000, i, 20) / 100).toFixed(2),
    issuedOn: day(Math.floor(i / 60)), paidAt: below(7, i, 21) ? day(Math.floor(i / 60) + below(60, i, 22)) : null })],
  ['Item', 50000, (i) => ({ id: i + 1, invoiceId: below(20000, i, 23) + 1, code: `T${below(300, i, 24)}`, amount: (1 + below(9000, i, 25) / 100).toFixed(2) })],
  ['Tariff', 300, (i) => ({ code: `T${i}`, title: words(3, i, 26), amount: (5 + i / 10).toFixed(2) })],
]
