# awk -f verify.awk STRATEGY certificate.csv leases.csv: adds up the proof of a cheapest plan, in doubles (to 15
# digits; `rackrate verify` is exact). For names without commas. Ends with 1 and says what is wrong.
function wrong(what) { print "wrong: " what; bad = 1 }
function max(a, b) { return a > b ? a : b }
function short_cost(n) { return n > 0 ? first + (n - 1) * short : 0 }
BEGIN { FS = ","; wanted = ARGV[1]; ARGV[1] = "" }
FNR == 1 { file++; for (i = 1; i <= NF; i++) at[file, $i] = i; next }
function cell(name) { return (file, name) in at ? $(at[file, name]) : "" }
cell("strategy") != wanted { next }
file == 1 {
    t = n++; need[t] = cell("need"); run[t] = cell("on_demand"); miss[t] = cell("missing"); y = cell("y") + 0
    price = cell("on_demand_price"); limit = cell("on_demand_limit"); short = cell("short_price") + 0
    first = cell("short_first"); first = first == "" || first + 0 > short ? short : first + 0
    cap[t] = cell("running_limit"); pi[t + 1] = pi[t] + y; above = 0
    cost += run[t] * price + short_cost(miss[t])
    if (y > short || (y < 0 && cap[t] == "")) wrong("y of step " t)
    if (price != "" && y > price + 0) { if (limit == "") wrong("y of step " t); bound -= limit * (y - price) }
    if (run[t] > 0 && (price == "" || (limit != "" && run[t] + 0 > limit + 0))) wrong("on_demand of step " t)
    if (cap[t] != "" && need[t] + 0 > cap[t] + 0) { above = need[t] - cap[t]; bound += short_cost(above) }
    else bound -= max(0, y - first)
    bound += (y < 0 ? cap[t] : need[t] - above) * y
}
file == 2 {
    steps = cell("steps"); chosen = cell("chosen"); each = cell("cost"); limit = cell("limit")
    if (limit != "" && chosen + 0 > limit + 0) wrong(cell("offer") " beyond its limit")
    for (s = cell("first_start"); s <= cell("last_start") + 0; s++) {
        end = s + steps < n ? s + steps : n; change[s + 0] += chosen; change[end] -= chosen; cost += chosen * each
        more = pi[end] - pi[s] - each
        if (limit != "") bound -= limit * max(0, more)
        else if (more > 1e-6) wrong(cell("offer") " from step " s " is worth more than it costs")
    }
}
END {
    for (t = 0; t < n; t++) {
        leased += change[t]
        if (leased + run[t] + miss[t] < need[t]) wrong("the need of step " t " is not served")
        if (cap[t] != "" && leased + run[t] > cap[t] + 0) wrong("more than may run in step " t)
    }
    if (n == 0) wrong("no steps")
    if (cost - bound > 1e-6 + 1e-12 * cost || bound - cost > 1e-6 + 1e-12 * cost) wrong("cost and bound differ")
    printf "%d steps, cost %.6f, bound %.6f\n", n, cost, bound
    exit bad
}
