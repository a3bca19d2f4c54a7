#include "report/scope.h"

#include <strings.h>

#include "base/arena.h"

/* Costs that people expect, and the words in a component's name that tell that it is counted. */
static const struct {
    const char *cost;
    const char *words[4];
} usual_costs[] = {
    {"taxes and duties", {"tax", "vat", "duty", "duties"}},
    {"data transfer out of the cloud (egress)", {"egress", "transfer", "traffic", "transit"}},
    {"storage and backup", {"storage", "disk", "backup", "volume"}},
    {"software licences", {"licen", "software", "subscription", NULL}},
    {"support plans", {"support", NULL, NULL, NULL}},
    {"insurance", {"insur", NULL, NULL, NULL}},
    {"migration between offers", {"migrat", NULL, NULL, NULL}},
    {"disposal and resale of servers", {"dispos", "resale", "scrap", NULL}},
};

static bool is_counted(const struct study *study, size_t cost)
{
    for (size_t c = 0; c < study->n_components; c++)
        for (size_t i = 0; i < 4 && usual_costs[cost].words[i] != NULL; i++)
            for (size_t at = 0; at < study->components[c].length; at++) {
                const char *word = usual_costs[cost].words[i];
                struct str rest = str_after(study->components[c], at);
                size_t n = str_of(word).length;
                if (rest.length >= n && strncasecmp(rest.at, word, n) == 0)
                    return true;
            }
    return false;
}

struct str scope_priced_nowhere(struct arena *arena, const struct study *study)
{
    struct str list = STR("");
    for (size_t i = 0; i < sizeof usual_costs / sizeof *usual_costs; i++)
        if (!is_counted(study, i))
            list = str_format(arena, "%.*s%s%s", STR_ARGS(list), list.length == 0 ? "" : ", ",
                              usual_costs[i].cost);
    return list;
}
