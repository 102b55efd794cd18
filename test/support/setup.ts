import { afterAll } from 'vitest'
import { endAll } from './at-end.ts'

// Runs before each test file, also of those that share their modules.
afterAll(endAll)
