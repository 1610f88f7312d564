/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "docx/ids.h"

#include "base/poison.h"

/* FNV-1a: not secret, and the same on every machine. */
static uint64_t number_of(str id)
{
	uint64_t h = 0xcbf29ce484222325;
	for (size_t i = 0; i < id.n; i++)
		h = (h ^ (unsigned char)id.p[i]) * 0x100000001b3;
	return h;
}

struct docx_ids docx_ids_in(struct arena *a)
{
	return (struct docx_ids){a, map_in(a)};
}

str docx_para_id(struct docx_ids *ids, str id)
{
	uint64_t h = number_of(id);
	for (uint32_t v = (uint32_t)(h ^ h >> 32) & 0x7fffffff;; v = (v + 1) & 0x7fffffff) {
		str digits = arena_printf(ids->arena, "%08X", v);
		if (v == 0 || v == 0x7fffffff || map_get(&ids->given, digits))
			continue;
		map_put(&ids->given, digits, ids);
		return digits;
	}
}

/* At most 40 characters a name, letters, digits and underscores (what Word takes). */
static bool is_plain(str id)
{
	if (!id.n || id.n > 36 || id.p[0] == 'x' || str_is(id, "end"))
		return false;
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
			return false;
	}
	return true;
}

str docx_bookmark(struct arena *a, str id)
{
	if (is_plain(id))
		return arena_printf(a, DOCX_MARK "%.*s", STR(id));
	return arena_printf(a, DOCX_MARK "x%016llx", (unsigned long long)number_of(id));
}

str docx_bookmark_id(str name)
{
	str id = str_skip(name, sizeof DOCX_MARK - 1);
	return str_starts(name, S(DOCX_MARK)) && is_plain(id) ? id : (str){0};
}
