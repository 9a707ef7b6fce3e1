import { below, minute, pick, skewed, words } from '../../lib/random.mjs'

export const USER = (i) => `u${String(i).padStart(12, '0')}`

export const data = [
  ['User', 6000, (i) => ({ id: USER(i), handle: `user-${i}`, displayName: words(2, i), bio: below(3, i, 1) ? words(8, i, 2) : null, active: below(14, i, 3) > 0, createdAt: minute(i * 60) })],
  ['Channel', 3000, (i) => ({ id: i + 1, slug: `channel-${i}`, topic: below(4, i, 4) ? words(4, i, 5) : null, archived: below(9, i, 6) === 0 })],
  ['Label', 25, (i) => ({ id: i + 1, name: `label ${i}` })],
  ['Membership', 40000, (i) => ({ userId: USER(i % 6000), channelId: ((Math.floor(i / 6000) * 377 + (i % 6000) * 5) % 3000) + 1, role: skewed(['MEMBER', 'GUEST', 'OWNER'], i, 7),
    lastReadAt: below(6, i, 8) ? minute(below(500000, i, 9)) : null, muted: below(20, i, 10) === 0 })],
  ['Message', 60000, (i) => ({ id: i + 1, channelId: below(3000, i, 11) + 1, authorId: USER(below(6000, i, 12)), threadId: i > 100 && below(5, i, 13) === 0 ? below(i, i, 14) + 1 : null,
    text: words(9, i, 15), pinned: below(200, i, 16) === 0, sentAt: minute(i * 8), editedAt: below(11, i, 17) ? null : minute(i * 8 + 5) })],
  ['Reaction', 30000, (i) => ({ id: i + 1, messageId: (i * 2) % 60000 + 1, userId: USER(below(6000, i, 18)), emoji: pick(['+1', 'heart', 'eyes', 'tada'], i, 19), at: minute(i * 16) })],
  ['Session', 12000, (i) => ({ token: `t${String(i).padStart(20, '0')}`, userId: USER(below(6000, i, 20)), device: pick(['web', 'ios', 'android'], i, 21), expiresAt: minute(i * 40) })],
  // channels (A) to labels (B)
  ['_ChannelToLabel', 6000, (i) => ({ A: (i % 3000) + 1, B: ((Math.floor(i / 3000) * 3 + (i % 3000)) % 25) + 1 })],
]
