#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "input/certificate.h"

/* optimum.csv, certificate.csv and leases.csv, one behind the other with a line ==== between them. */
static const char border[] = "====\n";

static struct str part(struct str *rest)
{
    struct str all = *rest;
    size_t length = sizeof border - 1;
    for (size_t i = 0; i + length <= all.length; i++) {
        if (memcmp(all.at + i, border, length) != 0)
            continue;
        *rest = (struct str){all.at + i + length, all.length - i - length};
        return (struct str){all.at, i};
    }
    *rest = (struct str){all.at + all.length, 0};
    return all;
}

/* A proof that holds has a plan that costs its bound. */
static void check_proofs(struct arena *arena, const struct certificate_list *list)
{
    for (size_t i = 0; i < list->n_items; i++) {
        struct str fault = {0};
        bool good = certificate_check(arena, &list->items[i], &fault);
        if (good != (fault.length == 0) || (good && list->items[i].plan_cost != list->items[i].lower_bound))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct diagnostics diagnostics = {.arena = &arena};
    struct certificate_list list = {0};
    struct str content = fuzz_copy(data, size), rest = content;
    struct certificate_files files = {.folder = STR("report")};
    files.optimum = part(&rest);
    files.certificate = part(&rest);
    files.leases = part(&rest);
    bool good = certificates_read(&arena, &files, &list, &diagnostics);
    fuzz_check(&diagnostics, good);
    if (good)
        check_proofs(&arena, &list);
    arena_free(&arena);
    fuzz_free(content);
    return 0;
}
