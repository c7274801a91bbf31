import { assetRoute } from '../assets.ts'
import { metricsRoute } from '../metrics.ts'
import type { BareRoute, DoorRoute, PageRoute } from '../route.ts'
import { accessHere, accessPage } from './access.ts'
import { activityPage } from './activity.ts'
import { connectionPage, connectionsPage } from './connections.ts'
import { decideLines, loadSet, rollBackSet } from './decide.ts'
import { blockHere, blockPage, disconnectHere, disconnectPage, reconnectHere, unblockHere } from './ends.ts'
import { enter, enterPage } from './enter.ts'
import { ignoreFindings } from './findings.ts'
import { health } from './health.ts'
import { helpPages } from './help.ts'
import { home } from './home.ts'
import {
    approveJoin,
    endKeyHere,
    joinHere,
    joinPage,
    makeKeyHere,
    refuseJoin,
    renewCodeHere,
    takeBackJoin,
    tryJoinAgain,
} from './joins.ts'
import { addStoreHere, forgetHere, newStorePage } from './new_store.ts'
import { offerAgainHere } from './offer_again.ts'
import { orderPage, ordersHere, ordersPage, sayOfOrdersHere } from './orders.ts'
import { overviewPage } from './overview.ts'
import { productPage, productsHere, productsPage } from './products.ts'
import { pushProductsHere, pushProductsPage } from './push_products.ts'
import { reportFile, reportPage, reportsPage } from './reports.ts'
import { rulesRoutes } from './rules.ts'
import { requestRunHere, runPage, runProgress, runsPage } from './runs.ts'
import { setPage, setsPage } from './sets.ts'
import { shopifyBegin, shopifyEnd } from './shopify.ts'
import { signInHere, signInPage, signOut } from './sign_in.ts'
import { makeLink, signOutPeople, storesPage } from './stores.ts'

import {
    applyUpload,
    checkUploadAgain,
    resultFiles,
    templateFiles,
    uploadFile,
    uploadPage,
    uploadsHere,
    uploadsPage,
} from './uploads.ts'

/** Everything the site answers. A page is one file here and its views; who may open it stands with it (route.ts). */

export const bareRoutes: readonly BareRoute[] = [health, metricsRoute, assetRoute]

export const doorRoutes: readonly DoorRoute[] = [
    home,
    signInPage,
    signInHere,
    signOut,
    enterPage,
    enter,
    shopifyBegin,
    shopifyEnd,
]

export const pageRoutes: readonly PageRoute[] = [
    overviewPage,
    connectionsPage,
    connectionPage,
    blockPage,
    blockHere,
    unblockHere,
    disconnectPage,
    disconnectHere,
    reconnectHere,
    joinPage,
    joinHere,
    renewCodeHere,
    makeKeyHere,
    endKeyHere,
    approveJoin,
    refuseJoin,
    takeBackJoin,
    tryJoinAgain,
    productsHere,
    productsPage,
    productPage,
    offerAgainHere,
    pushProductsPage,
    pushProductsHere,
    setsPage,
    setPage,
    decideLines,
    loadSet,
    rollBackSet,
    ordersHere,
    ordersPage,
    orderPage,
    sayOfOrdersHere,
    reportsPage,
    reportPage,
    reportFile,
    ignoreFindings,
    uploadsHere,
    uploadsPage,
    uploadFile,
    ...templateFiles,
    uploadPage,
    checkUploadAgain,
    applyUpload,
    ...resultFiles,
    runsPage,
    runPage,
    runProgress,
    requestRunHere,
    activityPage,
    ...helpPages,
    ...rulesRoutes,
    storesPage,
    newStorePage,
    addStoreHere,
    forgetHere,
    makeLink,
    signOutPeople,
    accessPage,
    accessHere,
]
