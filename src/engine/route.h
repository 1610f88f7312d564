/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * route: which page an address means. Pure. Threads: any.
 */
#ifndef ENGINE_ROUTE_H
#define ENGINE_ROUTE_H

#include "engine/room.h"

#define ROUTE_ARGS 4

/* The pieces of an address that stand for {names} of the pattern. Borrowed. */
struct route_args {
	size_t n;
	struct {
		str name;
		str value;
	} v[ROUTE_ARGS];
};

/*
 * Matches decoded path segments against a pattern such as "/g/{group}/calls/{call}". A final
 * empty segment (an address that ends in '/') matches nothing.
 */
bool route_match(const char *pattern, const str *segments, size_t n, struct route_args *out);
/* The first route of all rooms that matches; NULL when none does. Literal pieces win over names. */
const struct route *route_find(
    const struct rooms *rooms, const str *segments, size_t n, struct route_args *out);
str route_arg(const struct route_args *args, str name);

#endif
