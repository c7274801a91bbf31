import { calls, queryStarts } from './places/requests.ts'
import { killAtEach } from './short_form.ts'

killAtEach([...queryStarts, ...calls])
