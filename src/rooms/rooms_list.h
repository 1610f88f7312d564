/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * rooms_list: all rooms, as the house is told of them. The one place that knows them all.
 */
#ifndef ROOMS_ROOMS_LIST_H
#define ROOMS_ROOMS_LIST_H

#include "engine/room.h"

extern const struct rooms comity_rooms;

#endif
