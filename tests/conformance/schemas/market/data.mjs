import { below, day, minute, pick, skewed, uuid, words } from '../../lib/random.mjs'

const LISTINGS = 25000, ORDERS = 30000
export const MERCHANT = (i) => uuid(i, 1)
export const LISTING = (i) => uuid(i, 2)
export const ORDER = (i) => uuid(i, 3)
const money = (n) => (n / 100).toFixed(2)

export const data = [
  ['Merchant', 3000, (i) => ({ id: MERCHANT(i), handle: `shop-${i}`, legalName: `${words(2, i)} ltd`, country: skewed(['DE', 'FR', 'IT', 'ES', 'PL'], i, 1),
    verified: below(9, i, 2) > 0, joinedAt: minute(i * 400) })],
  ['Category', 90, (i) => ({ id: i + 1, slug: `cat-${i}`, parentId: i < 9 ? null : (i % 9) + 1 })],
  ['Listing', LISTINGS, (i) => ({ id: LISTING(i), merchantId: MERCHANT(below(3000, i, 3)), sku: `${pick(['AX', 'BT', 'CQ', 'DN'], i, 4)}-${i}`, title: `${words(4, i, 5)} ${i}`,
    blurb: words(20, i, 6), price: money(100 + below(90000, i, 7)), currency: skewed(['EUR', 'USD', 'PLN'], i, 8), stock: below(200, i, 9), live: below(10, i, 10) > 0,
    keywords: [`kw${below(900, i, 11)}`, `kw${below(900, i, 12)}`], attributes: { colour: pick(['red', 'blue', 'green'], i, 13), size: below(60, i, 14) }, createdAt: minute(i * 17) })],
  ['Order', ORDERS, (i) => ({ id: ORDER(i), buyerEmail: `buyer${below(8000, i, 15)}@mail.test`, channel: skewed(['WEB', 'APP', 'POS'], i, 16), reference: 9000000000 + i * 3,
    total: money(500 + below(200000, i, 17)), couponCode: below(30, i, 18) ? null : `C${below(40, i, 19)}`, placedAt: minute(i * 14), shippedAt: below(12, i, 20) ? minute(i * 14 + below(9000, i, 21)) : null })],
  ['OrderLine', 60000, (i) => ({ orderId: ORDER(i % ORDERS), position: Math.floor(i / ORDERS) + 1, listingId: LISTING(below(LISTINGS, i, 22)), quantity: 1 + below(5, i, 23), price: money(100 + below(50000, i, 24)) })],
  ['Payment', 34000, (i) => ({ id: i + 1, orderId: ORDER(i % ORDERS), provider: skewed(['card', 'sepa', 'wallet'], i, 25), providerId: `p_${i}`,
    state: skewed(['CAPTURED', 'AUTHORISED', 'REFUNDED', 'FAILED', 'NEW'], i, 26), amount: money(500 + below(200000, i, 27)), attempts: below(6, i, 28),
    nextTryAt: below(6, i, 29) ? null : minute(400000 + below(40000, i, 30)), createdAt: minute(i * 13) })],
  ['Refund', 6000, (i) => ({ id: i + 1, paymentId: below(12, i, 31) ? below(34000, i, 32) + 1 : null, reason: pick(['damaged', 'late', 'wrong item', 'fraud'], i, 33), amount: money(100 + below(9000, i, 34)), createdAt: minute(i * 70) })],
  ['Payout', 18000, (i) => ({ id: i + 1, merchantId: MERCHANT(i % 3000), amount: money(1000 + below(900000, i, 35)), paid: below(16, i, 36) > 0, dueOn: day(Math.floor(i / 3000) * 30 + below(30, i, 37)) })],
  ['Currency', 30, (i) => ({ code: `C${String(i).padStart(2, '0')}`, name: `currency ${i}`, rate: (1 + i / 10).toFixed(6) })],
  // categories (A) to listings (B)
  ['_CategoryToListing', 45000, (i) => ({ A: (i % 90) + 1, B: LISTING((Math.floor(i / 90) * 50 + (i % 90)) % LISTINGS) })],
]
