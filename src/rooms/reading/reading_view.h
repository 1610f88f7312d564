/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * reading_view: readings as tables. Its questions are the functions of reading_view.sql.h.
 *
 * Threads: the appliers are the writer's; the questions belong to any connection.
 */
#ifndef ROOMS_READING_READING_VIEW_H
#define ROOMS_READING_READING_VIEW_H

#include "engine/room.h"
#include "reading_view.sql.h"

extern const struct room_view reading_view;

#endif
