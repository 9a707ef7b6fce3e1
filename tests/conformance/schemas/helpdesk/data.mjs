import { below, day, minute, pick, skewed, words } from '../../lib/random.mjs'

const TICKETS = 30000

export const data = [
  ['Workspace', 40, (i) => ({ id: i + 1, slug: `team-${i}`, name: `Team ${i}`, plan: pick(['free', 'pro'], i, 1) })],
  ['Agent', 400, (i) => ({ id: i + 1, workspaceId: (i % 40) + 1, email: `agent${i}@desk.test`, displayName: words(2, i) })],
  ['Customer', 9000, (i) => ({ id: i + 1, workspaceId: (i % 40) + 1, email: `c${i}@mail.test`, fullName: words(2, i, 3),
    phone: below(4, i, 4) ? `+49 30 ${100000 + i}` : null, vip: below(50, i, 5) === 0, locale: skewed(['en', 'de', 'fr', 'pl'], i, 6),
    createdAt: minute(i * 50) })],
  ['Ticket', TICKETS, (i) => ({ id: i + 1, workspaceId: (i % 40) + 1, number: Math.floor(i / 40) + 1, subject: words(5, i, 8),
    status: skewed(['CLOSED', 'SOLVED', 'OPEN', 'PENDING'], i, 9), priority: skewed(['NORMAL', 'LOW', 'HIGH', 'URGENT'], i, 10),
    customerId: below(9000, i, 11) + 1, assigneeId: below(5, i, 12) ? below(400, i, 13) + 1 : null,
    parentId: i > 100 && below(20, i, 14) === 0 ? below(i, i, 15) + 1 : null,
    custom: below(3, i, 16) ? { product: pick(['app', 'web', 'api'], i, 17), build: below(4000, i, 18) } : null,
    watchers: below(3, i, 19) ? [] : [`agent${below(400, i, 20)}@desk.test`, `lead${below(300, i, 21)}@desk.test`],
    isSpam: below(40, i, 22) === 0, reopenCount: below(7, i, 23), dueAt: below(2, i, 24) ? day(below(500, i, 25)) : null,
    createdAt: minute(i * 15), updatedAt: minute(i * 15 + below(40000, i, 26)) })],
  ['Message', 60000, (i) => ({ id: i + 1, ticketId: below(TICKETS, i, 27) + 1, authorMail: `c${below(9000, i, 28)}@mail.test`,
    body: words(12, i, 29), internal: below(8, i, 30) === 0, sentAt: minute(i * 8) })],
  ['Attachment', 12000, (i) => ({ id: i + 1, messageId: below(10, i, 31) ? below(60000, i, 32) + 1 : null, name: `file-${i}.bin`,
    mime: pick(['image/png', 'application/pdf', 'text/plain'], i, 33), bytes: below(5000000, i, 34) })],
  ['TicketEvent', 45000, (i) => ({ ticketId: (i % 15000) + 1, seq: Math.floor(i / 15000) + 1,
    kind: pick(['CREATED', 'ASSIGNED', 'STATUS_CHANGED', 'TAGGED'], i, 35), actor: `agent${below(400, i, 36)}@desk.test`, at: minute(i * 10) })],
  ['Tag', 120, (i) => ({ id: i + 1, name: `tag-${i}`, colour: pick(['red', 'green', 'blue'], i, 37) })],
  // Pairs without repeats: each tag walks the tickets with a step of its own.
  ['_TagToTicket', 36000, (i) => ({ A: (i % 120) + 1, B: ((Math.floor(i / 120) * 97 + (i % 120) * 7) % TICKETS) + 1 })],
]
