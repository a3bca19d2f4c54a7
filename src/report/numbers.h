#ifndef REPORT_NUMBERS_H
#define REPORT_NUMBERS_H

#include "model/result.h"

struct arena;

/* Numbers of a result as text, the same in every writer. */

/* Server-seconds as server-hours with `places` digits, rounded half to even. */
struct str hours_text(struct arena *arena, int128 server_seconds, int places);
/* An amount for each of so many server-seconds, by the hour, with `places` digits; less than a thousandth
 * with as many as it has, ten at most. Empty for no server-seconds. */
struct str per_hour_text(struct arena *arena, money amount, int64_t server_seconds, int places);
/* Millionths of server-seconds as server-hours. */
struct str unmet_hours_text(struct arena *arena, int128 micro_server_seconds, int places);
/* part / whole with six digits; empty where the whole is 0. */
struct str share_text(struct arena *arena, int64_t part, int64_t whole);
/* Share of the steps in which nothing was short at any time, and of the load that was not lost, as
 * share_text. */
struct str hours_served_text(struct arena *arena, const struct result *result,
                             const struct strategy_result *strategy);
struct str load_served_text(struct arena *arena, const struct result *result,
                            const struct strategy_result *strategy);
/* A double with up to `places` digits and no trailing zeros. */
struct str number_text(struct arena *arena, double value, int places);

#endif
