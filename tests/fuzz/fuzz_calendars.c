#include <stdlib.h>

#include "fuzz.h"
#include "input/calendars.h"
#include "unit/calendar.h"

/* A table of calendars. Of what is accepted, the time at which so much work is done has just that work behind
 * it. */
static void check_calendar(const struct calendar *calendar)
{
    int64_t before = calendar_worked(calendar, date_seconds((struct date){2014, 2, 1}));
    for (int64_t work = before + 1; work < before + 100 * HOUR_SECONDS; work += HOUR_SECONDS / 2)
        if (calendar_worked(calendar, calendar_reached(calendar, work)) != work)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    struct calendar_list list = {0};
    int64_t n_rows = 0;
    struct str content = fuzz_copy(data, size);
    bool good = calendars_add(&list, &arena, STR("calendars.csv"), content, &diagnostics, &n_rows);
    good = calendars_finish(&list, &arena, &diagnostics) && good;
    fuzz_check(&diagnostics, good);
    for (size_t i = 0; good && i < list.n_items; i++)
        check_calendar(&list.items[i]);
    arena_free(&arena);
    fuzz_free(content);
    return 0;
}
