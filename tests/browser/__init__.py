"""Pages in a real browser: Playwright drives the system's Chromium, axe-core judges access."""
