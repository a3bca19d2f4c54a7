"""What must hold in every result of the oracle itself, whatever the program says."""
import when


def out_of_balance(study, result):
    bill, service = result.bill, result.service
    found = list(bill.out_of_balance())
    if study.at_end == "pro-rata" and bill.horizon != bill.prepaid - bill.accrued:
        found.append("the horizon value is not what is prepaid less what is accrued")
    if not 0 <= service.served <= min(service.need, service.capacity):
        found.append("served more than is needed or there")
    found += split_adds_up(study, result)
    for use in result.uses.values():
        found += [f"used more than held in {when.month_name(month)}" for month, used in use.used.items()
                  if used > use.held[month]]
        if sum(use.used.values()) != sum((end - begin) * servers for begin, end, servers in use.runs):
            found.append("runs do not add up to what is used")
    if not study.negotiated.entries and bill.totals()[0] != bill.totals()[2]:
        found.append("without discounts billed and list differ")
    return found


def split_adds_up(study, result):
    """Used and unused are all that commitments cost."""
    parts = sum(used + unused for used, unused in result.split.values())
    whole = sum(money for (order, _), months in result.bill.of_account.items()
                if order in result.uses and order.offer.is_commitment() for money in months.values())
    return [] if parts == whole else ["used and unused are not the whole commitment"]
