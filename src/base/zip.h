#ifndef BASE_ZIP_H
#define BASE_ZIP_H

#include <stdbool.h>

#include "base/output.h"

/* Exchanges the text of one member of a zip archive, however long the new one is: it is packed as it comes.
 * All other members stay as they are, to the byte, and so do the dates. For archives as libxlsxwriter writes
 * them: no comment, no parts, sizes in front of each member, less than 4 GiB. */
struct zip_edit;

/* Reads the archive; *text is what the member holds now. NULL and a failure where it cannot be read, or the new
 * one, beside it, not be written. */
struct zip_edit *zip_edit_begin(struct arena *arena, struct str path, struct str member, struct str *text,
                                struct failure *failure);
void zip_edit_write(struct zip_edit *edit, struct str text);
/* The new archive takes the place of the old. False (and the failure set) when anything could not be written. */
bool zip_edit_end(struct zip_edit *edit);

#endif
