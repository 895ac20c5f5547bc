#!/usr/bin/env node
// `npm run lockfile`, after every npm install: a registry that lacks a platform's optional package makes npm leave it out
// of package-lock.json, and `npm ci` then refuses the file on that platform. This adds what the lockfile's own packages
// name as optional and it does not have, by version and platform, without an integrity that nobody could have checked.
import { readFileSync, writeFileSync } from 'node:fs';

const OS = /android|darwin|freebsd|linux|win32|openbsd|netbsd|sunos|aix|openharmony/;
const CPU = /arm64|x64|ia32|arm|wasm32|riscv64|ppc64|s390x|loong64|mips64el/;
const LIBC = /musl|gnu|glibc/;

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const added = [];
for (const owner of Object.values({ ...lock.packages })) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    const [os] = name.match(OS) ?? [];
    const [cpu] = name.match(CPU) ?? [];
    const [libc] = name.match(LIBC) ?? [];
    if (lock.packages[key] || !/^\d/.test(version) || !(os || cpu === 'wasm32')) continue;
    lock.packages[key] = {
      version,
      optional: true,
      ...(owner.dev && { dev: true }),
      ...(os && { os: [os] }),
      ...(cpu && { cpu: [cpu] }),
      ...(libc && { libc: [libc === 'musl' ? 'musl' : 'glibc'] }),
    };
    added.push(name);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
console.log(`Added ${added.length}: ${added.join(', ') || 'nothing was missing'}`);
