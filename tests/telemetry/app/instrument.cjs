// node --require ./instrument.cjs APP: everything that is asked for is traced, and exported as the OTEL_ variables say.
const { NodeSDK } = require('@opentelemetry/sdk-node')
const { FastifyInstrumentation } = require('@opentelemetry/instrumentation-fastify')
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http')
const { PgInstrumentation } = require('@opentelemetry/instrumentation-pg')
const { PinoInstrumentation } = require('@opentelemetry/instrumentation-pino')
const { UndiciInstrumentation } = require('@opentelemetry/instrumentation-undici')
const { PrismaInstrumentation } = require('@prisma/instrumentation')

const sdk = new NodeSDK({
  instrumentations: [new HttpInstrumentation(), new FastifyInstrumentation(), new UndiciInstrumentation(), new PinoInstrumentation(),
    new PgInstrumentation({ enhancedDatabaseReporting: process.env.WITH_VALUES === 'true' }), new PrismaInstrumentation()],
})
sdk.start()
// What was not exported yet is, before the process ends.
exports.shutdown = () => sdk.shutdown()
