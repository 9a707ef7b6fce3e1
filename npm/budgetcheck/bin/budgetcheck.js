#!/usr/bin/env node
// Starts the program of this platform's package and answers as it does: exit code, signals, standard streams.
'use strict';
const { spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const PLATFORMS = { 'linux x64': '@budgetcheck/linux-x64', 'linux arm64': '@budgetcheck/linux-arm64' };
const USAGE_ERROR = 2; // as the program's own: nothing was judged, and that is never green

function refuse(lines) {
  process.stderr.write(`budgetcheck: ${lines.join('\n  ')}\n`);
  process.exit(USAGE_ERROR);
}

function programPath() {
  if (process.env.BUDGETCHECK_BINARY) {
    return process.env.BUDGETCHECK_BINARY;
  }
  const packed = path.join(__dirname, '..', 'program', 'budgetcheck'); // in packages that npm/pack.sh --with made
  if (fs.existsSync(packed)) {
    return packed;
  }
  const platform = `${process.platform} ${process.arch}`;
  const name = PLATFORMS[platform];
  if (!name) {
    refuse([`there is no binary for ${platform}`,
      `there is one for: ${Object.keys(PLATFORMS).join(', ')}`,
      'build it from source and set BUDGETCHECK_BINARY to its path, or run it in a Linux container']);
  }
  try {
    return require.resolve(`${name}/bin/budgetcheck`);
  } catch (error) {
    return refuse([`the package ${name} is not installed`,
      'it is an optional dependency: npm install --omit=optional, --no-optional, or node_modules of another system leave it out',
      `run: npm install --include=optional, or npm install --save-optional ${name}@${require('../package.json').version}`]);
  }
}

const program = programPath();
// A terminal sends Ctrl-C to both; a supervisor sends SIGTERM to this process only. The program decides what it does. The
// handlers come first: one that was set after the start would miss a signal that comes at once.
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
const forward = (signal) => child.kill(signal);
SIGNALS.forEach((signal) => process.on(signal, forward));
const child = spawn(program, process.argv.slice(2), { stdio: 'inherit' });
child.on('error', (error) => {
  const why = error.code === 'EACCES' ? 'may not be run: is the file executable, and the folder not mounted noexec?'
    : error.code === 'ENOENT' ? 'does not exist' : `could not be started: ${error.message}`;
  refuse([`${program} ${why}`]);
});
child.on('exit', (code, signal) => {
  if (signal) { // die of the same, so that whoever waits sees it
    SIGNALS.forEach((name) => process.removeListener(name, forward));
    process.kill(process.pid, signal);
    setTimeout(() => process.exit(128 + (os.constants.signals[signal] || 0)), 1000);
  } else {
    process.exit(code);
  }
});
