import { operations } from './places/bulk_operations.ts'
import { bulkStarts, uploads } from './places/requests.ts'
import { killAtEach } from './short_form.ts'

killAtEach([...uploads, ...operations.filter(({ bulk }) => bulk), ...bulkStarts])
