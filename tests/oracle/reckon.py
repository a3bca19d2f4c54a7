"""One study from its files to its results, with none of rackrate's own code."""
from fractions import Fraction

import inputs
import when
from demand import Demand
from money import Bill, compared_cost
from planning import CommittedLayer, Supply
from service import Following, moments_within, serve


class Result:
    """What is known of one strategy in the end."""

    def __init__(self, name):
        self.name, self.rank = name, None


def plan_layers(study, strategy, demand):
    """The committed layers with their orders and supplies, and the layer that follows."""
    offers = [study.offers[layer["offer"]] for layer in strategy["layers"]]
    sizes = [str(layer.get("size", "follow")) for layer in strategy["layers"]]
    layers, following = [], None
    below = [0] * study.n_steps

    def add(layer):
        nonlocal below
        supply = Supply(study, layer.lots)
        below = [so_far + layer.offer.capacity(least) for so_far, least in zip(below, supply.fewest)]
        layers.append((layer, supply))

    for existing in study.existing:
        offer = study.offers[existing["offer"]]
        if offer not in offers and all(layer.offer is not offer for layer, _ in layers):
            layer = CommittedLayer(study, strategy, offer, "0", [], None, [])
            for other in study.existing:
                if other["offer"] == offer.name:
                    layer.add_existing(other)
            add(layer)
    for k, (offer, size) in enumerate(zip(offers, sizes)):
        residual = [max(0, need - under) for need, under in zip(demand.need, below)]
        if size == "follow":
            supplies = [supply for _, supply in layers]
            wanted = [offer.servers_for(need - fewest_in_step(i, layers, supplies))
                      for i, need in enumerate(demand.need)]
            reserved = reserved_servers(study, layers, offer)
            following = Following(study, strategy, offer, wanted, reserved)
            break
        next_offer = offers[k + 1] if k + 1 < len(offers) else None
        layer = CommittedLayer(study, strategy, offer, size, residual, next_offer, [lower for lower, _ in layers])
        for existing in study.existing:
            if existing["offer"] == offer.name:
                layer.add_existing(existing)
        layer.plan()
        add(layer)
    return layers, following


def fewest_in_step(i, layers, supplies):
    """The least that the committed layers stand for at any moment of a step."""
    return min(sum(layer.offer.capacity(count) for (layer, _), count in zip(layers, counts))
               for _, counts in moments_within(None, i, supplies, None))


def reserved_servers(study, layers, offer):
    """Reserved servers of an on-demand offer in service at the begin of each step."""
    counts = [0] * study.n_steps
    for layer, supply in layers:
        if layer.offer.discounts == offer.name:
            counts = [count + more for count, more in zip(counts, supply.first)]
    return counts


def follow_strategy(study, strategy, demand):
    result = Result(strategy["name"])
    layers, following = plan_layers(study, strategy, demand)
    service = serve(study, demand, [(layer.offer, supply) for layer, supply in layers], following)
    bill = Bill(study)
    for layer, _ in layers:
        for lot in layer.lots:
            bill.lot(layer.offer, lot)
        bill.shared(layer.offer, layer.lots)
    if following:
        bill.following(following)
    price = result.unmet_price = inputs.amount(study.workload.get("unmet_cost", "0"))
    unmet_by_month = {}
    for i, unmet in enumerate(service.unmet_by_step):
        month = when.month_of(study.start + i * study.step)
        unmet_by_month[month] = unmet_by_month.get(month, 0) + unmet * price / when.HOUR
    result.orders = [order for layer, _ in layers for order in layer.orders]
    result.following, result.service, result.bill = following, service, bill
    result.billed = sum(bill.billed.values(), Fraction(0))
    result.effective = sum(bill.effective.values(), Fraction(0))
    result.unmet_cost = sum(unmet_by_month.values(), Fraction(0))
    result.compared = compared_cost(study, bill, unmet_by_month)
    return result


def rank(study, results):
    """Cheapest first; not at all where strategies serve different amounts and lost load has no price."""
    if "unmet_cost" not in study.workload and len({result.service.unmet for result in results}) > 1:
        return
    for result in results:
        result.rank = 1 + sum(other.compared < result.compared for other in results)


def reckon(study):
    demand = Demand(study)
    results = [follow_strategy(study, strategy, demand) for strategy in study.strategies]
    rank(study, results)
    return results
