// Listens on a free port and tells it to the process that started this one; ends when told to.
const { shutdown } = require('./instrument.cjs')

exports.serve = async (app, close = async () => {}) => {
  await app.listen({ host: '127.0.0.1', port: 0 })
  process.send({ port: app.server.address().port })
  process.once('message', async () => {
    await app.close()
    await close()
    await shutdown()
    process.disconnect()
  })
}
