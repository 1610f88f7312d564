/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"

#include "base/poison.h"

extern const struct room_pages floor_pages;
const struct room_pages floor_pages = {0};
