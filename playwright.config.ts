import { defineConfig } from '@playwright/test';
import { findChromium } from './tools/chromium.ts';

// Two checkouts can run their tests side by side.
const PORT = Number(process.env.PORT ?? 4329);

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A browser on a busy machine can miss a deadline; what fails twice is a fault. The report names what needed a second try.
  retries: process.env.CI ? 1 : 0,
  reporter: 'list',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: `http://localhost:${PORT}`,
    browserName: 'chromium',
    viewport: { width: 1280, height: 900 },
    // It answers in the place of the network, where most tests want to; e2e/offline.spec.ts lets it in.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: findChromium(),
      // Chromium asks its maker’s servers for things at every start; the tests have no business with them.
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
    },
  },
  // A test that watches the clock has the machine to itself.
  projects: [
    { name: 'chromium', grepInvert: /@alone/ },
    { name: 'alone', grep: /@alone/, workers: 1, dependencies: ['chromium'] },
  ],
  webServer: {
    command: `node tools/serve.ts --port ${PORT}`,
    url: `http://localhost:${PORT}/`,
    reuseExistingServer: false,
  },
});
