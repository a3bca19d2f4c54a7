/* Plans that prove nothing and may bill less than the one that the bound is of: where that counts less than
 * will happen, as nothing else is sure. */
#include "base/arena.h"
#include "plan/optimum_parts.h"

void plan_in_time(struct optimiser *o)
{
    struct optimum found;
    if (!o->may_be_late)
        return;
    struct arena scratch = {0};
    struct optimiser hopeful = optimiser_make(&scratch, o->study, o->demand, o->strategy, &found);
    hopeful.leaves_out_on_demand = o->leaves_out_on_demand;
    hopeful.counts_on_launches = true;
    if (begin_network(&hopeful, o->optimum->parts) && finish_network(&hopeful) &&
        choose_leases(&scratch, &found))
        add_found_plan(o, &found, 1);
    arena_free(&scratch);
}

void plan_before(struct optimiser *o)
{
    bool any = false;
    for (size_t i = 0; i < o->optimum->n_kinds; i++)
        any |= o->optimum->kinds[i].before_seconds != 0 && o->optimum->kinds[i].chosen[0] > 0;
    if (!any)
        return;
    add_found_plan(o, o->optimum, 1);
    o->optimum->others[o->optimum->n_others - 1].begins_before = true;
}
