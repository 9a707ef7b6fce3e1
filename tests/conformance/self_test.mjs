// What of the harness can be wrong without a database: reading plans, judging them, telling statements apart, scoring.
import assert from 'node:assert/strict'
import { fingerprint, statement } from './lib/fingerprint.mjs'
import { lineOf, withLine } from './lib/indexes.mjs'
import { jobLabels } from './lib/jobs.mjs'
import { FORMS, verdictOf as verdictOfForm } from './lib/judge_jobs.mjs'
import { ownPredicate as ownPostgres, scansOf } from './lib/plan_postgresql.mjs'
import { ownPredicate as ownMysql } from './lib/plan_mysql.mjs'
import { ownPredicate as ownSqlite } from './lib/plan_sqlite.mjs'
import { score } from './lib/score.mjs'
import { namedBy, scoreJob } from './lib/score_jobs.mjs'
import { verdictOf } from './lib/truth.mjs'
import { helped } from './lib/use.mjs'

// Statements: other values are the same, another shape is not.
const prisma = `SELECT "public"."t"."a" FROM "public"."t" WHERE ("public"."t"."a" IN ($1,$2) AND 1=1) OFFSET $3`
assert.equal(statement(prisma), statement('SELECT public.t.a FROM public.t WHERE (public.t.a IN (?) AND 1=1) OFFSET ?'))
assert.notEqual(statement('SELECT a FROM t WHERE a = $1'), statement('SELECT a FROM t WHERE a IN ($1)'))
assert.equal(fingerprint('WHERE (b = $1 AND a IN ($2,$3))'), 'where (b = ? and a in (?))')
assert.equal(fingerprint('(SELECT a FROM t WHERE (a,b) IN (($1,$2), ($3,$4)))'), '(select a from t where (a,b) in (?))')
assert.equal(fingerprint('INSERT INTO t (a,b) VALUES ($1,$2), ($3,$4) RETURNING a'), 'insert into t (a,b) values (?) returning a')
assert.equal(fingerprint(`a LIKE ('%' || $1 || '%') AND b = 'x'`), `a like ('%' || ? || '%') and b = ?`)

// PostgreSQL: an Index Cond on a later column walks the whole index; in an OR every branch counts.
const leading = new Map([['ab', { method: 'btree', column: 'a' }], ['c', { method: 'btree', column: 'c' }], ['g', { method: 'gin', column: 'x' }]])
const node = (type, more) => ({ 'Node Type': type, 'Relation Name': 't', Alias: 't', ...more })
const lookup = (plan) => scansOf(plan, leading)[0].lookup
assert.equal(lookup(node('Index Scan', { 'Index Name': 'ab', 'Index Cond': '(a = 1)' })), true)
assert.equal(lookup(node('Index Scan', { 'Index Name': 'ab', 'Index Cond': '(b = 1)' })), false)
assert.equal(lookup(node('Index Scan', { 'Index Name': 'ab' })), false)
const bitmap = (index, condition) => ({ 'Node Type': 'Bitmap Index Scan', 'Index Name': index, 'Index Cond': condition })
const heap = (part) => node('Bitmap Heap Scan', { Plans: [part] })
assert.equal(lookup(heap({ 'Node Type': 'BitmapOr', Plans: [bitmap('ab', '(a = 1)'), bitmap('c', '(c = 1)')] })), true)
assert.equal(lookup(heap({ 'Node Type': 'BitmapOr', Plans: [bitmap('ab', '(b = 1)'), bitmap('c', '(c = 1)')] })), false)
assert.equal(lookup(heap({ 'Node Type': 'BitmapAnd', Plans: [bitmap('ab', '(b = 1)'), bitmap('c', '(c = 1)')] })), true)
assert.equal(lookup(heap(bitmap('g', `(y @> '{1}')`))), true)

// A table's own condition, in the words of each database.
assert.deepEqual(ownPostgres('(NOT (hashed SubPlan 1))', false), { own: false, correlated: false })
assert.deepEqual(ownPostgres('(t0.id = fk)', true), { own: true, correlated: false })
assert.deepEqual(ownPostgres('(t0.id = t1.fk)', true), { own: false, correlated: true })
assert.deepEqual(ownPostgres('((fk IS NOT NULL) AND (state = 1))', true), { own: true, correlated: false })
assert.deepEqual(ownPostgres('(fk IS NOT NULL)', true), { own: false, correlated: false })
assert.deepEqual(ownPostgres('(fk IS NOT NULL)', false), { own: true, correlated: false })
assert.deepEqual(ownMysql("t0.`kind` = 'a and b' and t0.fk is not null", 't0', true), { own: true, correlated: false })
assert.deepEqual(ownMysql('t0.fk = p.`id` and t0.fk is not null', 't0', true), { own: false, correlated: true })
assert.deepEqual(ownMysql('<in_optimizer>(1,exists(subquery#2))', 'p', false), { own: false, correlated: false })
const exists = 'SELECT `main`.`p`.`id` FROM `main`.`p` WHERE EXISTS(SELECT `t0`.`fk` FROM `main`.`c` AS `t0` WHERE (`t0`.`on` = ? AND (`main`.`p`.`id`) = (`t0`.`fk`) AND `t0`.`fk` IS NOT NULL)) LIMIT ? OFFSET ?'
assert.equal(ownSqlite(exists, 't0', false), true)
assert.equal(ownSqlite(exists, 'p', false), false)
assert.equal(ownSqlite('SELECT `main`.`p`.`id` FROM `main`.`p` WHERE 1=1 LIMIT ? OFFSET ?', 'p', true), false)

