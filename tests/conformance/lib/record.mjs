// Runs a schema's scenarios through real Prisma and keeps every statement, as an application's log would have it.
const settle = () => new Promise((resolve) => setTimeout(resolve, 15))

export async function record(PrismaClient, adapter, scenarios) {
  const prisma = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }] })
  const events = [], failures = []
  let current = null
  prisma.$on('query', (e) => {
    if (current) events.push({ scenario: current.name, route: current.route ?? `GET /${current.name}`, time: e.timestamp.getTime(),
      query: e.query, params: e.params, duration: e.duration, target: e.target })
  })
  await prisma.$connect()
  for (const scenario of scenarios) {
    current = scenario
    const before = events.length
    try {
      await scenario.run(prisma)
    } catch (error) {
      failures.push(`${scenario.name}: ${error.message.trim().split('\n').at(-1)}`)
    }
    await settle() // events arrive a little after the answer
    if (events.length === before) failures.push(`${scenario.name}: no statement was logged`)
  }
  await prisma.$disconnect()
  if (failures.length) throw new Error(`scenarios failed:\n  ${failures.join('\n  ')}`)
  return events
}

export const jsonLog = (events) => events.map((e, i) => JSON.stringify({ level: 30, time: e.time, reqId: e.scenario,
  route: e.route, query: e.query, params: e.params, durationMs: e.duration, target: e.target, msg: 'prisma query', seq: i })).join('\n') + '\n'

// What `log: ['query']` prints.
export const consoleLog = (events) => events.map((e) => `prisma:query ${e.query}`).join('\n') + '\n'
