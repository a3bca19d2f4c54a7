#include "report/scope.h"

#include <strings.h>

#include "base/arena.h"

/* Costs that people expect, and the words in a component's name that tell that it is counted. */
static const struct {
    const char *cost;
    const char *words[4];
    bool is_resale; /* no component: a setting of the offers */
} usual_costs[] = {
    {"taxes and duties", {"tax", "vat", "duty", "duties"}, false},
    {"data transfer out of the cloud (egress)", {"egress", "transfer", "traffic", "transit"}, false},
    {"storage and backup", {"storage", "disk", "backup", "volume"}, false},
    {"software licences", {"licen", "software", "subscription", NULL}, false},
    {"support plans", {"support", NULL, NULL, NULL}, false},
    {"insurance", {"insur", NULL, NULL, NULL}, false},
    {"migration between offers", {"migrat", NULL, NULL, NULL}, false},
    {"disposal of servers", {"dispos", "scrap", NULL, NULL}, false},
    {"resale of servers", {"resale", NULL, NULL, NULL}, true},
};

static bool has_resale(const struct study *study)
{
    for (size_t i = 0; i < study->n_offers; i++)
        if (study->offers[i].used && study->offers[i].n_resale > 0)
            return true;
    return false;
}

static bool is_counted(const struct study *study, size_t cost)
{
    if (usual_costs[cost].is_resale && has_resale(study))
        return true;
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
