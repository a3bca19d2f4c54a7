#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include <stddef.h>

/* The words of the reports, as the manual explains them; the sheet About and the page show the same list. */
struct word {
    const char *word, *meaning;
};
extern const struct word words[];
extern const size_t n_words;

/* What `at_end` does, for each enum at_end. */
extern const char *const at_end_meanings[];

#endif
