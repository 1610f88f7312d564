/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/route.h"

#include "base/poison.h"

bool route_match(const char *pattern, const str *segments, size_t n, struct route_args *out)
{
	str rest = str_skip(str_of(pattern), 1), piece;
	size_t at = 0;

	out->n = 0;
	if (!rest.n)
		return n == 0;
	while (str_cut(&rest, '/', &piece)) {
		if (at == n || !segments[at].n)
			return false;
		if (piece.n > 2 && piece.p[0] == '{') {
			if (out->n == ROUTE_ARGS)
				return false;
			out->v[out->n].name = (str){piece.p + 1, piece.n - 2};
			out->v[out->n++].value = segments[at];
		} else if (!str_eq(piece, segments[at])) {
			return false;
		}
		at++;
	}
	return at == n;
}

const struct route *route_find(
    const struct rooms *rooms, const str *segments, size_t n, struct route_args *out)
{
	const struct route *best = NULL;
	for (size_t i = 0; i < rooms->n; i++) {
		const struct room_pages *p = rooms->v[i].pages;
		for (size_t k = 0; p && k < p->routes_n; k++) {
			struct route_args args;
			if (route_match(p->routes[k].pattern, segments, n, &args) &&
			    (!best || args.n < out->n)) {
				best = &p->routes[k];
				*out = args;
			}
		}
	}
	return best;
}

str route_arg(const struct route_args *args, str name)
{
	for (size_t i = 0; i < args->n; i++)
		if (str_eq(args->v[i].name, name))
			return args->v[i].value;
	return STR_EMPTY;
}
