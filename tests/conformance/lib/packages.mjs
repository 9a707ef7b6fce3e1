// The npm packages live in the build folder, not beside these files; everything is required from there.
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const here = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
export const build = path.resolve(process.env.CONFORMANCE_BUILD ?? path.join(here, '../../build/conformance'))
export const need = createRequire(path.join(build, 'package.json'))