// Verdicts.
const scan = { lookup: false, predicate: false, joined: false, correlated: false, residue: false, capable: false, orderCapable: false,
  limited: false, anyLimit: false, sorted: false, incremental: false, aggregated: false, ordered: false, loops: 1, read: 30000, indexes: [] }
const verdict = (more, rows = 30000, kind = 'select', sql = 'SELECT a FROM t') => verdictOf({ ...scan, ...more }, rows, kind, sql)
assert.equal(verdict({ lookup: true }), null)
assert.equal(verdict({ predicate: true }).verdict, 'no_index')
assert.equal(verdict({ predicate: true }, 999).verdict, 'small_table')
assert.equal(verdict({ predicate: true }, 1000).verdict, 'no_index')
assert.equal(verdict({ predicate: true, capable: true }).optional, true)
assert.equal(verdict({ predicate: true, limited: true, read: 999 }).optional, true)
assert.equal(verdict({ predicate: true, limited: true, read: 1000 }).required, true)
assert.equal(verdict({}).rule, 'unbounded_read')
assert.equal(verdict({}, 30000, 'update').verdict, 'no_predicate_write')
assert.equal(verdict({}, 30000, 'select', 'SELECT count(*) FROM t').verdict, 'no_predicate_aggregate')
assert.equal(verdict({ anyLimit: true, read: 20 }).verdict, 'bounded_by_limit')
assert.equal(verdict({ anyLimit: true, sorted: true }).verdict, 'order_by_unindexed')
assert.equal(verdict({ joined: true }).verdict, 'join_full_read')
assert.equal(verdict({ joined: true, correlated: true, loops: 9 }).verdict, 'no_index_correlated')

// Scores: what is required is right or missed, what is optional counts neither way, the rest is wrong.
const labels = { distinct: ['a', 'b', 'c', 'd'].map((name) => ({ fingerprint: `select ${name}` })), scans: [
  { rule: 'full_scan', fingerprint: 'select a', required: true }, { rule: 'unbounded_read', fingerprint: 'select b', required: true },
  { rule: 'none', fingerprint: 'select c', required: false, optional: true }, { rule: 'none', fingerprint: 'select d', required: false, optional: false }] }
const finding = (rule, sql) => ({ rule, evidence: { sql } })
const result = score(labels, [finding('full-scan', 'SELECT a'), finding('full-scan', 'SELECT c'), finding('full-scan', 'SELECT d'), finding('n-plus-one', 'SELECT d')])
assert.deepEqual([result.right.length, result.missed.length, result.wrong.length, result.neutral], [1, 1, 1, 1])
assert.equal(score(labels, []).missed.length, 2)

// Proposed indexes.
assert.equal(lineOf({ text: 'add @@index([a(ops: raw("x")), b(sort: Desc)], type: Gin) to T (line 3)' }), '@@index([a(ops: raw("x")), b(sort: Desc)], type: Gin)')
assert.equal(lineOf({ text: 'none', index: ['a', 'b'] }), '@@index([a, b])')
assert.equal(lineOf({ text: 'read less' }), null)
assert.equal(withLine('model A {\n  id Int @id\n}\nmodel AB {\n}\n', 'A', '@@index([id])'), 'model A {\n  id Int @id\n  @@index([id])\n}\nmodel AB {\n}\n')
assert.equal(helped([{ ...scan, indexes: ['new'], lookup: true }], ['new']), true)
assert.equal(helped([{ ...scan, indexes: ['new'], ordered: true }], ['new']), false) // a walk over the whole index
assert.equal(helped([{ ...scan, indexes: ['new'], ordered: true, anyLimit: true }], ['new']), true)

// Labels of jobs: a loop is what its turns ran, whatever else repeats is none, and what the author says must be there.
const entry = (query, params, more) => ({ query, params: JSON.stringify(params), ...more })
const turns = [1, 2, 3, 4].flatMap((n) => [entry('SELECT b FROM b WHERE id = $1', [n], { loop: 'rows', turn: n }), entry('SELECT s FROM s', [], { loop: 'rows', turn: n }),
  entry('UPDATE c SET d = $1 WHERE id = $2', [7, n], { loop: 'rows', turn: n }), entry('COMMIT', []), entry('SELECT p FROM p WHERE at > $1', [n])])
