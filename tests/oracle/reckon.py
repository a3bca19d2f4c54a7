"""One study from its files to its results, with none of rackrate's own code."""
import functools
from fractions import Fraction

import inputs
import when
from bursts import bursts_served
from demand import Demand
from focus import split
from forecasts import Forecaster, ForecastingLayer
from kept import Kept
from lots import charge_following, charge_lot, charge_runs, charge_service, charge_shared
from meters import Measured, charge_meters
from money import Bill, compared_cost
from planning import CommittedLayer, Supply
from service import Following, moments_within, serve
from sites import Site
from use import is_followed, use_of_orders


class Result:
    """What is known of one strategy in the end."""

    def __init__(self, name):
        self.name, self.rank = name, None


def plan_layers(study, strategy, demand):
    """The committed layers with their orders and supplies, and the layer that follows."""
    offers = [study.offers[layer["offer"]] for layer in strategy["layers"]]
    sizes = [str(layer.get("size", "follow")) for layer in strategy["layers"]]
    layers, following = [], None
    kind_of_layer = CommittedLayer
    if strategy.get("knows") == "forecast":
        kind_of_layer = functools.partial(ForecastingLayer, forecaster=Forecaster(study, strategy, demand))
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
            kind = Kept if offer.increment > study.step else Following
            following = kind(study, strategy, offer, wanted, reserved, steps_lost(study, layers))
            break
        next_offer = offers[k + 1] if k + 1 < len(offers) else None
        layer = kind_of_layer(study, strategy, offer, size, residual, next_offer, [lower for lower, _ in layers])
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
    """The most reserved servers of an on-demand offer in service at any moment of each step."""
    supplies = [supply for layer, supply in layers if layer.offer.discounts == offer.name]
    return [max(sum(counts) for _, counts in moments_within(study, i, supplies, None)) for i in range(study.n_steps)]


def steps_lost(study, layers):
    """Steps in which spot capacity is lost."""
    return {(lot.end - study.start) // study.step for layer, _ in layers if layer.offer.kind == "spot"
            for lot in layer.lots if lot.end < study.end}


def charge_all(study, bill, strategy, layers, following, measured, uses):
    """Servers, their sites, services; what is measured; at last what is a share of all this."""
    for layer in layers:
        for order in layer.orders:
            for lot in order.lots:
                charge_lot(bill, layer.offer, order, lot)
            if is_followed(layer.offer):
                charge_runs(bill, layer.offer, order, uses[order].runs)
        charge_shared(bill, layer.offer, layer.lots)
    if following:
        charge_following(bill, following)
    sites = {}
    for layer in layers:
        if study.site_of(layer.offer):
            site = sites.setdefault(study.site_of(layer.offer).name, [])
            site += [(layer.offer, lot) for lot in layer.lots]
    for name, lots in sites.items():
        Site(study, study.offers[name], lots).charge(bill)
    services = [study.offers[name] for name in strategy.get("services") or []]
    for service in services:
        charge_service(bill, service)
    offers = [layer.offer for layer in layers] + ([following.offer] if following else [])
    charge_meters(bill, measured, offers + [study.offers[name] for name in sites] + services)
    bill.add_tax()


def follow_strategy(study, strategy, demand):
    result = Result(strategy["name"])
    layers, following = plan_layers(study, strategy, demand)
    service = serve(study, demand, [(layer.offer, supply) for layer, supply in layers], following)
    layers = [layer for layer, _ in layers]
    bill = Bill(study)
    uses = use_of_orders(study, demand, layers)
    measured = Measured(study, demand, layers, following, service)
    charge_all(study, bill, strategy, layers, following, measured, uses)
    price = result.unmet_price = inputs.amount(study.workload.get("unmet_cost", "0"))
    unmet_by_month = {}
    for i, unmet in enumerate(service.unmet_by_step):
        month = when.month_of(study.start + i * study.step)
        unmet_by_month[month] = unmet_by_month.get(month, 0) + unmet * price / when.HOUR
    result.orders = [order for layer in layers for order in layer.orders]
    result.following, result.service, result.bill = following, service, bill
    result.bursts = bursts_served(study, demand, service)
    result.billed, result.effective, result.listed = bill.totals()
    result.uses, result.split = uses, split(bill, result.orders, uses)
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
