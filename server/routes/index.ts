import { assetRoute } from '../assets.ts'
import { metricsRoute } from '../metrics.ts'
import type { BareRoute, DoorRoute, PageRoute } from '../route.ts'
import { connectionPage, connectionsPage } from './connections.ts'
import { decideLines, loadSet, rollBackSet } from './decide.ts'
import { enter, enterPage } from './enter.ts'
import { health } from './health.ts'
import { home } from './home.ts'
import { orderPage, ordersHere, ordersPage, sayOfOrdersHere } from './orders.ts'
import { overviewPage } from './overview.ts'
import { productPage, productsHere, productsPage } from './products.ts'
import { requestRunHere, runPage, runProgress, runsPage } from './runs.ts'
import { setPage, setsPage } from './sets.ts'
import { shopifyBegin, shopifyEnd } from './shopify.ts'
import { signInHere, signInPage, signOut } from './sign_in.ts'
import { makeLink, storesPage } from './stores.ts'

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
    productsHere,
    productsPage,
    productPage,
    setsPage,
    setPage,
    decideLines,
    loadSet,
    rollBackSet,
    ordersHere,
    ordersPage,
    orderPage,
    sayOfOrdersHere,
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
    storesPage,
    makeLink,
]
