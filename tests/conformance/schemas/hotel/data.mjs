import { below, day, minute, pick, skewed, words } from '../../lib/random.mjs'

const date = (n) => day(n).toISOString().slice(0, 10)

export const data = [
  ['Hotel', 60, (i) => ({ id: i + 1, code: `H${String(i).padStart(3, '0')}`, name: `Hotel ${words(1, i)}`, city: pick(['Berlin', 'Lyon', 'Porto', 'Graz'], i, 1), stars: 2 + below(4, i, 2) })],
  ['Amenity', 30, (i) => ({ id: i + 1, name: `amenity ${i}` })],
  ['Room', 6000, (i) => ({ id: i + 1, hotelId: (i % 60) + 1, door: `${Math.floor(i / 600) + 1}-${Math.floor(i / 60)}`, floor: Math.floor(i / 600) + 1,
    beds: 1 + below(4, i, 3), smoking: below(15, i, 4) === 0, nightly: (40 + below(300, i, 5)).toFixed(2) })],
  ['Guest', 15000, (i) => ({ id: i + 1, email: `guest${i}@mail.test`, lastName: `${words(1, i, 6)}${below(900, i, 7)}`, firstName: words(1, i, 8),
    country: skewed(['DE', 'FR', 'PT', 'PL', 'SE'], i, 9), passport: below(3, i, 10) ? `P${1000000 + i}` : null,
    prefs: below(2, i, 11) ? { pillow: pick(['soft', 'hard'], i, 12), floor: below(12, i, 13) } : null, bornOn: below(5, i, 14) ? date(-20000 + below(12000, i, 15)) : null,
    newsletter: below(3, i, 16) > 0, notes: below(6, i, 17) ? null : words(10, i, 18), referrerId: below(10, i, 19) || i < 10 ? null : below(i, i, 20) + 1 })],
  ['Booking', 40000, (i) => ({ id: i + 1, reference: `B${String(i).padStart(9, '0')}`, roomId: below(6000, i, 21) + 1, guestId: below(15000, i, 22) + 1,
    state: skewed(['DONE', 'CONFIRMED', 'CANCELLED', 'CHECKED_IN', 'HELD'], i, 23), arrival: date(below(700, i, 24)), departure: date(below(700, i, 24) + 1 + below(9, i, 25)),
    channel: skewed(['web', 'phone', 'agency', 'walk-in'], i, 26), total: (80 + below(2000, i, 27)).toFixed(2), createdAt: minute(i * 20) })],
  ['Charge', 60000, (i) => ({ bookingId: (i % 30000) + 1, line: Math.floor(i / 30000) + 1, kind: pick(['ROOM', 'MINIBAR', 'PARKING', 'DAMAGE'], i, 28),
    amount: (1 + below(400, i, 29)).toFixed(2), at: minute(i * 10) })],
  ['Review', 12000, (i) => ({ id: i + 1, bookingId: i * 3 + 1, rating: 1 + below(5, i, 30), text: words(14, i, 31), published: below(30, i, 32) > 0, writtenAt: minute(i * 60) })],
  // amenities (A) to rooms (B)
  ['_AmenityToRoom', 18000, (i) => ({ A: (i % 30) + 1, B: ((Math.floor(i / 30) * 7 + (i % 30)) % 6000) + 1 })],
]
