import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['e2e/other-browsers/*.browser.ts'],
    globalSetup: 'e2e/other-browsers/server.ts',
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // As in playwright.config.ts: a browser on a busy machine can miss a deadline; what fails twice is a fault.
    retry: process.env.CI ? 1 : 0,
    // A line for each test: the versions and engines stand between them.
    reporters: ['verbose'],
    maxWorkers: 2,
  },
});
