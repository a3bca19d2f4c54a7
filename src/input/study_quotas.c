#include "input/study_parts.h"

#include "base/arena.h"

static bool read_quota(struct study_reader *r, const struct node *node, struct str path, struct quota *quota)
{
    struct quota_keys keys = {0};
    struct place place = place_in(node, "name");
    bool good = section_read(&r->reader, &quota_section, node, path, &keys);
    *quota = (struct quota){.name = keys.name,
                            .counts_vcpu = keys.vcpu > 0,
                            .most = keys.vcpu > 0 ? keys.vcpu : keys.servers,
                            .increase = -1,
                            .place = node->place};
    if (good && section_has(node, "servers") == section_has(node, "vcpu"))
        good = diagnose_error(r->reader.diagnostics, node->place, "write `servers: 5000` or `vcpu: 20000`",
                              "%.*s: one of `servers` and `vcpu` is wanted", STR_ARGS(path));
    char first = keys.name.length == 0 ? 'a' : (char)(keys.name.at[0] | ' ');
    if (first < 'a' || first > 'z')
        good = diagnose_error(r->reader.diagnostics, place, "a number in its place is an offer's own quota",
                              "%.*s.name: `%.*s` does not begin with a letter", STR_ARGS(path),
                              STR_ARGS(keys.name));
    return find_process(r, keys.increase, place_in(node, "increase"), path, &quota->increase) && good;
}

static bool check_names(struct study_reader *r)
{
    for (size_t i = 0; i < r->study->n_quotas; i++)
        for (size_t j = 0; j < i; j++)
            if (r->study->quotas[i].name.length > 0 &&
                str_equal(r->study->quotas[i].name, r->study->quotas[j].name))
                return diagnose_error(r->reader.diagnostics, r->study->quotas[i].place,
                                      "give each its own name", "two quotas are called `%.*s`",
                                      STR_ARGS(r->study->quotas[i].name));
    return true;
}

bool read_quotas(struct study_reader *r)
{
    const struct node *list = r->root.quotas;
    bool good = true;
    if (list == NULL)
        return true;
    if (!node_is_list(&r->reader, list, STR("quotas")))
        return false;
    r->study->quotas = ARENA_NEW(r->reader.arena, struct quota, list->n_items);
    r->study->n_quotas = list->n_items;
    for (size_t i = 0; i < list->n_items; i++)
        good &= read_quota(r, &list->items[i], item_path(r->reader.arena, "quotas", i), &r->study->quotas[i]);
    return check_names(r) && good;
}

bool find_quota(struct study_reader *r, struct str name, struct place place, struct str path,
                const struct quota **quota)
{
    const struct study *study = r->study;
    struct str *names = ARENA_NEW(r->reader.arena, struct str, study->n_quotas + 1);
    for (size_t i = 0; i < study->n_quotas; i++) {
        names[i] = study->quotas[i].name;
        if (str_equal(names[i], name)) {
            *quota = &study->quotas[i];
            return true;
        }
    }
    struct str nearest = str_nearest(name, names, study->n_quotas);
    return diagnose_error(r->reader.diagnostics, place,
                          nearest.length > 0
                              ? str_format(r->reader.arena, "did you mean `%.*s`?", STR_ARGS(nearest)).at
                              : "write a number of servers, or a name of the list `quotas:`",
                          "%.*s.quota: no quota is called `%.*s`", STR_ARGS(path), STR_ARGS(name));
}
