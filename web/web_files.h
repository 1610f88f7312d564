/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * web_files: the files of web/ as they are built into the program by tools/embedc.
 *
 * Constant. Threads: any.
 */
#ifndef WEB_FILES_H
#define WEB_FILES_H

#include <stddef.h>

struct web_file {
	const char *path; /* "comity.css"; NULL ends the table */
	const char *type; /* media type, with charset */
	const unsigned char *bytes;
	size_t n;
	const char *etag; /* 16 hex digits of the SHA-256 of the bytes */
	const char *href; /* "/static/comity.css?v=" and the etag */
};

extern const struct web_file web_files[];

#endif
