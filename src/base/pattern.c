#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/pattern.h"

#include <pcre2.h>

#include "base/arena.h"
#include "base/check.h"

enum { MATCH_STEPS = 100000, MATCH_DEPTH = 1000, MATCH_HEAP_KIB = 16384, MESSAGE_BYTES = 200 };

struct pattern {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *limits;
};

struct pattern *pattern_compile(struct arena *arena, struct str text, struct str *message, int *offset)
{
    int error;
    PCRE2_SIZE at;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)text.at, text.length, PCRE2_NEVER_BACKSLASH_C, &error, &at, NULL);
    if (code == NULL) {
        char *bytes = ARENA_NEW(arena, char, MESSAGE_BYTES);
        pcre2_get_error_message(error, (PCRE2_UCHAR *)bytes, MESSAGE_BYTES);
        *message = str_of(bytes);
        *offset = (int)at;
        return NULL;
    }
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); /* where it fails, matching is only slower */
    struct pattern *pattern = ARENA_NEW(arena, struct pattern, 1);
    pattern->code = code;
    pattern->data = pcre2_match_data_create_from_pattern(code, NULL);
    pattern->limits = pcre2_match_context_create(NULL);
    if (pattern->data == NULL || pattern->limits == NULL)
        check_out_of_memory();
    pcre2_set_match_limit(pattern->limits, MATCH_STEPS);
    pcre2_set_depth_limit(pattern->limits, MATCH_DEPTH);
    pcre2_set_heap_limit(pattern->limits, MATCH_HEAP_KIB);
    return pattern;
}

enum match pattern_match(const struct pattern *pattern, struct str subject)
{
    int n = pcre2_match(pattern->code, (PCRE2_SPTR)subject.at, subject.length, 0, 0, pattern->data,
                        pattern->limits);
    if (n >= 0)
        return MATCH_YES;
    return n == PCRE2_ERROR_NOMATCH ? MATCH_NO : MATCH_LIMIT;
}

void pattern_free(struct pattern *pattern)
{
    pcre2_match_data_free(pattern->data);
    pcre2_match_context_free(pattern->limits);
    pcre2_code_free(pattern->code);
}