const log = [entry('SELECT a FROM a', []), { text: 'a line of its own' }, ...turns]
const job = jobLabels({ job: { name: 'j', loops: { rows: 'write 3' } }, entries: log })
assert.deepEqual(job.wrong, [])
assert.deepEqual(job.loops.map((l) => [l.turns, l.statements_a_turn, l.required, ...l.statements.map((s) => `${s.rule} ${s.distinct_params}`)]),
  [[4, 3, true, 'n_plus_one 4', 'n_plus_one 1', 'n_plus_one_write 4']])
assert.deepEqual(job.patterns.filter((p) => p.must_not_flag).map((p) => [p.fingerprint, p.count]), [['select p from p where at > ?', 4]])
const told = (loops, entries = log) => jobLabels({ job: { name: 'j', loops }, entries }).wrong.join('; ')
assert.match(told({ rows: 'read 3' }), /its turns write/)
assert.match(told({ rows: 'write 2' }), /has 3 statements a turn, not 2/)
assert.match(told({ rows: 'write', gone: 'read' }), /'gone' has 0 turns/)
assert.match(told({ other: 'read' }), /nobody says what 'rows' is/)
assert.match(told({ rows: 'write' }, log.map((e) => ({ ...e, params: '[]' }))), /has only 1 different turns/)
assert.throws(() => jobLabels({ job: { name: 'j' }, entries: log }), /either loops or silent/)
assert.throws(() => told({ rows: 'some' }), /what is a loop 'some'/)

// Scores of jobs: a loop is found when a finding of the right kind names any of its statements.
const says = (rule, sql, more = {}) => ({ rule, level: 'warning', evidence: { sql, ...more } })
const counts = (findings, { labels: of = job, params = true } = {}) => {
  const got = scoreJob(of, findings, params)
  return ['found', 'noted', 'missed', 'right', 'wrong', 'neutral', 'whispers'].map((kind) => got[kind].length).join('')
}
const b = 'SELECT b FROM b WHERE id = ?', c = 'UPDATE c SET d = ? WHERE id = ?', p = 'SELECT p FROM p WHERE at > ?'
assert.deepEqual([...namedBy({ sql: 'SELECT "B"', statements: ['select b', { sql: 'SELECT c' }, null] })], ['select b', 'select c'])
assert.equal(counts([]), '0010000')
assert.equal(counts([says('n-plus-one', b)]), '1001000')
assert.equal(counts([says('n-plus-one-write', c), says('n-plus-one', b)]), '1002000')
assert.equal(counts([says('n-plus-one-write', b, { statements: [b, c] })]), '1001000')
assert.equal(counts([{ ...says('n-plus-one', b), level: 'note' }]), '0100000')
assert.equal(counts([says('duplicate-query', 'SELECT s FROM s'), says('repeated-query', c)]), '0010020') // neither way, where values are logged
assert.equal(counts([says('repeated-query', c)], { params: false }), '1001000')
assert.equal(counts([says('n-plus-one', p)]), '0010100')
assert.equal(counts([{ ...says('n-plus-one', p), level: 'note' }]), '0010001')
assert.equal(counts([says('n-plus-one', b, { statements: [b, p, 'SELECT a FROM a'] })]), '0010100') // much else besides
assert.equal(counts([says('full-scan', p)]), '0010000')
const reads = jobLabels({ job: { name: 'j', loops: { rows: 'read' } }, entries: log.filter((e) => !e.query?.startsWith('UPDATE')) })
assert.equal(counts([says('n-plus-one-write', b)], { labels: reads }), '0010100') // it writes nothing
const settings = jobLabels({ job: { name: 'j', loops: { rows: 'write' } }, entries: log.filter((e) => !e.query?.startsWith('SELECT b')) })
assert.equal(counts([says('n-plus-one', 'SELECT s FROM s')], { labels: settings }), '0010100') // it reads the same in every turn
const maybe = { ...job, loops: job.loops.map((loop) => ({ ...loop, required: false })) }
assert.equal(counts([says('n-plus-one', b)], { labels: maybe }), '0000010')
assert.equal(scoreJob(job, [says('n-plus-one', 'SELECT z')], true).wrong[0].unknown, true)

// What is asked: notes count as found only where the log has no values, and of few jobs one finding does not decide.
const form = (name, more, few) => verdictOfForm(FORMS[name], { found: 0, noted: 0, missed: 0, right: 0, wrong: 0, ...more }, few).good
assert.equal(form('queries.ndjson', { found: 9, missed: 1, right: 49, wrong: 1 }), true)
assert.equal(form('queries.ndjson', { found: 9, missed: 1, right: 48, wrong: 1 }), false)
assert.equal(form('queries.ndjson', { found: 8, missed: 1, right: 8 }), false)
assert.equal(form('queries.ndjson', { found: 8, missed: 1, right: 8, wrong: 1 }, true), true)
assert.equal(form('queries.ndjson', { found: 7, missed: 2, right: 8 }, true), false)
assert.equal(form('queries.ndjson', { found: 16, noted: 2, right: 16 }), false)
assert.equal(form('console.log', { found: 16, noted: 2, right: 16 }), true)
console.log('conformance self-test: passed')
