/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Checkpoints: the signed length and root of each log, kept for readers. */
#include "engine/house_inner.h"
#include "house_meta.sql.h"

#include "base/poison.h"

void house_must_sign(struct house *h, size_t i)
{
	for (size_t k = 0; k < h->to_sign.n; k++)
		if (h->to_sign.p[k] == i)
			return;
	*vec_push(h->arena, &h->to_sign) = i;
}

static str note_name(struct arena *a, str origin)
{
	return arena_printf(a, "checkpoint %.*s", STR(origin));
}

/* Nothing to do when the kept note speaks of the same root. */
static enum rc sign_one(struct house *h, struct arena *a, str origin, struct err *err)
{
	struct house_meta_get_row row;
	struct store_head head;
	str note;
	bool found;
	TRY(log_head(h->store, origin, &head, err));
	TRY(house_meta_get(h->db, a, note_name(a, origin), &row, &found, err));
	digest root = tree_root(&head.tree);
	if (found && str_find(row.value, digest_str(a, root)) != SIZE_MAX)
		return OK;
	TRY(log_checkpoint(h->store, a, origin, &h->key, &note, err));
	return house_meta_set(h->db, note_name(a, origin), note, err);
}

enum rc house_sign(struct house *h, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct group *site;
	TRY(house_group(h, STR_EMPTY, &site, err)); /* the list of groups, if it was forgotten */
	while (h->to_sign.n) {
		size_t i = h->to_sign.p[h->to_sign.n - 1];
		TRY(sign_one(h, a, house_origin(h, a, i ? house_slug(h, i) : STR_EMPTY), err));
		h->to_sign.n--;
	}
	return OK;
}

enum rc house_note(
    struct db *db, struct arena *a, str origin, str *note, bool *found, struct err *err)
{
	struct house_meta_get_row row = {0};
	TRY(house_meta_get(db, a, note_name(a, origin), &row, found, err));
	*note = row.value;
	return OK;
}

enum rc house_key_of(
    struct db *db, struct arena *a, struct note_key *key, str *host, struct err *err)
{
	struct house_meta_get_row row;
	bool found;
	TRY(house_meta_get(db, a, S("key"), &row, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "This instance has no key yet.");
	/* The key is named after the instance's log: HOST/site. */
	TRY(note_key_parse(a, row.value, key, host, err));
	*host = str_head(*host, str_find_char(*host, '/'));
	return OK;
}
