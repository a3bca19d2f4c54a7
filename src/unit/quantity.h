#ifndef UNIT_QUANTITY_H
#define UNIT_QUANTITY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "unit/calendar.h"
#include "unit/decimal.h"

/* What a quantity of the study file measures. */
enum dimension {
    DIMENSION_NUMBER,       /* 1.6 */
    DIMENSION_SHARE,        /* 60% (a plain 0.6 is refused: write the per cent sign) */
    DIMENSION_DURATION,     /* 97 s, 5 min, 2 h, 4 d, 1 w */
    DIMENSION_TERM,         /* 1 mo, 36 mo, 1 yr */
    DIMENSION_NOTICE,       /* the same, or 30 d */
    DIMENSION_SERVERS,      /* 5000 servers, 1 server or a plain whole number */
    DIMENSION_RATE,         /* 200 /s, /min, /h: per second */
    DIMENSION_YEARLY,       /* 8% /yr */
    DIMENSION_HOURLY_MONEY, /* 4.00 /server-hour */
    DIMENSION_EACH          /* 50 kB, 1, 0.5 h /mo, 4% /yr: bytes, pieces or hours, perhaps in a time */
};

struct quantity {
    struct decimal number;   /* as written; a share is held as a fraction: 60% is 0.60 */
    int64_t seconds;         /* DURATION: whole seconds */
    struct term term;        /* TERM */
    int64_t per_seconds;     /* RATE: number per this many seconds; EACH: the same, or 0 */
    bool is_bytes, is_hours; /* EACH: what number counts; neither: pieces */
};

/* Reads `decimal [space] [% | unit] [/ unit]` as the dimension wants it. On failure returns false
 * and sets *expected to what would have been accepted ("a duration such as `90 s` or `4 d`"). */
bool quantity_parse(struct str text, enum dimension dimension, struct quantity *result,
                    const char **expected);

const char *dimension_example(enum dimension dimension);

#endif
