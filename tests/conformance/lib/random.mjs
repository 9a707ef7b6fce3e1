// Numbers that depend on nothing but (row, salt): every run loads the same data.
export function hash(i, salt = 0) {
  let x = (Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b)) >>> 0
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d) >>> 0
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b) >>> 0
  return (x ^ (x >>> 16)) >>> 0
}
export const below = (n, i, salt) => hash(i, salt) % n
export const pick = (list, i, salt) => list[below(list.length, i, salt)]
// A list in which early entries are common: the first has about half of the rows, the next half of the rest, ...
export const skewed = (list, i, salt) => list[Math.min(list.length - 1, Math.clz32(hash(i, salt)))]
export const EPOCH = Date.UTC(2025, 0, 1)
export const day = (n) => new Date(EPOCH + n * 86400000)
export const minute = (n) => new Date(EPOCH + n * 60000)
const WORDS = ('invoice printer login error refund delay battery screen export import report meeting window garden bridge ' +
  'silver copper quick slow broken missing update driver cable payment card address region order parcel label').split(' ')
export const words = (n, i, salt = 7) => Array.from({ length: n }, (_, k) => pick(WORDS, i * 31 + k, salt + k)).join(' ')
export const uuid = (i, kind = 0) =>
  `${hash(i, 900 + kind).toString(16).padStart(8, '0')}-${(kind & 0xffff).toString(16).padStart(4, '0')}-4000-8000-${i.toString(16).padStart(12, '0')}`
export const numbers = (n, from = 1) => Array.from({ length: n }, (_, i) => from + i)
export const chunks = (list, size) => Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
