#include "report/colours.h"

enum { N_SHADES = 6 };

/* Navy, gold, rose and sky stay apart under the common colour-vision deficiencies. Further strategies
 * of the same kind are told apart by lightness, and every strategy by its own dash. */
static const struct colour shades[N_COLOUR_FAMILIES][N_SHADES] = {
    [OFFER_COLOCATION] = {{0x004488, 0x004488, 0xC2D3E5},
                          {0x5B93CC, 0x4271A0, 0xD9E6F3},
                          {0x001F47, 0x001F47, 0xBCC6D3}},
    [OFFER_HOSTING] = {{0xDDAA33, 0x7A5C00, 0xF7EBCF},
                       {0x9A7415, 0x6E5000, 0xE9DCBD},
                       {0xEBC85C, 0x806400, 0xFBF3DA}},
    [OFFER_RESERVED] = {{0x56B4E9, 0x1B6A9C, 0xD8EDFA},
                        {0x1B7DB8, 0x0F5C8C, 0xC3DEEF},
                        {0x8CCDF2, 0x2C7299, 0xE6F4FC}},
    [OFFER_ON_DEMAND] = {{0xBB5566, 0x9E3D4E, 0xF0D5DA},
                         {0x7E2A3A, 0x7E2A3A, 0xE3CBD0},
                         {0xDB8A98, 0xA04A5B, 0xF8E5E8}},
    [OFFER_SAVINGS_PLAN] = {{0x009988, 0x006B5F, 0xCCEBE7},
                            {0x006B5F, 0x00574D, 0xBFDAD7},
                            {0x66C2B8, 0x1F7A70, 0xE0F3F1}},
    [OFFER_SPOT] = {{0xAA3377, 0x8A2861, 0xEED6E4},
                    {0x772453, 0x772453, 0xDDC8D4},
                    {0xCC85AD, 0x94406F, 0xF5E7EF}},
    [COLOUR_MIXED] = {{0x999933, 0x6B6B1D, 0xEAEAD0},
                      {0x882255, 0x882255, 0xE6CCD9},
                      {0x117733, 0x117733, 0xC8E0D0},
                      {0xAA4499, 0x9A3B8A, 0xEDD6E9},
                      {0x44AA99, 0x287569, 0xD3ECE8},
                      {0x661100, 0x661100, 0xDDC8C4}}};
static const int n_shades[N_COLOUR_FAMILIES] = {
    [OFFER_COLOCATION] = 3, [OFFER_HOSTING] = 3,      [OFFER_RESERVED] = 3,
    [OFFER_ON_DEMAND] = 3,  [OFFER_SAVINGS_PLAN] = 3, [OFFER_SPOT] = 3,
    [OFFER_SERVICE] = 1,    [OFFER_SITE] = 1,         [COLOUR_MIXED] = N_SHADES};

struct colour colour_shade(int family, int index)
{
    return shades[family][index % n_shades[family]];
}

static int family_with(const struct study *study, int family, int offer)
{
    int kind = (int)study->offers[offer].kind;
    return family == -1 || family == kind ? kind : COLOUR_MIXED;
}

int colour_family(const struct study *study, const struct strategy *strategy)
{
    int family = -1;
    for (size_t i = 0; i < strategy->n_layers; i++)
        family = family_with(study, family, strategy->layers[i].offer);
    for (size_t i = 0; strategy->n_layers == 0 && i < strategy->n_plan; i++)
        family = family_with(study, family, strategy->plan[i].offer);
    return family == -1 ? COLOUR_MIXED : family;
}
