#ifndef REPORT_COLOURS_H
#define REPORT_COLOURS_H

#include "model/study.h"

/* The colours of charts, of the workbook's too: a family for each kind of offer, one for mixes. */
enum { COLOUR_MIXED = N_OFFER_KINDS, N_COLOUR_FAMILIES };

/* A colour as lines are drawn, its darker twin for text (contrast above 4.5:1 on white), and its
 * light twin for areas; 0xRRGGBB. */
struct colour {
    unsigned line, text, tint;
};

/* The index-th of a family; after the last they begin again. */
struct colour colour_shade(int family, int index);
/* That of the kind of its offers where they are of one kind. */
int colour_family(const struct study *study, const struct strategy *strategy);

#endif
