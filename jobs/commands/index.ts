import { accountCreate } from './account_create.ts'
import { changesApprove, changesKeep, changesReject, changesReplace } from './changes_decide.ts'
import { changesList } from './changes_list.ts'
import { changesLoad } from './changes_load.ts'
import { changesRollback } from './changes_rollback.ts'
import { changesShow } from './changes_show.ts'
import { clock } from './clock.ts'
import type { Command } from './command.ts'
import { connect } from './connect.ts'
import { connections } from './connections.ts'
import { block, disconnect, reconnect, unblock } from './ends.ts'
import { exportCommands, importCommands } from './import.ts'
import { operatorLink, storeLink } from './links.ts'
import { migrate } from './migrate.ts'
import { movementsList, movementsRelease } from './movements.ts'
import { ordersHold, ordersPush } from './orders_decide.ts'
import { ordersList, ordersShow } from './orders_list.ts'
import { ordersRelease } from './orders_release.ts'
import { reportCommands } from './report.ts'
import { reportList } from './report_list.ts'
import { runCompare, runExtract, runHourly, runLoad, runNightly } from './run.ts'
import { sandbox } from './sandbox.ts'
import { snapshotsAccept } from './snapshots_accept.ts'
import { snapshotsList } from './snapshots_list.ts'
import { start } from './start.ts'
import { status } from './status.ts'
import { storeAdd } from './store_add.ts'
import { storeList } from './store_list.ts'
import { storePush } from './store_push.ts'
import { storeRole } from './store_role.ts'
import { worker } from './worker.ts'

/** Every command, in the order in which the help lists them. */
export const commands: readonly Command[] = [
    migrate,
    start,
    worker,
    clock,
    status,
    accountCreate,
    storeAdd,
    storeList,
    storeRole,
    storePush,
    storeLink,
    operatorLink,
    connect,
    connections,
    block,
    unblock,
    disconnect,
    reconnect,
    runNightly,
    runHourly,
    runExtract,
    runCompare,
    runLoad,
    changesList,
    changesShow,
    changesApprove,
    changesReject,
    changesKeep,
    changesReplace,
    changesLoad,
    changesRollback,
    snapshotsList,
    snapshotsAccept,
    movementsList,
    movementsRelease,
    ordersList,
    ordersShow,
    ordersPush,
    ordersHold,
    ordersRelease,
    ...importCommands,
    ...exportCommands,
    reportList,
    ...reportCommands,
    sandbox,
]
