/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * web_static: files that came with the program (web/), served under /static/ with the hash
 * of their bytes in the address, so that a browser asks for each only once.
 *
 * Constant. Threads: any. No errors.
 */
#ifndef ENGINE_WEB_STATIC_H
#define ENGINE_WEB_STATIC_H

#include "engine/html.h"

/* "/static/comity.css?v=HASH". must: the file is one of web/meson.build. Static. */
url web_static_href(const char *file);

#endif
