/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/store.h"

#include "base/poison.h"

void store_close(struct store *s)
{
	if (s)
		s->ops->close(s);
}

void store_auto_close(struct store **s)
{
	store_close(*s);
}

enum rc store_begin(struct store *s, struct store_tx *tx, struct err *err)
{
	tx->store = NULL;
	TRY(s->ops->begin(s, err));
	tx->store = s;
	return OK;
}

/* A failed commit leaves the transaction to be rolled back. */
enum rc store_commit(struct store_tx *tx, struct err *err)
{
	TRY(tx->store->ops->commit(tx->store, err));
	tx->store = NULL;
	return OK;
}

void store_auto_rollback(struct store_tx *tx)
{
	if (tx->store)
		tx->store->ops->rollback(tx->store);
	tx->store = NULL;
}

enum rc store_set_mark(struct store *s, struct store_mark *mark, struct err *err)
{
	mark->store = NULL;
	TRY(s->ops->mark(s, err));
	mark->store = s;
	return OK;
}

enum rc store_keep(struct store_mark *mark, struct err *err)
{
	TRY(mark->store->ops->keep(mark->store, err));
	mark->store = NULL;
	return OK;
}

void store_auto_undo(struct store_mark *mark)
{
	if (mark->store)
		mark->store->ops->undo(mark->store);
	mark->store = NULL;
}
