#!/usr/bin/env node
import './node_version.js'

await import('./main.ts')
