#include "model/scenario.h"

static int least_but(const struct scenario *scenario, size_t n_strategies, int except)
{
    int found = -1;
    for (int i = 0; i < (int)n_strategies; i++)
        if (i != except && (found < 0 || scenario->costs[i].compared < scenario->costs[found].compared))
            found = i;
    return found;
}

int scenario_cheapest(const struct scenario *scenario, size_t n_strategies)
{
    return scenario->ranked ? least_but(scenario, n_strategies, -1) : -1;
}

int scenario_next(const struct scenario *scenario, size_t n_strategies)
{
    int cheapest = scenario_cheapest(scenario, n_strategies);
    return cheapest < 0 ? -1 : least_but(scenario, n_strategies, cheapest);
}
