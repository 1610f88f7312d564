/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * replay: carries out a script of acts on a house, at the times that the script says.
 *
 * The format is in `comity replay --help`. Acts of the clock that fall between two lines are
 * carried out too. Threads: the one of the house.
 */
#ifndef MAIN_REPLAY_H
#define MAIN_REPLAY_H

#include "engine/house.h"

struct replay_stats {
	size_t acts;
	size_t due; /* acts of the clock */
};

/*
 * Opens (or makes) the folder dir and replays. The error's message names file and line and
 * lives in the arena.
 */
enum rc replay_folder(struct arena *a, const struct rooms *rooms, str folder, str dir, str host,
    str seed, struct replay_stats *stats, struct err *err) MUST_USE;

#endif
