// node build.mjs OUT.js: bundles charts.mjs with what it needs of the libraries, and puts their licences in front, whole.
import fs from 'node:fs';
import { build } from 'esbuild';

const out = process.argv[2];
const folder = new URL('.', import.meta.url);
const read = (path) => fs.readFileSync(new URL(`node_modules/${path}`, folder), 'utf8').replaceAll('\r\n', '\n').trim();
const version = (name) => `${name} ${JSON.parse(read(`${name}/package.json`)).version}`;

const licences = [
  [version('echarts'), read('echarts/NOTICE'), read('echarts/LICENSE'), read('echarts/licenses/LICENSE-d3')],
  [version('zrender'), read('zrender/LICENSE')],
  [version('tslib'), read('tslib/LICENSE.txt')],
].map((texts) => texts.join('\n\n')).join('\n\n----\n\n');

const result = await build({
  entryPoints: [new URL('charts.mjs', folder).pathname],
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  target: 'es2020',
  charset: 'ascii',
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none', // all of them are in front
});
const text = `/*!\n${licences.replaceAll('*/', '* /')}\n*/\n${result.outputFiles[0].text}`;
// It will stand between <script> tags of a page.
const wrong = text.match(/<\/script|<!--|<script|[\0-\x08\x0b-\x1f\x7f]/i);
if (wrong) {
  throw new Error(`the bundle holds ${JSON.stringify(wrong[0])}, which a page cannot carry`);
}
fs.writeFileSync(out, text);
