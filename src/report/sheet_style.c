#include "report/sheet_style.h"

const struct sheet_show sheet_shows[N_SHOWS] = {
    [SHOW_TEXT] = {"General", SHEET_LEFT, false, false, 0, 0},
    [SHOW_WRAP] = {"General", SHEET_LEFT, true, false, 0, 0},
    [SHOW_NUMBER] = {"General", SHEET_RIGHT, false, false, 0, 0},
    [SHOW_MONEY] = {"#,##0;[Red]-#,##0;\"-\"", SHEET_RIGHT, false, true, 0, 0},
    [SHOW_CENTS] = {"#,##0.00;[Red]-#,##0.00;\"-\"", SHEET_RIGHT, false, true, 2, 2},
    [SHOW_UNIT_PRICE] = {"#,##0.00#############", SHEET_RIGHT, false, true, 2, 15},
    [SHOW_COUNT] = {"#,##0;-#,##0;\"-\"", SHEET_RIGHT, false, true, 0, 0},
    [SHOW_QUANTITY] = {"#,##0.00;-#,##0.00;\"-\"", SHEET_RIGHT, false, true, 2, 2},
    [SHOW_PERCENT] = {"0.0%", SHEET_RIGHT, false, false, 0, 0},
    [SHOW_SHARE] = {"0.0%;-0.0%;\"-\"", SHEET_RIGHT, false, false, 0, 0},
    [SHOW_DATE] = {"yyyy-mm-dd", SHEET_CENTER, false, false, 0, 0},
    [SHOW_TIME] = {"yyyy-mm-dd hh:mm", SHEET_CENTER, false, false, 0, 0},
    [SHOW_MONTH] = {"yyyy-mm", SHEET_LEFT, false, false, 0, 0},
    [SHOW_FACTOR] = {"0.000000", SHEET_RIGHT, false, false, 0, 0},
    [SHOW_RATE] = {"[=0]0.0000;[<0.001]0.0000######;#,##0.0000", SHEET_RIGHT, false, true, 4, 10},
    [SHOW_TINY] = {"0.0000", SHEET_RIGHT, false, true, 4, 4},
    [SHOW_STATUS] = {"General", SHEET_CENTER, false, false, 0, 0},
};

const struct sheet_look sheet_looks[N_LOOKS] = {
    [LOOK_CELL >> 5] = {INK, WHITE, 10, SHEET_THIN, SHEET_NO_BORDER, false, false, false, false},
    [LOOK_BARE >> 5] = {INK, WHITE, 10, SHEET_NO_BORDER, SHEET_NO_BORDER, false, false, false, false},
    [LOOK_INPUT >> 5] = {0x0000FF, 0xFFF8DC, 10, SHEET_THIN, SHEET_NO_BORDER, false, false, false, false},
    [LOOK_SIMULATED >> 5] = {0x4B5563, WHITE, 10, SHEET_THIN, SHEET_NO_BORDER, false, false, false, false},
    [LOOK_AT_RUN >> 5] = {MUTED, 0xF3F4F6, 10, SHEET_THIN, SHEET_NO_BORDER, false, false, false, false},
    [LOOK_TOTAL >> 5] = {INK, WHITE, 10, SHEET_THIN, SHEET_MEDIUM, true, false, false, false},
    [LOOK_BAND >> 5] = {NAVY, 0xE6EDF5, 11, SHEET_THIN, SHEET_NO_BORDER, true, false, false, false},
    [LOOK_HEADER >> 5] = {WHITE, NAVY, 10, 0, 0, true, false, true, false},
    [LOOK_HEADER_SIMULATED >> 5] = {INK, 0xD1D5DB, 10, SHEET_NO_BORDER, SHEET_NO_BORDER, true, false, true,
                                    false},
    [LOOK_TITLE >> 5] = {NAVY, WHITE, 16, SHEET_NO_BORDER, SHEET_NO_BORDER, true, false, false, false},
    [LOOK_HEADING >> 5] = {NAVY, WHITE, 12, SHEET_NO_BORDER, SHEET_NO_BORDER, true, false, false, false},
    [LOOK_NOTE >> 5] = {MUTED, WHITE, 10, SHEET_NO_BORDER, SHEET_NO_BORDER, false, true, false, false},
    [LOOK_HEADLINE >> 5] = {NAVY, 0xE6EDF5, 12, SHEET_NO_BORDER, SHEET_NO_BORDER, true, false, false, false},
    [LOOK_LINK >> 5] = {NAVY, WHITE, 10, SHEET_THIN, SHEET_NO_BORDER, false, false, false, true},
};

const struct sheet_word sheet_words[] = {
    {"OK", 0x166534, 0xDCFCE7},
    {"counted", 0x166534, 0xDCFCE7},
    {"Proved", 0x166534, 0xDCFCE7},
    {"changed", 0x92400E, 0xFEF3C7},
    {"not counted", 0x92400E, 0xFEF3C7},
    {"Not proved", 0x92400E, 0xFEF3C7},
    {"INPUTS CHANGED SINCE THE RUN", 0x92400E, 0xFEF3C7},
    {"ERROR", 0xFFFFFF, 0xB91C1C},
    {"too late", 0x92400E, 0xFEF3C7},
    {"never", 0x92400E, 0xFEF3C7},
    {NULL, 0, 0},
};
