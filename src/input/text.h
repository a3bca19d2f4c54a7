#ifndef INPUT_TEXT_H
#define INPUT_TEXT_H

#include <stdbool.h>

#include "base/diagnostic.h"

/* What every file of the user must be: UTF-8 with lines that end in LF or CRLF, without zero bytes and
 * other control characters. Takes a byte order mark off *content. Otherwise false, and the first byte
 * that is wrong is told. */
bool text_check(struct str file, struct str *content, struct diagnostics *diagnostics);

/* True where a value is UTF-8 and holds no control characters, hence no line breaks. */
bool text_is_line(struct str value);

/* True for the form of an ISO 4217 code: three capital letters. */
bool text_is_currency(struct str code);

/* The column, in characters, of what stands behind the first n bytes of a line. */
int text_column(struct str line, size_t n_bytes);

#endif
